-- one row per client company
WITH members AS (
  SELECT member_id AS account_id, coalesce(
    min(name) FILTER (WHERE own AND id = member_id), min(name) FILTER (WHERE own), min(name), member_id
  ) AS name
  FROM int_members_account
  GROUP BY member_id
),
given AS (
  SELECT
    account_id,
    arg_max(segment, (_received_at, _row)) FILTER (WHERE segment IS NOT NULL) AS segment,
    arg_max(industry, (_received_at, _row)) FILTER (WHERE industry IS NOT NULL) AS industry,
    arg_max(size, (_received_at, _row)) FILTER (WHERE size IS NOT NULL) AS size,
    arg_max(region, (_received_at, _row)) FILTER (WHERE region IS NOT NULL) AS region,
    arg_max(employee_id, (_received_at, _row)) FILTER (WHERE employee_id IS NOT NULL) AS employee_id,
    arg_max(tax_number, (_received_at, _row)) FILTER (WHERE tax_number IS NOT NULL) AS tax_number,
    min(created_at) AS created_at
  FROM src_accounts
  GROUP BY account_id
)
SELECT m.account_id, m.name, g.segment, g.industry, g.size, g.region, g.employee_id, g.tax_number, g.created_at
FROM members AS m
LEFT JOIN given AS g ON g.account_id = m.account_id
