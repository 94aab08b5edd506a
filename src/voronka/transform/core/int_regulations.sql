-- one row per pipeline (or none) and regulation that binds its records: the pipeline's own, else the one for all
WITH pipelines AS (
  SELECT DISTINCT entity, pipeline_id FROM int_stage_keys
  UNION
  SELECT DISTINCT entity, CAST(NULL AS TEXT) FROM cfg_regulations
)
SELECT
  p.entity,
  p.pipeline_id,
  r.regulation_id,
  r.start,
  r.stop,
  r.clock,
  CAST(r.minutes * 60000000 AS BIGINT) AS allowed
FROM pipelines AS p
JOIN cfg_regulations AS r ON r.entity = p.entity AND (r.pipeline_id = p.pipeline_id OR r.pipeline_id IS NULL)
QUALIFY row_number() OVER (
  PARTITION BY p.entity, p.pipeline_id, r.regulation_id ORDER BY r.pipeline_id IS NULL
) = 1
