-- one row per open deal, from the day after the one it was expected to close on
SELECT
  deal_id AS entity_id,
  CAST(expected_day AS TEXT) AS detail,
  expected_day + 1 AS from_day
FROM (
  SELECT deal_id, CAST(timezone($zone, timezone('UTC', expected_close_at)) AS DATE) AS expected_day
  FROM fct_deals
  WHERE outcome = 'open' AND expected_close_at IS NOT NULL
)
