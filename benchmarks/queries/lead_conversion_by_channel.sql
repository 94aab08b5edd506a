-- share of leads that became sales by channel, two years
WITH grouped AS (
  SELECT channel_id, count(*) AS leads, count(*) FILTER (WHERE is_won) AS won
  FROM fct_leads
  WHERE month BETWEEN '2024-07' AND '2026-06' AND deleted_at IS NULL
  GROUP BY 1
)
SELECT g.channel_id, c.name AS channel, 0 AS total, leads, 100 * won / leads AS lead_conversion
FROM grouped AS g
LEFT JOIN dim_channel AS c ON c.channel_id = g.channel_id
UNION ALL
SELECT NULL, NULL, 1, sum(leads), 100 * sum(won) / sum(leads) FROM grouped
