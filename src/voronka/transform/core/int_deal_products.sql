-- one row per deal and product: which part of the deal's amount it is, [from_share, to_share) of the whole
WITH lines AS (
  SELECT deal_id, product_id, sum(amount) AS amount
  FROM src_deal_lines
  WHERE deal_id IS NOT NULL AND amount > 0
  GROUP BY deal_id, product_id
)
SELECT
  deal_id,
  product_id,
  CAST(sum(amount) OVER upto - amount AS DOUBLE) / CAST(sum(amount) OVER whole AS DOUBLE) AS from_share,
  CAST(sum(amount) OVER upto AS DOUBLE) / CAST(sum(amount) OVER whole AS DOUBLE) AS to_share
FROM lines
WINDOW upto AS (PARTITION BY deal_id ORDER BY product_id NULLS LAST), whole AS (PARTITION BY deal_id)
UNION ALL
SELECT d.deal_id, d.product_id, 0.0, 1.0
FROM int_deals AS d
WHERE NOT EXISTS (SELECT 1 FROM lines AS l WHERE l.deal_id = d.deal_id)
