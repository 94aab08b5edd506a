-- one row per kind of records, pipeline and source: of how many it is known, and by what, which stages they went through
-- a record counts by the best that tells of it; known_records: of which it is known when they entered where they stand
WITH records AS (
  SELECT 'deal' AS entity, f.deal_id AS entity_id, f.pipeline_id, f.stage_id, s._source
  FROM int_deals AS f
  JOIN src_deals AS s ON s.deal_id = f.deal_id
  WHERE f.deleted_at IS NULL AND f.stage_id IS NOT NULL
  UNION ALL
  SELECT 'lead', f.lead_id, f.pipeline_id, f.stage_id, s._source
  FROM fct_leads AS f
  JOIN src_leads AS s ON s.lead_id = f.lead_id
  WHERE f.deleted_at IS NULL AND f.stage_id IS NOT NULL
),
told AS (
  SELECT
    r.entity,
    r.pipeline_id,
    r._source,
    r.entity_id,
    count(e.entity_id) AS entries,
    coalesce(bool_or(e.source NOT IN ('property', 'snapshot')), false) AS has_log,
    coalesce(bool_or(e.source = 'property'), false) AS has_dates,
    coalesce(bool_or(e.source = 'snapshot'), false) AS has_copies,
    coalesce(bool_or(e.pipeline_id = r.pipeline_id AND e.stage_id = r.stage_id), false) AS is_known
  FROM records AS r
  LEFT JOIN fct_stage_entries AS e ON e.entity = r.entity AND e.entity_id = r.entity_id
  GROUP BY r.entity, r.pipeline_id, r._source, r.entity_id
),
precise AS (
  SELECT r.entity, r.pipeline_id, r._source, median(e.precision_seconds) AS median_precision_seconds
  FROM records AS r
  JOIN fct_stage_entries AS e ON e.entity = r.entity AND e.entity_id = r.entity_id
  GROUP BY r.entity, r.pipeline_id, r._source
)
SELECT
  t.entity,
  t.pipeline_id,
  t._source AS source,
  count(*) AS records,
  count(*) FILTER (WHERE t.has_log) AS native_records,
  count(*) FILTER (WHERE t.has_dates AND NOT t.has_log) AS property_records,
  count(*) FILTER (WHERE t.has_copies AND NOT t.has_log AND NOT t.has_dates) AS snapshot_records,
  count(*) FILTER (WHERE t.entries = 0) AS without_records,
  sum(t.entries) AS entries,
  count(*) FILTER (WHERE t.is_known) AS known_records,
  any_value(p.median_precision_seconds) AS median_precision_seconds
FROM told AS t
LEFT JOIN precise AS p
  ON p.entity = t.entity AND p.pipeline_id IS NOT DISTINCT FROM t.pipeline_id AND p._source = t._source
GROUP BY t.entity, t.pipeline_id, t._source
