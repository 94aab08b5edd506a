-- one row per lead that a source or a person says became another
-- ids that became each other are all the smallest of them
WITH RECURSIVE said AS (
  SELECT lead_id, coalesce(min(into_id) FILTER (WHERE is_entered), min(into_id)) AS into_id
  FROM (
    SELECT lead_id, merged_into AS into_id, false AS is_entered FROM stg_leads
    UNION ALL
    SELECT entity_id, merged_into, true FROM stg_merges WHERE lower(trim(entity)) = 'lead'
  )
  WHERE into_id IS NOT NULL AND into_id <> lead_id
  GROUP BY lead_id
),
chain AS (
  SELECT lead_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.lead_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.lead_id = c.into_id
  WHERE c.depth < 20
),
round AS (
  SELECT DISTINCT lead_id FROM chain WHERE into_id = lead_id
),
settled AS (
  SELECT c.lead_id, coalesce(min(r.lead_id), arg_max(c.into_id, c.depth)) AS into_id
  FROM chain AS c
  LEFT JOIN round AS r ON r.lead_id = c.into_id
  GROUP BY c.lead_id
)
SELECT lead_id, into_id
FROM settled
WHERE into_id <> lead_id
