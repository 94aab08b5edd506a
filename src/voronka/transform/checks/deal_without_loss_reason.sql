-- one row per lost deal without a reason
SELECT deal_id AS entity_id, closed_day AS from_day
FROM fct_deals
WHERE outcome = 'lost' AND loss_reason IS NULL
