-- one row per field changed on a record, named as the core names it
SELECT
  CASE
    WHEN deal_id IS NOT NULL THEN 'deal'
    WHEN lead_id IS NOT NULL THEN 'lead'
    WHEN lower(trim(entity)) IN ('deal', 'deals', 'сделка', 'сделки') THEN 'deal'
    WHEN lower(trim(entity)) IN ('lead', 'leads', 'лид', 'лиды') THEN 'lead'
    ELSE lower(trim(entity))
  END AS entity,
  coalesce(deal_id, lead_id, entity_id) AS entity_id,
  lower(trim(field)) AS field,
  old,
  new,
  changed_at,
  employee_id,
  coalesce(source, 'changelog') AS source,
  _source,
  _received_at,
  _row
FROM src_changes
