-- one row per open deal without a day on which it is expected to close
SELECT deal_id AS entity_id
FROM fct_deals
WHERE outcome = 'open' AND expected_close_at IS NULL
