-- one row per source, entity, pipeline and stage as the source calls them: the configured stage they mean
WITH said AS (
  SELECT DISTINCT _source, 'deal' AS entity, pipeline, stage FROM src_deals
  UNION
  SELECT DISTINCT _source, 'lead', pipeline, stage FROM src_leads
  UNION
  SELECT DISTINCT _source, entity, pipeline, stage FROM int_stage_changes
  UNION
  SELECT DISTINCT _source, entity, pipeline, from_stage FROM int_stage_changes
),
chosen AS (
  SELECT
    s._source,
    s.entity,
    s.pipeline,
    s.stage,
    coalesce(p.pipeline_id, s._source || coalesce(':' || s.pipeline, '')) AS pipeline_id,
    p.pipeline_id IS NOT NULL AS is_configured
  FROM said AS s
  LEFT JOIN cfg_pipelines AS p
    ON p.entity = s.entity
    AND (p.source IS NULL OR p.source = s._source)
    AND (p.source_pipeline IS NULL OR p.source_pipeline = s.pipeline)
  QUALIFY row_number() OVER (
    PARTITION BY s._source, s.entity, s.pipeline, s.stage
    ORDER BY p.source_pipeline IS NULL, p.source IS NULL, p.rank
  ) = 1
)
SELECT
  c._source,
  c.entity,
  c.pipeline,
  c.stage,
  c.pipeline_id,
  coalesce(n.stage_id, c.stage) AS stage_id,
  g.title,
  g.position,
  CASE WHEN c.stage IS NOT NULL THEN coalesce(g.outcome, 'open') END AS outcome,
  g.milestone,
  g.probability,
  g.forecast_category,
  n.stage_id IS NOT NULL AS in_model
FROM chosen AS c
LEFT JOIN cfg_stage_names AS n
  ON c.is_configured AND n.pipeline_id = c.pipeline_id AND n.name_key = lower(trim(c.stage))
LEFT JOIN cfg_stages AS g ON g.pipeline_id = c.pipeline_id AND g.stage_id = n.stage_id
