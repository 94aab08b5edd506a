-- one row per lead: its client as its source says, else the only contact of its numbers and addresses
WITH known AS (
  SELECT i.entity_id AS lead_id, CASE WHEN count(DISTINCT k.contact_id) = 1 THEN min(k.contact_id) END AS contact_id
  FROM identity AS i
  JOIN int_client_keys AS k ON k.kind = i.kind AND k.value = i.value
  WHERE i.entity = 'lead'
  GROUP BY i.entity_id
)
SELECT l.lead_id, coalesce(l.contact_id, k.contact_id) AS contact_id, l.account_id, l.channel_id, l.phone
FROM src_leads AS l
LEFT JOIN known AS k ON k.lead_id = l.lead_id
