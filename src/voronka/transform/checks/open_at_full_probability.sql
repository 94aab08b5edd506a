-- one row per open deal that is sure to be won
SELECT deal_id AS entity_id, CAST(amount AS TEXT) AS detail
FROM fct_deals
WHERE outcome = 'open' AND probability >= 1
