-- one row per thing done or planned, with what its lead or deal knows of the client, and the journey it is part of
-- a client is the contact, else the company, else the number, else the lead; a number that one contact alone has is theirs
WITH leads AS (
  SELECT lead_id, account_id, contact_id, channel_id, phone FROM src_leads
),
deals AS (
  SELECT deal_id, lead_id, account_id, contact_id, channel_id FROM int_deals
),
numbers AS (
  SELECT value AS phone, min(entity_id) AS contact_id
  FROM identity
  WHERE kind = 'phone' AND entity = 'contact'
  GROUP BY value
  HAVING count(DISTINCT entity_id) = 1
),
known AS (
  SELECT
    a.* EXCLUDE (lead_id, account_id, contact_id, channel_id),
    a.lead_id AS own_lead_id,
    coalesce(a.lead_id, d.lead_id) AS lead_id,
    coalesce(a.account_id, d.account_id, l.account_id) AS account_id,
    coalesce(a.contact_id, d.contact_id, l.contact_id) AS contact_id,
    coalesce(a.channel_id, d.channel_id, l.channel_id) AS channel_id,
    coalesce(a.client_phone, l.phone) AS known_phone
  FROM int_activities AS a
  LEFT JOIN deals AS d ON d.deal_id = a.deal_id
  LEFT JOIN leads AS l ON l.lead_id = coalesce(a.lead_id, d.lead_id)
)
SELECT
  k.* EXCLUDE (known_phone),
  coalesce(
    'contact:' || coalesce(k.contact_id, n.contact_id),
    'account:' || k.account_id,
    'phone:' || k.known_phone,
    'lead:' || k.lead_id
  ) AS client_id,
  coalesce('lead:' || k.lead_id, 'deal:' || k.deal_id) AS journey_id
FROM known AS k
LEFT JOIN numbers AS n ON n.phone = k.known_phone
