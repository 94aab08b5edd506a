-- one row per deal won or lost without a day
SELECT deal_id AS entity_id, outcome AS detail
FROM fct_deals
WHERE outcome <> 'open' AND closed_at IS NULL
