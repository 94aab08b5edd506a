-- one row per leg of a call
WITH grouped AS (
  SELECT
    _source || ':' || conversation_id AS call,
    activity_id,
    employee_id,
    coalesce(started_at, happened_at) AS started_at,
    coalesce(answered, talk_seconds > 0) AS answered,
    talk_seconds
  FROM src_activities
  WHERE lower(kind) = 'call' AND conversation_id IS NOT NULL
),
calls AS (
  SELECT call, min_by(activity_id, (started_at, activity_id)) AS activity_id
  FROM grouped
  GROUP BY call
)
SELECT
  coalesce(l.activity_id, c.activity_id) AS activity_id,
  l.employee_id,
  coalesce(l.started_at, l.happened_at) AS started_at,
  coalesce(l.answered, l.talk_seconds > 0) AS answered,
  coalesce(l.is_human, l.employee_id IS NOT NULL) AS is_human,
  CASE WHEN coalesce(l.answered, l.talk_seconds > 0) AND l.talk_seconds > 0 THEN l.talk_seconds END AS talk_seconds
FROM src_call_legs AS l
LEFT JOIN calls AS c ON c.call = l._source || ':' || l.conversation_id
UNION ALL
SELECT
  c.activity_id,
  g.employee_id,
  g.started_at,
  g.answered,
  g.employee_id IS NOT NULL,
  CASE WHEN g.answered AND g.talk_seconds > 0 THEN g.talk_seconds END
FROM grouped AS g
JOIN calls AS c ON c.call = g.call
