-- one row per deal without an amount, of the outcomes that have one somewhere: some systems ask for it when a deal is won
WITH told AS (
  SELECT DISTINCT outcome
  FROM fct_deals
  WHERE amount <> 0
)
SELECT d.deal_id AS entity_id, d.outcome AS detail
FROM fct_deals AS d
JOIN told AS t ON t.outcome = d.outcome
WHERE d.amount IS NULL
