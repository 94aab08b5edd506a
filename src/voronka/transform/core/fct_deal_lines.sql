-- one row per product of a deal
SELECT deal_id, product_id, quantity, amount, margin
FROM src_deal_lines
