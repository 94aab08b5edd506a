-- one row per deal won for nothing
SELECT deal_id AS entity_id, CAST(amount AS TEXT) AS detail, closed_day AS from_day
FROM fct_deals
WHERE outcome = 'won' AND coalesce(amount, 0) = 0
