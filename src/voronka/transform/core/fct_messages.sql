-- view: one row per message
SELECT * FROM fct_activities WHERE kind = 'message'
