-- one row per spend that one load repeats whole
SELECT
  CAST(day AS TEXT) || coalesce(' ' || channel_id, '') || coalesce(' ' || campaign_id, '') || ' #' || CAST(n AS TEXT)
    AS entity_id,
  _load_id AS load_id,
  CAST(cost AS TEXT) AS detail,
  day AS from_day
FROM (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY _load_id, day, channel_id, campaign_id, cost, currency, impressions, clicks ORDER BY _row
    ) AS n
  FROM src_ad_spend
  WHERE cost > 0
)
WHERE n > 1
