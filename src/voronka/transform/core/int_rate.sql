-- one row per currency and span of days: the rate of the last day that has one
SELECT
  currency,
  rate,
  day AS valid_from,
  coalesce(lead(day) OVER (PARTITION BY currency ORDER BY day), DATE '9999-12-31') AS valid_to
FROM dim_rate
WHERE currency <> $currency
UNION ALL
SELECT $currency, 1.0, DATE '1900-01-01', DATE '9999-12-31'
