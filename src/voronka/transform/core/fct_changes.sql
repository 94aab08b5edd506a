-- one row per field changed on a record
SELECT
  entity,
  entity_id,
  field,
  old,
  new,
  changed_at,
  employee_id AS changed_by,
  source,
  CAST(0 AS BIGINT) AS precision_seconds
FROM int_changes
