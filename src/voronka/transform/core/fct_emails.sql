-- view: one row per e-mail made or received; one that is only planned, or was called off, is none
SELECT * FROM fct_activities WHERE kind = 'email' AND coalesce(status, 'done') NOT IN ('planned', 'cancelled')
