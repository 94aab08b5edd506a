-- one row per lost deal without a reason, of the sources that give one of some deal
SELECT deal_id AS entity_id, closed_day AS from_day
FROM fct_deals
WHERE
  outcome = 'lost'
  AND loss_reason IS NULL
  AND split_part(deal_id, ':', 1) IN (SELECT split_part(deal_id, ':', 1) FROM fct_deals WHERE loss_reason IS NOT NULL)
