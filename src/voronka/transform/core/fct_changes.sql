-- one row per field changed on a record
SELECT
  coalesce(lower(entity), CASE WHEN deal_id IS NOT NULL THEN 'deal' WHEN lead_id IS NOT NULL THEN 'lead' END) AS entity,
  coalesce(deal_id, lead_id, entity_id) AS entity_id,
  lower(field) AS field,
  old,
  new,
  changed_at,
  employee_id AS changed_by,
  coalesce(source, 'changelog') AS source,
  CAST(0 AS BIGINT) AS precision_seconds
FROM src_changes
