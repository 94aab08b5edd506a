-- one row per mail or message that answers or was answered: an inbound one answers the latest of ours before it
WITH threads AS (
  SELECT
    activity_id,
    kind,
    direction,
    started_at,
    max(CASE WHEN direction = 'out' THEN (started_at, activity_id) END) OVER (
      PARTITION BY kind, thread_id
      ORDER BY started_at, CASE WHEN direction = 'out' THEN 0 ELSE 1 END, activity_id
      ROWS UNBOUNDED PRECEDING
    ) AS last_out
  FROM int_dealings
  WHERE thread_id IS NOT NULL AND kind IN ('email', 'message') AND started_at IS NOT NULL
),
inbound AS (
  SELECT activity_id, started_at, struct_extract_at(last_out, 2) AS answered_id
  FROM threads
  WHERE direction = 'in'
)
SELECT answered_id AS activity_id, min(started_at) AS replied_at, CAST(NULL AS BOOLEAN) AS is_reply
FROM inbound
WHERE answered_id IS NOT NULL
GROUP BY answered_id
UNION ALL
SELECT activity_id, CAST(NULL AS TIMESTAMP), answered_id IS NOT NULL
FROM inbound
