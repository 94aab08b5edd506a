-- one row per answer, and one of totals
-- $p1 = 'won'
-- $p2 = 'a'
-- $p3 = 'b'
-- $p4 = datetime.date(2026, 1, 1)
-- $p5 = datetime.date(2026, 3, 1)
WITH deals_closed AS (
  SELECT
    1 AS total,
    0 AS slot,
    count(CASE WHEN (f.outcome = 'won') THEN 1 END) AS "deals_won",
    count(CASE WHEN (f.outcome = 'lost') THEN 1 END) AS "deals_lost"
  FROM (
    SELECT
      f.*
    FROM fct_deals AS f
    WHERE f.deleted_at IS NULL AND f.outcome IN ('won', 'lost')
      AND (f.outcome IN ($p1) OR f.outcome IS NULL)
      AND f.closed_employee_id IN ($p2, $p3)
      AND (f.closed_employee_id IN ($p2) OR EXISTS (SELECT 1 FROM (VALUES ($p3, $p4, $p5)) AS s(employee_id, valid_from, valid_to) WHERE s.employee_id = f.closed_employee_id AND f.closed_day >= s.valid_from AND f.closed_day < s.valid_to))
  ) AS f
),
answered AS (
  SELECT
    1 AS total,
    deals_closed."deals_won",
    deals_closed."deals_lost"
  FROM deals_closed
)
SELECT
  a.total,
  CAST(100 * CAST(a."deals_won" AS DOUBLE) AS DOUBLE) / nullif((CAST(a."deals_won" AS DOUBLE) + CAST(a."deals_lost" AS DOUBLE)), 0) AS "win_rate"
FROM answered AS a
