-- one row per deal and stage entered, in order between its creation and its close
WITH entered AS (
  SELECT
    id AS deal_id,
    created_at,
    coalesce(closed_at, last_moment()) AS until,
    list_position(['New', 'Contact', 'Offer', 'Contract', 'Won', 'Lost'], stage) AS reached,
    stage
  FROM read_parquet(getvariable('deals_file'))
),
passed AS (
  SELECT *, CASE reached WHEN 6 THEN 1 + drawn(deal_id, 31, 4) WHEN 5 THEN 4 ELSE reached END AS depth FROM entered
)
SELECT
  deal_id,
  ['New', 'Contact', 'Offer', 'Contract'][CAST(n AS INTEGER)] AS stage,
  created_at + to_microseconds((epoch_us(until) - epoch_us(created_at)) * (n - 1) // (depth + 1)) AS changed_at
FROM passed, range(1, 5) AS r(n)
WHERE n <= depth
UNION ALL
SELECT deal_id, stage, until FROM passed WHERE reached >= 5
ORDER BY deal_id, changed_at
