-- one row per pipeline and stage, configured or met in data
SELECT pipeline_id, stage_id, title, position, outcome, milestone, probability, forecast_category, true AS in_model
FROM cfg_stages
UNION ALL
SELECT DISTINCT pipeline_id, stage_id, stage_id, CAST(NULL AS INTEGER), 'open', NULL, CAST(NULL AS DOUBLE), NULL, false
FROM int_stage_keys
WHERE NOT in_model AND stage_id IS NOT NULL
  AND (pipeline_id, stage_id) NOT IN (SELECT (pipeline_id, stage_id) FROM cfg_stages)
