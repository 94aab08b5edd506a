-- one row per thing done or planned, with what its lead or deal knows of the client, and the journey it is part of
-- where no lead, deal or contact is named, the number or else the address tells whose it is: the newest lead of before
-- a client is the contact, else the company, else the number, else the lead; a number that one contact alone has is theirs
WITH deals AS (
  SELECT deal_id, lead_id, account_id, contact_id, channel_id FROM int_deals
),
numbers AS (
  SELECT value, contact_id FROM int_client_keys WHERE kind = 'phone' AND contact_id IS NOT NULL
),
addresses AS (
  SELECT value, contact_id FROM int_client_keys WHERE kind = 'email' AND contact_id IS NOT NULL
),
keyed AS (
  SELECT
    a.* EXCLUDE (lead_id),
    a.lead_id AS told_lead_id,
    coalesce(a.lead_id, CASE WHEN a.deal_id IS NULL THEN coalesce(p.lead_id, e.lead_id) END) AS lead_id
  FROM int_activities AS a
  LEFT JOIN int_lead_keys AS p
    ON p.kind = 'phone' AND p.value = a.client_phone AND a.started_at >= p.from_at AND a.started_at < p.to_at
  LEFT JOIN int_lead_keys AS e
    ON e.kind = 'email' AND e.value = a.email AND a.started_at >= e.from_at AND a.started_at < e.to_at
),
known AS (
  SELECT
    a.* EXCLUDE (lead_id, told_lead_id, account_id, contact_id, channel_id, email),
    a.lead_id AS own_lead_id,
    coalesce(a.lead_id, d.lead_id) AS lead_id,
    coalesce(a.account_id, d.account_id, l.account_id) AS account_id,
    coalesce(a.contact_id, d.contact_id, l.contact_id) AS contact_id,
    coalesce(a.channel_id, d.channel_id, l.channel_id) AS channel_id,
    coalesce(a.client_phone, l.phone) AS known_phone,
    a.email
  FROM keyed AS a
  LEFT JOIN deals AS d ON d.deal_id = a.deal_id
  LEFT JOIN int_lead_clients AS l ON l.lead_id = coalesce(a.lead_id, d.lead_id)
),
named AS (
  SELECT
    k.* EXCLUDE (contact_id, known_phone, email),
    coalesce(k.contact_id, n.contact_id, m.contact_id) AS contact_id,
    k.known_phone
  FROM known AS k
  LEFT JOIN numbers AS n ON n.value = k.known_phone
  LEFT JOIN addresses AS m ON m.value = k.email
)
SELECT
  * EXCLUDE (known_phone),
  coalesce('contact:' || contact_id, 'account:' || account_id, 'phone:' || known_phone, 'lead:' || lead_id) AS client_id,
  coalesce('lead:' || lead_id, 'deal:' || deal_id) AS journey_id
FROM named
