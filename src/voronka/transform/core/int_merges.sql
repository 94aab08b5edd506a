-- one row per id of an employee that a source or a person says became another
-- ids that became each other are all the smallest of them
WITH RECURSIVE said AS (
  SELECT employee_id, coalesce(min(into_id) FILTER (WHERE is_entered), min(into_id)) AS into_id
  FROM (
    SELECT employee_id, merged_into AS into_id, false AS is_entered FROM stg_employees WHERE _is_latest
    UNION ALL
    SELECT entity_id, merged_into, true FROM stg_merges WHERE lower(trim(entity)) = 'employee'
  )
  WHERE into_id IS NOT NULL AND into_id <> employee_id
  GROUP BY employee_id
),
chain AS (
  SELECT employee_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.employee_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.employee_id = c.into_id
  WHERE c.depth < 20
),
round AS (
  SELECT DISTINCT employee_id FROM chain WHERE into_id = employee_id
),
settled AS (
  SELECT c.employee_id, coalesce(min(r.employee_id), arg_max(c.into_id, c.depth)) AS into_id
  FROM chain AS c
  LEFT JOIN round AS r ON r.employee_id = c.into_id
  GROUP BY c.employee_id
)
SELECT employee_id, into_id
FROM settled
WHERE into_id <> employee_id
