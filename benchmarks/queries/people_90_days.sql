-- fifteen metrics by employee, 90 days: sums by employee of each fact, added up
WITH parts AS (
  SELECT
    started_employee_id AS employee_id,
    count(*) AS calls,
    count(*) FILTER (WHERE direction = 'out') AS outgoing_calls,
    count(*) FILTER (WHERE answered) AS answered_calls,
    count(*) FILTER (WHERE direction = 'out' AND answered) AS reached_calls,
    sum(talk_seconds) FILTER (WHERE answered) AS talk_seconds
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2026-04' AND '2026-06' AND started_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30'
  GROUP BY 1
  UNION ALL BY NAME
  SELECT created_employee_id AS employee_id, count(*) AS leads, count(*) FILTER (WHERE is_won) AS leads_won
  FROM fct_leads
  WHERE month BETWEEN '2026-04' AND '2026-06' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
  UNION ALL BY NAME
  SELECT created_employee_id AS employee_id, count(*) AS deals_created
  FROM fct_deals
  WHERE month BETWEEN '2026-04' AND '2026-06' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
  UNION ALL BY NAME
  SELECT
    closed_employee_id AS employee_id,
    count(*) FILTER (WHERE outcome = 'won') AS deals_won,
    count(*) FILTER (WHERE outcome = 'lost') AS deals_lost,
    sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue,
    count(amount_home) FILTER (WHERE outcome = 'won') AS priced
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
),
summed AS (
  SELECT
    employee_id, GROUPING(employee_id) AS total, sum(calls) AS calls, sum(outgoing_calls) AS outgoing_calls,
    sum(answered_calls) AS answered_calls, sum(reached_calls) AS reached_calls, sum(talk_seconds) / 3600 AS talk_time,
    sum(leads) AS leads, sum(leads_won) AS leads_won, sum(deals_created) AS deals_created, sum(deals_won) AS deals_won,
    sum(deals_lost) AS deals_lost, sum(revenue) AS revenue, sum(priced) AS priced
  FROM parts
  GROUP BY GROUPING SETS ((employee_id), ())
)
SELECT
  s.employee_id, e.name AS employee, total, coalesce(calls, 0) AS calls, coalesce(outgoing_calls, 0) AS outgoing_calls,
  coalesce(answered_calls, 0) AS answered_calls, coalesce(reached_calls, 0) AS reached_calls,
  coalesce(talk_time, 0) AS talk_time, 100 * answered_calls / nullif(calls, 0) AS answer_rate,
  60 * talk_time / nullif(answered_calls, 0) AS average_call, coalesce(leads, 0) AS leads,
  100 * leads_won / nullif(leads, 0) AS lead_conversion, coalesce(deals_created, 0) AS deals_created,
  coalesce(deals_won, 0) AS deals_won, coalesce(deals_lost, 0) AS deals_lost, CASE WHEN deals_won > 0 THEN revenue ELSE 0 END AS revenue,
  100 * deals_won / nullif(deals_won + deals_lost, 0) AS win_rate,
  CAST(revenue AS DOUBLE) / nullif(priced, 0) AS average_deal
FROM summed AS s
LEFT JOIN dim_employee AS e ON e.employee_id = s.employee_id
