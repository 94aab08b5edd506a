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
),
-- a row is a repetition where its money stands already: in its own stream with equal figures, or in another stream
compared AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY day, channel_id, campaign_id, paid_in, cost, _source, _stream, impressions, clicks ORDER BY _row
    ) AS copy,
    dense_rank() OVER (PARTITION BY day, channel_id, campaign_id, paid_in, cost ORDER BY _source, _stream) AS place
  FROM priced
)
SELECT
  day,
  channel_id,
  campaign_id,
  sum(cost) AS cost,
  sum(CAST(CASE WHEN rate = 1 THEN cost ELSE cost * rate END AS DECIMAL(18,2))) AS cost_home,
  paid_in AS currency,
  sum(impressions) AS impressions,
  sum(clicks) AS clicks,
  count(*) FILTER (WHERE cost > 0 AND (copy > 1 OR place > 1)) AS repeated_rows
FROM compared
GROUP BY day, channel_id, campaign_id, paid_in
