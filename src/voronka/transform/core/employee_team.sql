-- one row per person, team, role and span of whole company days: as sources and settings tell, what people state laid over
WITH bounds AS (
  SELECT employee_id, valid_from AS day FROM int_stated_teams
  UNION
  SELECT employee_id, valid_to FROM int_stated_teams
  UNION
  SELECT employee_id, valid_from FROM int_set_roles WHERE employee_id IN (SELECT employee_id FROM int_stated_teams)
  UNION
  SELECT employee_id, valid_to FROM int_set_roles WHERE employee_id IN (SELECT employee_id FROM int_stated_teams)
),
pieces AS (
  SELECT employee_id, day AS valid_from, lead(day) OVER (PARTITION BY employee_id ORDER BY day) AS valid_to
  FROM bounds
),
-- on the days that are stated nothing else holds
laid AS (
  SELECT employee_id, team_id, role, valid_from, valid_to
  FROM int_stated_teams
  WHERE team_id IS NOT NULL OR role IS NOT NULL
  UNION ALL
  SELECT p.employee_id, t.team_id, t.role, p.valid_from, p.valid_to
  FROM pieces AS p
  JOIN int_set_roles AS t
    ON t.employee_id = p.employee_id AND t.valid_from <= p.valid_from AND t.valid_to >= p.valid_to
  WHERE NOT EXISTS (
    SELECT 1
    FROM int_stated_teams AS s
    WHERE s.employee_id = p.employee_id AND s.valid_from <= p.valid_from AND s.valid_to >= p.valid_to
  )
  UNION ALL
  SELECT employee_id, team_id, role, valid_from, valid_to
  FROM int_set_roles
  WHERE employee_id NOT IN (SELECT employee_id FROM int_stated_teams)
),
turned AS (
  SELECT
    *,
    CASE
      WHEN team_id IS NOT DISTINCT FROM lag(team_id) OVER (PARTITION BY employee_id, role ORDER BY valid_from)
        AND valid_from = lag(valid_to) OVER (PARTITION BY employee_id, role ORDER BY valid_from) THEN 0
      ELSE 1
    END AS is_new
  FROM laid
),
numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY employee_id, role ORDER BY valid_from) AS turn FROM turned
)
SELECT employee_id, team_id, role, min(valid_from) AS valid_from, max(valid_to) AS valid_to
FROM numbered
GROUP BY employee_id, team_id, role, turn
