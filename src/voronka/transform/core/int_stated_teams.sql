-- one row per person and span of whole company days on which people state in Voronka where the person is
WITH said AS (
  SELECT employee_id, team_id, role, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to, _received_at, _row
  FROM src_employees
  WHERE _source = 'voronka' AND _is_latest AND NOT _is_gone AND employee_id IS NOT NULL AND valid_from IS NOT NULL
),
bounds AS (
  SELECT employee_id, valid_from AS day FROM said
  UNION
  SELECT employee_id, valid_to FROM said
),
pieces AS (
  SELECT employee_id, day AS valid_from, lead(day) OVER (PARTITION BY employee_id ORDER BY day) AS valid_to
  FROM bounds
)
-- of two people who became one, the span begun last holds
SELECT p.employee_id, s.team_id, s.role, p.valid_from, p.valid_to
FROM pieces AS p
JOIN said AS s ON s.employee_id = p.employee_id AND s.valid_from <= p.valid_from AND s.valid_to >= p.valid_to
QUALIFY row_number() OVER (
  PARTITION BY p.employee_id, p.valid_from ORDER BY s.valid_from DESC, s._received_at DESC, s._row DESC
) = 1
