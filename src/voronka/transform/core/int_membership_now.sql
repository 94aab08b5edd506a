-- one row per person: the team and role of the last span
SELECT employee_id, team_id, role
FROM int_membership
QUALIFY row_number() OVER (PARTITION BY employee_id ORDER BY valid_to DESC) = 1
