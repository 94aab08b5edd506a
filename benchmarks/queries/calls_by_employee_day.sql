-- calls per employee and day, 30 days
WITH grouped AS (
  SELECT started_employee_id AS employee_id, started_day AS day, count(*) AS calls
  FROM fct_activities
  WHERE kind = 'call' AND month = '2026-06' AND started_day BETWEEN DATE '2026-06-01' AND DATE '2026-06-30'
  GROUP BY ALL
)
SELECT g.employee_id, e.name AS employee, strftime(g.day, '%Y-%m-%d') AS day, 0 AS total, g.calls
FROM grouped AS g
LEFT JOIN dim_employee AS e ON e.employee_id = g.employee_id
UNION ALL
SELECT NULL, NULL, NULL, 1, sum(calls) FROM grouped
