-- one row per open task, from the day on which it is long overdue
SELECT
  activity_id AS entity_id,
  employee_id,
  subject AS title,
  CAST(due_day AS TEXT) AS detail,
  due_day + CAST($overdue_days AS INTEGER) AS from_day,
  url
FROM fct_activities
WHERE kind = 'task' AND status = 'planned' AND due_day IS NOT NULL
