-- one row per call of which nobody knows whose it was
SELECT activity_id AS entity_id, employee_id, started_day AS from_day, client_phone AS title, url
FROM fct_activities
WHERE kind = 'call' AND employee_id IS NULL
