-- one row per person with shifts or absences and stretch of their working time, where any regulation runs by shifts
-- on days before the first shift told and after the last one the company's hours hold; an absence takes time out of both
WITH people AS (
  SELECT
    employee_id,
    CAST(timezone($zone, timezone('UTC', min(starts_at) FILTER (WHERE kind = 'shift'))) AS DATE) AS first_day,
    CAST(
      timezone($zone, timezone('UTC', max(ends_at) FILTER (WHERE kind = 'shift') - INTERVAL 1 SECOND)) AS DATE
    ) AS last_day
  FROM employee_time
  WHERE employee_id IS NOT NULL AND kind IN ('shift', 'absence')
    AND EXISTS (SELECT 1 FROM cfg_regulations WHERE clock = 'shift')
  GROUP BY employee_id
),
-- nothing is bound long before the first record
since AS (
  SELECT CAST(min(created_at) - INTERVAL 31 DAY AS DATE) AS day
  FROM (SELECT created_at FROM src_leads UNION ALL SELECT created_at FROM src_deals)
  WHERE created_at >= TIMESTAMP '2000-01-01'
),
spans AS (
  SELECT t.employee_id, date_trunc('second', t.starts_at) AS starts_at, date_trunc('second', t.ends_at) AS ends_at, t.kind
  FROM employee_time AS t
  JOIN people AS p ON p.employee_id = t.employee_id
  WHERE t.kind IN ('shift', 'absence')
  UNION ALL
  SELECT p.employee_id, c.opens_at, c.closes_at, 'shift'
  FROM people AS p
  JOIN dim_calendar AS c
    ON c.closes_at > c.opens_at
    AND c.day >= (SELECT day FROM since)
    AND (p.first_day IS NULL OR c.day < p.first_day OR c.day > p.last_day)
),
steps AS (
  SELECT employee_id, moment, sum(works) AS works, sum(away) AS away
  FROM (
    SELECT employee_id, starts_at AS moment, CASE kind WHEN 'shift' THEN 1 ELSE 0 END AS works,
      CASE kind WHEN 'shift' THEN 0 ELSE 1 END AS away
    FROM spans
    UNION ALL
    SELECT employee_id, ends_at, CASE kind WHEN 'shift' THEN -1 ELSE 0 END, CASE kind WHEN 'shift' THEN 0 ELSE -1 END
    FROM spans
  )
  GROUP BY employee_id, moment
),
pieces AS (
  SELECT
    employee_id,
    moment AS starts_at,
    lead(moment) OVER (PARTITION BY employee_id ORDER BY moment) AS ends_at,
    sum(works) OVER (PARTITION BY employee_id ORDER BY moment ROWS UNBOUNDED PRECEDING) AS works,
    sum(away) OVER (PARTITION BY employee_id ORDER BY moment ROWS UNBOUNDED PRECEDING) AS away
  FROM steps
)
SELECT
  employee_id,
  starts_at,
  ends_at,
  coalesce(
    sum((epoch_us(ends_at) - epoch_us(starts_at)) // 1000000) OVER (
      PARTITION BY employee_id ORDER BY starts_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ),
    0
  ) AS worked_before_seconds
FROM pieces
WHERE works > 0 AND away = 0 AND ends_at IS NOT NULL
