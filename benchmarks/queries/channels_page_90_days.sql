-- thirteen metrics by channel, 90 days: spend, leads and sales each summed at its own grain, then added up
WITH parts AS (
  SELECT channel_id, sum(cost_home) AS ad_spend, sum(clicks) AS clicks, sum(impressions) AS impressions, count(*) AS spends
  FROM fct_ad_spend
  WHERE month BETWEEN '2026-04' AND '2026-06' AND day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30'
  GROUP BY 1
  UNION ALL BY NAME
  SELECT
    channel_id,
    count(*) AS leads,
    count(*) FILTER (WHERE is_target) AS target,
    count(*) FILTER (WHERE is_target IS NOT NULL) AS judged,
    count(*) FILTER (WHERE is_won) AS leads_won
  FROM fct_leads
  WHERE month BETWEEN '2026-04' AND '2026-06' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
  GROUP BY 1
  UNION ALL BY NAME
  SELECT channel_id, count(*) AS deals_won, sum(amount_home) AS revenue
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL AND outcome = 'won'
  GROUP BY 1
),
summed AS (
  SELECT
    channel_id, GROUPING(channel_id) AS total,
    CASE WHEN sum(spends) > 0 THEN sum(ad_spend) ELSE 0 END AS ad_spend,
    CASE WHEN sum(spends) > 0 THEN sum(clicks) ELSE 0 END AS clicks,
    CASE WHEN sum(spends) > 0 THEN sum(impressions) ELSE 0 END AS impressions,
    coalesce(sum(leads), 0) AS leads, sum(target) AS target, sum(judged) AS judged,
    coalesce(sum(leads_won), 0) AS leads_won,
    coalesce(sum(deals_won), 0) AS deals_won, CASE WHEN sum(deals_won) > 0 THEN sum(revenue) ELSE 0 END AS revenue
  FROM parts
  GROUP BY GROUPING SETS ((channel_id), ())
)
SELECT
  s.channel_id, c.name AS channel, total, ad_spend, clicks, impressions, leads, 100.0 * target / nullif(judged, 0) AS target_rate,
  leads_won, 100.0 * leads_won / nullif(leads, 0) AS lead_conversion, deals_won, revenue,
  CAST(ad_spend AS DOUBLE) / nullif(leads, 0) AS cpl,
  CAST(ad_spend AS DOUBLE) / nullif(leads_won, 0) AS cac, CAST(revenue AS DOUBLE) / nullif(CAST(ad_spend AS DOUBLE), 0) AS roas,
  100 * CAST(ad_spend AS DOUBLE) / nullif(CAST(revenue AS DOUBLE), 0) AS drr
FROM summed AS s
LEFT JOIN dim_channel AS c ON c.channel_id = s.channel_id
