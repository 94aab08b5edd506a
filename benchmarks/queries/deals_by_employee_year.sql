-- win rate and revenue by employee, a year
WITH grouped AS (
  SELECT
    closed_employee_id AS employee_id,
    count(*) FILTER (WHERE outcome = 'won') AS won,
    count(*) FILTER (WHERE outcome = 'lost') AS lost,
    sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2025-07-01' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
)
SELECT
  g.employee_id, e.name AS employee, 0 AS total, 100 * won / nullif(won + lost, 0) AS win_rate, CASE WHEN won > 0 THEN revenue ELSE 0 END AS revenue
FROM grouped AS g
LEFT JOIN dim_employee AS e ON e.employee_id = g.employee_id
UNION ALL
SELECT NULL, NULL, 1, 100 * sum(won) / sum(won + lost), sum(revenue) FROM grouped
