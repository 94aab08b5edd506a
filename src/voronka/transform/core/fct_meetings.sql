-- view: one row per meeting
SELECT * FROM fct_activities WHERE kind = 'meeting'
