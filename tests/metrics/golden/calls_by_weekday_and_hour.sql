-- one row per weekday, hour, and one of totals
-- $p1 = datetime.date(2026, 3, 1)
-- $p2 = datetime.date(2026, 3, 31)
WITH calls_started AS (
  SELECT
    f.by_0 AS "weekday",
    f.by_1 AS "hour",
    GROUPING(f.by_0) AS total,
    0 AS slot,
    count(*) AS "calls",
    count(CASE WHEN (f.answered) THEN 1 END) AS "answered_calls"
  FROM (
    SELECT
      f.*,
      date_diff('day', CAST(date_trunc('week', f.started_day) AS DATE), f.started_day) + 1 AS by_0,
      f.started_hour AS by_1
    FROM fct_calls AS f
    WHERE f.started_day >= $p1 AND f.started_day <= $p2
  ) AS f
  GROUP BY GROUPING SETS ((f.by_0, f.by_1), ())
),
answered AS (
  SELECT
    "weekday",
    "hour",
    total,
    "calls",
    "answered_calls"
  FROM calls_started
)
SELECT
  a."weekday",
  a."hour",
  a.total,
  a."calls" AS "calls",
  a."answered_calls" AS "answered_calls"
FROM answered AS a
