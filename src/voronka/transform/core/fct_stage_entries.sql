-- one row per entity and stage entered
WITH known AS (
  SELECT DISTINCT
    s.entity,
    s.entity_id,
    k.pipeline_id,
    k.stage_id,
    k.position,
    s.entered_at,
    s.employee_id,
    s.amount,
    s.source
  FROM int_stage_changes AS s
  JOIN int_stage_keys AS k
    ON k._source = s._source
    AND k.entity = s.entity
    AND k.pipeline IS NOT DISTINCT FROM s.pipeline
    AND k.stage = s.stage
  WHERE s.entered_at IS NOT NULL
)
SELECT
  n.entity,
  n.entity_id,
  n.pipeline_id,
  n.stage_id,
  n.position,
  n.entered_at,
  lead(n.entered_at) OVER (PARTITION BY n.entity, n.entity_id ORDER BY n.entered_at, n.position, n.stage_id) AS left_at,
  coalesce(n.employee_id, h.employee_id, d.employee_id, l.employee_id) AS employee_id,
  m.team_id,
  coalesce(n.amount, d.amount) AS amount,
  n.source,
  CAST(0 AS BIGINT) AS precision_seconds
FROM known AS n
LEFT JOIN src_deals AS d ON n.entity = 'deal' AND d.deal_id = n.entity_id
LEFT JOIN src_leads AS l ON n.entity = 'lead' AND l.lead_id = n.entity_id
LEFT JOIN int_owner_history AS h
  ON h.entity = n.entity
  AND h.entity_id = n.entity_id
  AND n.entered_at >= h.valid_from
  AND n.entered_at < h.valid_to
LEFT JOIN int_membership_now AS m
  ON m.employee_id = coalesce(n.employee_id, h.employee_id, d.employee_id, l.employee_id)
