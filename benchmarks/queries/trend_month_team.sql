-- seven metrics by month and team, two years
WITH parts AS (
  SELECT
    started_team_id AS team_id,
    month,
    count(*) AS calls,
    count(*) FILTER (WHERE answered) AS answered_calls,
    sum(talk_seconds) FILTER (WHERE answered) AS talk_seconds
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2024-07' AND '2026-06'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT created_team_id AS team_id, month, count(*) AS leads
  FROM fct_leads
  WHERE month BETWEEN '2024-07' AND '2026-06' AND deleted_at IS NULL
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT
    team_id,
    strftime(closed_month, '%Y-%m') AS month,
    * EXCLUDE (team_id, closed_month)
  FROM (
    SELECT
      closed_team_id AS team_id,
      date_trunc('month', closed_day) AS closed_month,
      count(*) FILTER (WHERE outcome = 'won') AS deals_won,
      count(*) FILTER (WHERE outcome = 'lost') AS deals_lost,
      sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue
    FROM fct_deals
    WHERE closed_day BETWEEN DATE '2024-07-01' AND DATE '2026-06-30' AND deleted_at IS NULL
    GROUP BY ALL
  )
),
summed AS (
  SELECT
    team_id, month, GROUPING(team_id) AS total, sum(calls) AS calls, sum(answered_calls) AS answered_calls,
    sum(talk_seconds) / 3600 AS talk_time, sum(leads) AS leads, sum(deals_won) AS deals_won, sum(deals_lost) AS deals_lost,
    sum(revenue) AS revenue
  FROM parts
  GROUP BY GROUPING SETS ((team_id, month), ())
)
SELECT
  s.team_id, t.name AS team, month, total, coalesce(calls, 0) AS calls, coalesce(answered_calls, 0) AS answered_calls,
  coalesce(talk_time, 0) AS talk_time, coalesce(leads, 0) AS leads, coalesce(deals_won, 0) AS deals_won,
  CASE WHEN deals_won > 0 THEN revenue ELSE 0 END AS revenue, 100 * deals_won / nullif(deals_won + deals_lost, 0) AS win_rate
FROM summed AS s
LEFT JOIN dim_team AS t ON t.team_id = s.team_id
