-- one row per deal closed on a day before the one it was created on
SELECT
  deal_id AS entity_id,
  CAST(created_day AS TEXT) || ' > ' || CAST(closed_day AS TEXT) AS detail,
  closed_day AS from_day
FROM fct_deals
WHERE closed_day < created_day
