-- one row per employee, and one of totals
-- $p1 = datetime.date(2026, 3, 1)
-- $p2 = datetime.date(2026, 3, 31)
WITH calls_started AS (
  SELECT
    f.by_0 AS "employee_id",
    GROUPING(f.by_0) AS total,
    0 AS slot,
    count(*) AS "calls",
    CASE WHEN count(CASE WHEN (f.answered) THEN 1 END) > 0 THEN sum(CASE WHEN (f.answered) THEN CAST(f.talk_seconds AS DOUBLE) / CAST(3600.0 AS DOUBLE) END) ELSE 0 END AS "talk_time",
    count(CASE WHEN (f.answered) THEN 1 END) AS "answered_calls"
  FROM (
    SELECT
      f.*,
      f.started_employee_id AS by_0
    FROM fct_calls AS f
    WHERE f.started_day >= $p1 AND f.started_day <= $p2
  ) AS f
  GROUP BY GROUPING SETS ((f.by_0), ())
),
answered AS (
  SELECT
    "employee_id",
    total,
    "calls",
    "talk_time",
    "answered_calls"
  FROM calls_started
)
SELECT
  a."employee_id",
  coalesce(employee.name, a."employee_id") AS "employee",
  a.total,
  a."calls" AS "calls",
  a."talk_time" AS "talk_time",
  CAST(60 * CAST(a."talk_time" AS DOUBLE) AS DOUBLE) / nullif(CAST(a."answered_calls" AS DOUBLE), 0) AS "average_call"
FROM answered AS a
LEFT JOIN (SELECT employee_id AS id, min(name) AS name FROM dim_employee GROUP BY employee_id) AS employee ON employee.id = a."employee_id"
