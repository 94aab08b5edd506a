-- spend, leads and the price of a lead by channel and month, two years
WITH parts AS (
  SELECT channel_id, month, sum(cost_home) AS ad_spend
  FROM fct_ad_spend
  WHERE month BETWEEN '2024-07' AND '2026-06'
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT channel_id, month, count(*) AS leads
  FROM fct_leads
  WHERE month BETWEEN '2024-07' AND '2026-06' AND deleted_at IS NULL
  GROUP BY ALL
),
summed AS (
  SELECT channel_id, month, GROUPING(channel_id) AS total, sum(ad_spend) AS ad_spend, sum(leads) AS leads
  FROM parts
  GROUP BY GROUPING SETS ((channel_id, month), ())
)
SELECT
  s.channel_id, c.name AS channel, month, total, coalesce(ad_spend, 0) AS ad_spend, coalesce(leads, 0) AS leads,
  coalesce(CAST(ad_spend AS DOUBLE), 0) / nullif(leads, 0) AS cpl
FROM summed AS s
LEFT JOIN dim_channel AS c ON c.channel_id = s.channel_id
