-- one row per id that a source says became another
WITH RECURSIVE said AS (
  SELECT DISTINCT employee_id, merged_into AS into_id
  FROM stg_employees
  WHERE _is_latest AND merged_into IS NOT NULL AND merged_into <> employee_id
),
chain AS (
  SELECT employee_id, into_id, 1 AS depth FROM said
  UNION ALL
  SELECT c.employee_id, s.into_id, c.depth + 1
  FROM chain AS c
  JOIN said AS s ON s.employee_id = c.into_id
  WHERE c.depth < 20
)
SELECT employee_id, arg_max(into_id, depth) AS into_id
FROM chain
GROUP BY employee_id
