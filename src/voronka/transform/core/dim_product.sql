-- one row per product
WITH members AS (
  SELECT member_id AS product_id, coalesce(min(name) FILTER (WHERE own), min(name), member_id) AS name
  FROM int_members_product
  GROUP BY member_id
),
given AS (
  SELECT
    product_id,
    arg_max(series, (_received_at, _row)) FILTER (WHERE series IS NOT NULL) AS series,
    arg_max(price, (_received_at, _row)) FILTER (WHERE price IS NOT NULL) AS price
  FROM src_products
  GROUP BY product_id
)
SELECT m.product_id, m.name, g.series, g.price
FROM members AS m
LEFT JOIN given AS g ON g.product_id = m.product_id
