-- one row per deal with the client, amount, product and day of creation of an earlier one
SELECT entity_id, first_id AS detail
FROM (
  SELECT
    deal_id AS entity_id,
    first_value(deal_id) OVER (
      PARTITION BY coalesce(account_id, contact_id), amount, created_day, product_id, kind, pipeline_id
      ORDER BY created_at, deal_id
    ) AS first_id
  FROM fct_deals
  WHERE coalesce(account_id, contact_id) IS NOT NULL AND amount > 0 AND created_day IS NOT NULL AND deleted_at IS NULL
)
WHERE entity_id <> first_id
