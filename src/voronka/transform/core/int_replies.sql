-- one row per outgoing mail or message that was answered: the first inbound that answers it, being the latest before it
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
  FROM int_activities
  WHERE thread_id IS NOT NULL AND kind IN ('email', 'message') AND started_at IS NOT NULL
)
SELECT struct_extract_at(last_out, 2) AS activity_id, min(started_at) AS replied_at
FROM threads
WHERE direction = 'in' AND last_out IS NOT NULL
GROUP BY 1
