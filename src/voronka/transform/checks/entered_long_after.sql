-- one row per thing done, and deal closed, that was entered more than $backdated_days days after the moment it claims
-- what came in by the dozen within a minute no hand has typed: a migration or an exchange of data is passed over
WITH done AS (
  SELECT kind, activity_id, employee_id, subject, coalesce(ended_at, started_at) AS claimed_at, created_at, created_day, url
  FROM fct_activities
  WHERE status = 'done'
    AND kind <> 'task'
    AND created_at > coalesce(ended_at, started_at) + INTERVAL ($backdated_days) DAY
),
typed AS (
  SELECT date_trunc('minute', created_at) AS minute
  FROM done
  GROUP BY 1
  HAVING count(*) < 12
),
-- by the stage of its outcome, at the earliest moment at which it can have been entered
closed AS (
  SELECT
    d.deal_id,
    d.closed_at AS claimed_at,
    min(e.entered_at - to_seconds(e.precision_seconds)) AS entered_at
  FROM fct_deals AS d
  JOIN fct_stage_entries AS e ON e.entity = 'deal' AND e.entity_id = d.deal_id
  JOIN dim_stage AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id AND s.outcome = d.outcome
  WHERE d.outcome <> 'open' AND d.closed_at IS NOT NULL
  GROUP BY d.deal_id, d.closed_at
  HAVING min(e.entered_at - to_seconds(e.precision_seconds)) > d.closed_at + INTERVAL ($backdated_days) DAY
),
closed_by_hand AS (
  SELECT date_trunc('minute', entered_at) AS minute
  FROM closed
  GROUP BY 1
  HAVING count(*) < 12
)
SELECT
  d.kind AS entity,
  d.activity_id AS entity_id,
  d.employee_id,
  d.subject AS title,
  concat(
    strftime(timezone($zone, timezone('UTC', d.claimed_at)), '%Y-%m-%d %H:%M'), ' < ',
    strftime(timezone($zone, timezone('UTC', d.created_at)), '%Y-%m-%d %H:%M')
  ) AS detail,
  d.created_day AS from_day,
  d.url
FROM done AS d
JOIN typed AS t ON t.minute = date_trunc('minute', d.created_at)
UNION ALL
SELECT
  'deal',
  c.deal_id,
  NULL,
  NULL,
  concat(
    strftime(timezone($zone, timezone('UTC', c.claimed_at)), '%Y-%m-%d %H:%M'), ' < ',
    strftime(timezone($zone, timezone('UTC', c.entered_at)), '%Y-%m-%d %H:%M')
  ),
  CAST(timezone($zone, timezone('UTC', c.entered_at)) AS DATE),
  NULL
FROM closed AS c
JOIN closed_by_hand AS t ON t.minute = date_trunc('minute', c.entered_at)
