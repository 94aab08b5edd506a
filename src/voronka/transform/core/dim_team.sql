-- one row per team
WITH members AS (
  SELECT member_id AS team_id, coalesce(min(name) FILTER (WHERE own), min(name), member_id) AS name
  FROM int_members_team
  GROUP BY member_id
),
given AS (
  SELECT
    team_id,
    -- what people state in Voronka stands over what any source tells
    arg_max(called, (_source = 'voronka', _received_at, _row)) FILTER (WHERE called IS NOT NULL) AS called,
    arg_max(parent_id, (_source = 'voronka', _received_at, _row)) FILTER (WHERE parent_id IS NOT NULL) AS parent_id,
    arg_max(lead_employee_id, (_source = 'voronka', _received_at, _row)) FILTER (WHERE lead_employee_id IS NOT NULL)
      AS lead_employee_id
  FROM src_teams
  GROUP BY team_id
),
managers AS (
  SELECT team_id, min(manager_id) AS manager_id
  FROM src_employees
  WHERE _is_latest AND manager_id IS NOT NULL AND team_id IS NOT NULL
  GROUP BY team_id
  HAVING count(DISTINCT manager_id) = 1
)
SELECT
  m.team_id,
  coalesce(g.called, m.name) AS name,
  g.parent_id,
  coalesce(g.lead_employee_id, b.manager_id) AS lead_employee_id
FROM members AS m
LEFT JOIN given AS g ON g.team_id = m.team_id
LEFT JOIN managers AS b ON b.team_id = m.team_id
-- a team that was made in Voronka and taken back is none
WHERE m.team_id NOT LIKE 'voronka:%' OR g.team_id IS NOT NULL
