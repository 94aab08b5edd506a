-- one row per day and currency
SELECT day, upper(currency) AS currency, rate
FROM src_rates
WHERE rate > 0
QUALIFY row_number() OVER (PARTITION BY day, upper(currency) ORDER BY _received_at DESC, _row DESC) = 1
