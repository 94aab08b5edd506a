-- one row per id of a contact that a source or a person says became another
-- ids that became each other are all the smallest of them
WITH RECURSIVE said AS (
  SELECT contact_id, coalesce(min(into_id) FILTER (WHERE is_entered), min(into_id)) AS into_id
  FROM (
    SELECT contact_id, merged_into AS into_id, false AS is_entered FROM stg_contacts
    UNION ALL
    SELECT entity_id, merged_into, true FROM stg_merges WHERE lower(trim(entity)) = 'contact'
  )
  WHERE into_id IS NOT NULL AND into_id <> contact_id
  GROUP BY contact_id
),
chain AS (
  SELECT contact_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.contact_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.contact_id = c.into_id
  WHERE c.depth < 20
),
round AS (
  SELECT DISTINCT contact_id FROM chain WHERE into_id = contact_id
),
settled AS (
  SELECT c.contact_id, coalesce(min(r.contact_id), arg_max(c.into_id, c.depth)) AS into_id
  FROM chain AS c
  LEFT JOIN round AS r ON r.contact_id = c.into_id
  GROUP BY c.contact_id
)
SELECT contact_id, into_id
FROM settled
WHERE into_id <> contact_id
