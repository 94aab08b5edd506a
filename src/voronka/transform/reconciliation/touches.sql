-- one row per lead, and per lead that a visit or a form names, each by the id of the lead
SELECT
  'leads' AS source,
  lead_id AS id,
  created_at AS moment,
  employee_id,
  title AS name,
  1 AS value,
  url,
  lead_id AS keys
FROM src_leads
WHERE deleted_at IS NULL
UNION ALL
SELECT 'touches', min_by(touch_id, (touched_at, touch_id)), min(touched_at), NULL, NULL, 1, NULL, lead_id
FROM src_touches
WHERE lead_id IS NOT NULL
GROUP BY lead_id
