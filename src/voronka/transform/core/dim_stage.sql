-- one row per pipeline and stage, configured or met in data; regulated is one that a regulation begins or ends at, or is in
WITH said AS (
  SELECT pipeline_id, start AS said FROM cfg_regulations WHERE pipeline_id IS NOT NULL
  UNION
  SELECT pipeline_id, stop FROM cfg_regulations WHERE pipeline_id IS NOT NULL
),
-- a step from the first stage on is bound by what begins with the record
first_stages AS (
  SELECT s.pipeline_id, min(s.position) AS position
  FROM cfg_stages AS s
  JOIN cfg_pipelines AS p ON p.pipeline_id = s.pipeline_id
  JOIN cfg_regulations AS r
    ON r.entity = p.entity AND r.start = 'created' AND (r.pipeline_id = s.pipeline_id OR r.pipeline_id IS NULL)
  GROUP BY s.pipeline_id
)
SELECT
  s.pipeline_id,
  s.stage_id,
  s.title,
  s.position,
  s.outcome,
  s.milestone,
  s.probability,
  s.forecast_category,
  true AS in_model,
  EXISTS (
    SELECT 1
    FROM said AS r
    WHERE r.pipeline_id = s.pipeline_id
      AND r.said IN ('stage:' || s.stage_id, 'left:' || s.stage_id, 'milestone:' || s.milestone)
  ) OR EXISTS (SELECT 1 FROM first_stages AS f WHERE f.pipeline_id = s.pipeline_id AND f.position = s.position)
  -- handing and acceptance are steps that stages tell of
  OR coalesce(
    s.milestone IN (SELECT r.start FROM cfg_regulations AS r WHERE r.entity = 'lead')
    OR s.milestone IN (SELECT r.stop FROM cfg_regulations AS r WHERE r.entity = 'lead'),
    false
  ) AS is_regulated
FROM cfg_stages AS s
UNION ALL
SELECT DISTINCT
  pipeline_id, stage_id, stage_id, CAST(NULL AS INTEGER), 'open', NULL, CAST(NULL AS DOUBLE), NULL, false, false
FROM int_stage_keys
WHERE NOT in_model AND stage_id IS NOT NULL
  AND (pipeline_id, stage_id) NOT IN (SELECT (pipeline_id, stage_id) FROM cfg_stages)
