-- one row per outgoing call whose number is one of our own people's: the caller's own, or a colleague's
-- a number that several people share is the office's, which clients may have been given too: it says nothing
WITH ours AS (
  SELECT value AS number, min(entity_id) AS employee_id
  FROM identity
  WHERE entity = 'employee' AND kind IN ('phone', 'extension')
  GROUP BY value
  HAVING count(DISTINCT entity_id) = 1
)
SELECT
  f.activity_id AS entity_id,
  f.employee_id,
  f.client_phone AS title,
  CASE WHEN o.employee_id = f.employee_id THEN '= ' ELSE '→ ' END || coalesce(e.name, o.employee_id) AS detail,
  f.started_day AS from_day,
  f.url
FROM fct_activities AS f
JOIN ours AS o ON o.number = f.client_phone
LEFT JOIN dim_employee AS e ON e.employee_id = o.employee_id
WHERE f.kind = 'call' AND f.direction = 'out' AND f.status = 'done' AND f.employee_id IS NOT NULL
