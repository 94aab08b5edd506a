-- one row per id of a client company that a source or a person says became another
-- ids that became each other are all the smallest of them
WITH RECURSIVE said AS (
  SELECT account_id, coalesce(min(into_id) FILTER (WHERE is_entered), min(into_id)) AS into_id
  FROM (
    SELECT account_id, merged_into AS into_id, false AS is_entered FROM stg_accounts
    UNION ALL
    SELECT entity_id, merged_into, true FROM stg_merges WHERE lower(trim(entity)) = 'account'
  )
  WHERE into_id IS NOT NULL AND into_id <> account_id
  GROUP BY account_id
),
chain AS (
  SELECT account_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.account_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.account_id = c.into_id
  WHERE c.depth < 20
),
round AS (
  SELECT DISTINCT account_id FROM chain WHERE into_id = account_id
),
settled AS (
  SELECT c.account_id, coalesce(min(r.account_id), arg_max(c.into_id, c.depth)) AS into_id
  FROM chain AS c
  LEFT JOIN round AS r ON r.account_id = c.into_id
  GROUP BY c.account_id
)
SELECT account_id, into_id
FROM settled
WHERE into_id <> account_id
