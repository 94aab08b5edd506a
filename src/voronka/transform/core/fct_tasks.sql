-- view: one row per task
SELECT * FROM fct_activities WHERE kind = 'task'
