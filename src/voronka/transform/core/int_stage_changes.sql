-- one row per stage that a record is said to have entered, in the record's own pipeline where none is said
WITH said AS (
  SELECT
    CASE WHEN deal_id IS NOT NULL THEN 'deal' ELSE 'lead' END AS entity,
    coalesce(deal_id, lead_id) AS entity_id,
    pipeline,
    stage,
    from_stage,
    changed_at AS entered_at,
    employee_id,
    amount,
    _source,
    'native' AS source
  FROM src_stage_changes
  UNION ALL
  SELECT entity, entity_id, NULL, new, old, changed_at, employee_id, NULL, _source, source
  FROM int_changes
  WHERE field = 'stage'
),
records AS (
  SELECT 'deal' AS entity, deal_id AS entity_id, pipeline, _source FROM src_deals
  UNION ALL
  SELECT 'lead', lead_id, pipeline, _source FROM src_leads
)
SELECT
  s.entity,
  s.entity_id,
  coalesce(s.pipeline, r.pipeline) AS pipeline,
  s.stage,
  s.from_stage,
  s.entered_at,
  s.employee_id,
  s.amount,
  coalesce(r._source, s._source) AS _source,
  s.source
FROM said AS s
LEFT JOIN records AS r ON r.entity = s.entity AND r.entity_id = s.entity_id
