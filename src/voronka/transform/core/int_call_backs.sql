-- one row per missed call of a known client: whether we called them, or their number, back in time
-- what is not yet known, since no call is told of that is later than the deadline, is NULL
WITH told AS (
  SELECT max(started_at) AS told_at FROM int_contacts WHERE is_call
)
SELECT
  d.record_id AS activity_id,
  CASE WHEN d.is_in_time THEN true WHEN t.told_at > d.due_at THEN false END AS is_called_back
FROM int_early_dues AS d
CROSS JOIN told AS t
WHERE d.regulation_id = 'call_back'
