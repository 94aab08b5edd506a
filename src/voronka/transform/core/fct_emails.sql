-- view: one row per email
SELECT * FROM fct_activities WHERE kind = 'email'
