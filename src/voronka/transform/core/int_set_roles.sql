-- one row per person, team, role and span of whole company days: as the sources tell, with the roles of the settings laid over
-- spans that adjoin are put together where statements of people are laid over these
WITH said AS (
  SELECT DISTINCT m.member_id AS employee_id, p.role, p.valid_from, p.valid_to
  FROM cfg_role_people AS p
  JOIN int_members_employee AS m ON (m.id = p.employee OR m.name = p.employee) AND m.member_id <> 'ambiguous'
),
told AS (
  SELECT employee_id, team_id, role, valid_from, valid_to
  FROM int_told_teams
  WHERE employee_id IN (SELECT employee_id FROM said)
),
bounds AS (
  SELECT employee_id, valid_from AS day FROM said
  UNION
  SELECT employee_id, valid_to FROM said
  UNION
  SELECT employee_id, valid_from FROM told
  UNION
  SELECT employee_id, valid_to FROM told
),
pieces AS (
  SELECT employee_id, day AS valid_from, lead(day) OVER (PARTITION BY employee_id ORDER BY day) AS valid_to
  FROM bounds
),
-- on the days of a role that is set, the person is in the team that the sources tell
held AS (
  SELECT p.employee_id, t.team_id, s.role, p.valid_from, p.valid_to
  FROM pieces AS p
  JOIN said AS s ON s.employee_id = p.employee_id AND s.valid_from <= p.valid_from AND s.valid_to >= p.valid_to
  LEFT JOIN told AS t ON t.employee_id = p.employee_id AND t.valid_from <= p.valid_from AND t.valid_to >= p.valid_to
  QUALIFY row_number() OVER (
    PARTITION BY p.employee_id, s.role, p.valid_from ORDER BY t.valid_from DESC NULLS LAST, t.team_id
  ) = 1
),
told_only AS (
  SELECT p.employee_id, t.team_id, t.role, p.valid_from, p.valid_to
  FROM pieces AS p
  JOIN told AS t ON t.employee_id = p.employee_id AND t.valid_from <= p.valid_from AND t.valid_to >= p.valid_to
  WHERE NOT EXISTS (SELECT 1 FROM held AS h WHERE h.employee_id = p.employee_id AND h.valid_from = p.valid_from)
)
SELECT employee_id, team_id, role, valid_from, valid_to FROM held
UNION ALL
SELECT employee_id, team_id, role, valid_from, valid_to FROM told_only
UNION ALL
SELECT employee_id, team_id, role, valid_from, valid_to
FROM int_told_teams
WHERE employee_id NOT IN (SELECT employee_id FROM said)
