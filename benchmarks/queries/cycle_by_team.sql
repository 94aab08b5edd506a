-- days from creation to close of won deals by team: mean and median, a year
SELECT
  s.team_id, t.name AS team, s.total, s.cycle_days, s.median_cycle_days
FROM (
  SELECT closed_team_id AS team_id, GROUPING(closed_team_id) AS total, avg(days) AS cycle_days, median(days) AS median_cycle_days
  FROM (
    SELECT closed_team_id, CASE WHEN outcome = 'won' THEN (epoch_us(closed_at) - epoch_us(created_at)) / 86400000000 END AS days
    FROM fct_deals
    WHERE closed_day BETWEEN DATE '2025-07-01' AND DATE '2026-06-30' AND deleted_at IS NULL
  )
  GROUP BY GROUPING SETS ((closed_team_id), ())
) AS s
LEFT JOIN dim_team AS t ON t.team_id = s.team_id
