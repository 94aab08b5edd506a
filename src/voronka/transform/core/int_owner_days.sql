-- one row per person and span of days in one team and role, from ever to ever; with no team known outside those said
WITH bounds AS (
  SELECT employee_id, valid_from AS day FROM int_membership
  UNION
  SELECT employee_id, valid_to FROM int_membership
  UNION
  SELECT employee_id, DATE '1900-01-01' FROM int_membership
  UNION
  SELECT employee_id, DATE '9999-12-31' FROM int_membership
),
pieces AS (
  SELECT employee_id, day AS valid_from, lead(day) OVER (PARTITION BY employee_id ORDER BY day) AS valid_to
  FROM bounds
)
SELECT p.employee_id, m.team_id, m.role, p.valid_from, p.valid_to
FROM pieces AS p
LEFT JOIN int_membership AS m ON m.employee_id = p.employee_id AND m.valid_from = p.valid_from
WHERE p.valid_to IS NOT NULL
