-- view: one row per call
SELECT * FROM fct_activities WHERE kind = 'call'
