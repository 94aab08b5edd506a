-- one row per client company with the tax number, phone or e-mail of an earlier one
WITH said AS (
  SELECT entity_id, kind, value
  FROM identity
  WHERE entity = 'account' AND kind IN ('phone', 'email')
  UNION ALL
  SELECT account_id, 'tax_number', tax_number
  FROM dim_account
  WHERE tax_number IS NOT NULL
),
ordered AS (
  SELECT
    s.entity_id,
    first_value(s.entity_id) OVER (
      PARTITION BY s.kind, s.value ORDER BY a.created_at NULLS LAST, s.entity_id
    ) AS first_id
  FROM said AS s
  JOIN dim_account AS a ON a.account_id = s.entity_id
)
SELECT entity_id, min(first_id) AS detail
FROM ordered
WHERE entity_id <> first_id
GROUP BY entity_id
