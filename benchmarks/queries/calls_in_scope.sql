-- calls and talk of 24 people, eight of whom are seen from a day on, 90 days
WITH scope AS (
  SELECT 'crm:' || i AS employee_id, CASE WHEN i % 3 = 0 THEN DATE '2026-05-01' ELSE DATE '1900-01-01' END AS valid_from
  FROM range(1, 25) AS r(i)
),
grouped AS (
  SELECT
    f.started_employee_id AS employee_id,
    count(*) AS calls,
    coalesce(sum(f.talk_seconds) FILTER (WHERE f.answered), 0) / 3600 AS talk_time
  FROM fct_activities AS f
  JOIN scope AS s ON s.employee_id = f.started_employee_id AND f.started_day >= s.valid_from
  WHERE f.kind = 'call' AND f.month BETWEEN '2026-04' AND '2026-06'
    AND f.started_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30'
  GROUP BY 1
)
SELECT g.employee_id, e.name AS employee, 0 AS total, g.calls, g.talk_time
FROM grouped AS g
LEFT JOIN dim_employee AS e ON e.employee_id = g.employee_id
UNION ALL
SELECT NULL, NULL, 1, sum(calls), sum(talk_time) FROM grouped
