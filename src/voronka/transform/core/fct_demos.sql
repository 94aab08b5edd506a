-- view: one row per demo
SELECT * FROM fct_activities WHERE kind = 'demo'
