-- one row per call, mail, message, meeting, demo or proposal that took place, with its client
SELECT
  activity_id,
  client_id,
  'phone:' || client_phone AS number,
  started_at,
  kind = 'call' AS is_call,
  kind = 'call' AND direction = 'out' AS is_attempt,
  kind = 'call' AND direction = 'in' AND NOT answered AS is_missed,
  kind = 'call' AND direction = 'out' AND answered AS has_reached
FROM int_dealings
WHERE started_at IS NOT NULL
  AND status = 'done'
  AND kind IN ('call', 'email', 'message', 'meeting', 'demo', 'proposal')
