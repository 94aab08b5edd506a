-- view: one row per proposal
SELECT * FROM fct_activities WHERE kind = 'proposal'
