-- one row per number or address, lead and span of time in which what is done by it is done about this lead: the newest
-- a lead has what its source says, and what its contact alone has
WITH own AS (
  SELECT i.kind, i.value, i.entity_id AS lead_id
  FROM identity AS i
  JOIN int_client_keys AS k ON k.kind = i.kind AND k.value = i.value
  WHERE i.entity = 'lead'
  UNION
  SELECT k.kind, k.value, c.lead_id
  FROM int_client_keys AS k
  JOIN int_lead_clients AS c ON c.contact_id = k.contact_id
)
SELECT
  o.kind,
  o.value,
  o.lead_id,
  l.created_at AS from_at,
  lead(l.created_at, 1, TIMESTAMP '9999-12-31') OVER (
    PARTITION BY o.kind, o.value ORDER BY l.created_at, o.lead_id
  ) AS to_at
FROM own AS o
JOIN src_leads AS l ON l.lead_id = o.lead_id
WHERE l.created_at IS NOT NULL AND l.deleted_at IS NULL
