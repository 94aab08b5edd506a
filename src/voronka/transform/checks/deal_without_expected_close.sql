-- one row per open deal without a day on which it is expected to close, of the sources that give one of some deal
SELECT deal_id AS entity_id
FROM fct_deals
WHERE
  outcome = 'open'
  AND expected_close_at IS NULL
  AND split_part(deal_id, ':', 1)
    IN (SELECT split_part(deal_id, ':', 1) FROM fct_deals WHERE expected_close_at IS NOT NULL)
