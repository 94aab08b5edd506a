-- one row per entity and stage entered; where several sources tell of one entry, a history before a date, that before a log
WITH said AS (
  SELECT
    s.entity,
    s.entity_id,
    k.pipeline_id,
    k.stage_id,
    k.position,
    s.entered_at,
    s.employee_id,
    s.amount,
    s.source,
    s.precision_seconds,
    CASE s.source WHEN 'native' THEN 1 WHEN 'property' THEN 2 WHEN 'snapshot' THEN 9 ELSE 3 END AS rank
  FROM int_stage_changes AS s
  JOIN int_stage_keys AS k
    ON k._source = s._source
    AND k.entity = s.entity
    AND k.pipeline IS NOT DISTINCT FROM s.pipeline
    AND k.stage = s.stage
  WHERE s.entered_at IS NOT NULL
),
-- a stage whose date stands beside the record is not guessed from copies of the record
dated AS (
  SELECT DISTINCT entity, entity_id, pipeline_id, stage_id
  FROM said
  WHERE source = 'property' AND entity_id IN (SELECT entity_id FROM said WHERE source = 'snapshot')
),
known AS (
  SELECT
    s.entity,
    s.entity_id,
    s.pipeline_id,
    s.stage_id,
    s.position,
    s.entered_at,
    arg_min(s.employee_id, (s.rank, s.employee_id)) AS employee_id,
    arg_min(s.amount, (s.rank, s.amount)) AS amount,
    arg_min(s.source, (s.rank, s.source)) AS source,
    min(s.precision_seconds) AS precision_seconds
  FROM said AS s
  LEFT JOIN dated AS d
    ON s.source = 'snapshot'
    AND d.entity = s.entity
    AND d.entity_id = s.entity_id
    AND d.pipeline_id = s.pipeline_id
    AND d.stage_id = s.stage_id
  WHERE d.entity_id IS NULL
  GROUP BY s.entity, s.entity_id, s.pipeline_id, s.stage_id, s.position, s.entered_at
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
  n.precision_seconds
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
