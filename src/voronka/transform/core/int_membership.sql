-- one row per person and span of days in one team and role: of several roles held at once the one begun last
WITH bounds AS (
  SELECT employee_id, valid_from AS day FROM employee_team
  UNION
  SELECT employee_id, valid_to FROM employee_team
),
pieces AS (
  SELECT employee_id, day AS valid_from, lead(day) OVER (PARTITION BY employee_id ORDER BY day) AS valid_to
  FROM bounds
)
SELECT p.employee_id, t.team_id, t.role, p.valid_from, p.valid_to
FROM pieces AS p
JOIN employee_team AS t
  ON t.employee_id = p.employee_id AND t.valid_from <= p.valid_from AND t.valid_to >= p.valid_to
WHERE p.valid_to IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY p.employee_id, p.valid_from ORDER BY t.valid_from DESC, t.team_id IS NULL, t.role NULLS LAST, t.team_id
) = 1
