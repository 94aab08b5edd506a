-- one row per stage that a record is said to have entered, in the record's own pipeline where none is said
-- by a history where there is one; between two loads that show unlike stages where no history covers the time between
-- precision_seconds is how far the true moment may be: before a snapshot, after the beginning of a day told without a time
WITH told AS (
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
    _received_at,
    coalesce(told_by, 'native') AS source
  FROM src_stage_changes
  UNION ALL
  SELECT entity, entity_id, NULL, new, old, changed_at, employee_id, NULL, _source, _received_at, source
  FROM int_changes
  WHERE field = 'stage'
),
kinds AS (
  SELECT
    _source,
    source,
    max(_received_at) AS known_until,
    coalesce(bool_and(CAST(timezone($zone, timezone('UTC', entered_at)) AS TIME) = TIME '00:00'), false) AS is_by_day
  FROM told
  GROUP BY _source, source
),
moves AS (
  SELECT
    CASE WHEN deal_id IS NOT NULL THEN 'deal' ELSE 'lead' END AS entity,
    coalesce(deal_id, lead_id) AS entity_id,
    pipeline,
    stage,
    from_stage,
    changed_at AS entered_at,
    since_at,
    known_at,
    amount,
    _source
  FROM src_stage_snapshots
),
-- dates of some stages beside a record are no history of the others: they are held against snapshots stage by stage
histories AS (
  SELECT t.entity, t.entity_id, min(t.entered_at) AS known_from, max(k.known_until) AS known_until
  FROM told AS t
  JOIN kinds AS k ON k._source = t._source AND k.source = t.source
  WHERE t.source <> 'property' AND t.entered_at IS NOT NULL AND t.entity_id IN (SELECT entity_id FROM moves)
  GROUP BY t.entity, t.entity_id
),
said AS (
  SELECT
    t.entity,
    t.entity_id,
    t.pipeline,
    t.stage,
    t.from_stage,
    t.entered_at,
    t.employee_id,
    t.amount,
    t._source,
    t.source,
    CASE WHEN k.is_by_day THEN 86400 ELSE 0 END AS precision_seconds
  FROM told AS t
  JOIN kinds AS k ON k._source = t._source AND k.source = t.source
  UNION ALL
  SELECT
    m.entity,
    m.entity_id,
    m.pipeline,
    m.stage,
    m.from_stage,
    m.entered_at,
    NULL,
    m.amount,
    m._source,
    'snapshot',
    date_diff('second', m.known_at, m.entered_at)
  FROM moves AS m
  LEFT JOIN histories AS h ON h.entity = m.entity AND h.entity_id = m.entity_id
  WHERE h.entity_id IS NULL OR m.entered_at < h.known_from OR m.since_at >= h.known_until
  -- two streams that copy one record tell of its moves once
  QUALIFY (m.stage, m.pipeline) IS DISTINCT FROM lag((m.stage, m.pipeline)) OVER (
    PARTITION BY m.entity, m.entity_id ORDER BY m.entered_at, m.since_at
  )
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
  s.source,
  CAST(s.precision_seconds AS BIGINT) AS precision_seconds
FROM said AS s
LEFT JOIN records AS r ON r.entity = s.entity AND r.entity_id = s.entity_id
