-- one row per lead that a source says became another
WITH RECURSIVE said AS (
  SELECT lead_id, min(merged_into) AS into_id
  FROM stg_leads
  WHERE merged_into IS NOT NULL AND merged_into <> lead_id
  GROUP BY lead_id
),
chain AS (
  SELECT lead_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.lead_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.lead_id = c.into_id
  WHERE c.depth < 20
)
SELECT lead_id, arg_max(into_id, depth) AS into_id
FROM chain
GROUP BY lead_id
