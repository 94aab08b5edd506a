-- one row per answered call of 0 seconds
SELECT activity_id AS entity_id, employee_id, client_phone AS title, started_day AS from_day, url
FROM fct_activities
WHERE kind = 'call' AND answered AND talk_seconds IS NULL
