-- view: one row per message made or received; one that is only planned, or was called off, is none
SELECT * FROM fct_activities WHERE kind = 'message' AND coalesce(status, 'done') NOT IN ('planned', 'cancelled')
