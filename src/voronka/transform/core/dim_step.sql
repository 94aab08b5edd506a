-- one row per sort of event of a journey, with the key that it is called by and its place among the others
-- a key is plain for what the house knows, else it tells its kind: no stage, activity or field meets another thing's key
WITH done AS (
  SELECT DISTINCT
    CASE
      WHEN kind IN ('call', 'email', 'message') THEN kind || coalesce('_' || direction, '')
      WHEN kind IN ('meeting', 'demo', 'task', 'proposal') THEN kind
      ELSE 'activity' || coalesce(':' || kind, '')
    END AS step
  FROM fct_activities
  WHERE journey_id IS NOT NULL AND status = 'done'
),
said AS (
  SELECT rank, step, kind
  FROM (
    VALUES
      (1, 'lead_created', 'created'),
      (2, 'deal_created', 'created'),
      (4, 'owner', 'owner'),
      (7, 'deal_won', 'closed'),
      (8, 'deal_lost', 'closed'),
      (9, 'payment', 'payment'),
      (10, 'refund', 'payment')
  ) AS known(rank, step, kind)
  UNION ALL
  SELECT 5, step, 'activity' FROM done
  UNION ALL
  SELECT DISTINCT 6, 'change:' || field, 'change' FROM fct_changes WHERE field NOT IN ('stage', 'employee', 'owner', 'ответственный')
),
steps AS (
  SELECT
    3 AS rank,
    -- the last colon parts the stage from its pipeline
    'stage:' || pipeline_id || ':' || replace(replace(stage_id, '%', '%25'), ':', '%3A') AS step,
    'stage' AS kind,
    pipeline_id,
    stage_id,
    title,
    position,
    outcome,
    milestone,
    in_model
  FROM dim_stage
  WHERE pipeline_id IS NOT NULL AND stage_id IS NOT NULL
  UNION ALL BY NAME
  SELECT rank, step, kind FROM said
)
SELECT
  row_number() OVER (ORDER BY rank, pipeline_id, position NULLS LAST, stage_id, step) AS step_number,
  step,
  kind,
  pipeline_id,
  stage_id,
  title,
  position,
  outcome,
  milestone,
  in_model
FROM steps
