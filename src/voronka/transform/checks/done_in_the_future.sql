-- one row per thing done more than a day after the newest load was received
SELECT
  kind AS entity,
  activity_id AS entity_id,
  employee_id,
  CAST(started_at AS TEXT) AS detail,
  subject AS title,
  created_day AS from_day,
  url
FROM fct_activities
WHERE status = 'done' AND started_at > CAST($last_load AS TIMESTAMP) + INTERVAL 1 DAY
