-- deals open at the end of each month, two years: what began less what ended until then
WITH moves AS (
  SELECT from_day AS day, sum(share) AS net FROM fct_deal_states WHERE from_day <= DATE '2026-06-30' GROUP BY 1
  UNION ALL
  SELECT to_day, -sum(share) FROM fct_deal_states WHERE to_day <= DATE '2026-06-30' GROUP BY 1
),
ends AS (
  SELECT last_day(CAST(m AS DATE)) AS day
  FROM generate_series(DATE '2024-07-01', DATE '2026-06-01', INTERVAL 1 MONTH) AS g(m)
),
held AS (
  SELECT e.day, sum(m.net) AS deals_open FROM ends AS e JOIN moves AS m ON m.day <= e.day GROUP BY 1
)
SELECT strftime(day, '%Y-%m') AS month, 0 AS total, deals_open FROM held
UNION ALL
SELECT NULL, 1, max_by(deals_open, day) FROM held
