-- one row per day, channel and campaign
WITH last_word AS (
  SELECT *
  FROM src_ad_spend
  QUALIFY _received_at = max(_received_at) OVER (PARTITION BY _source, _stream, day, channel_id, campaign_id)
),
priced AS (
  SELECT s.*, coalesce(upper(s.currency), $currency) AS paid_in, r.rate
  FROM last_word AS s
  LEFT JOIN int_rate AS r
    ON r.currency = coalesce(upper(s.currency), $currency)
    AND coalesce(s.day, DATE '9999-12-30') >= r.valid_from
    AND coalesce(s.day, DATE '9999-12-30') < r.valid_to
)
SELECT
  day,
  channel_id,
  campaign_id,
  sum(cost) AS cost,
  sum(CAST(CASE WHEN rate = 1 THEN cost ELSE cost * rate END AS DECIMAL(18,2))) AS cost_home,
  paid_in AS currency,
  sum(impressions) AS impressions,
  sum(clicks) AS clicks
FROM priced
GROUP BY day, channel_id, campaign_id, paid_in
