-- one row per person after merges
WITH members AS (
  SELECT
    member_id AS employee_id,
    coalesce(
      min(name) FILTER (WHERE own AND id = member_id),
      min(name) FILTER (WHERE own),
      min(name),
      CASE WHEN member_id <> 'ambiguous' THEN member_id END
    ) AS name
  FROM int_members_employee
  GROUP BY member_id
),
given AS (
  SELECT
    employee_id,
    arg_max(email, (_received_at, _row)) FILTER (WHERE email IS NOT NULL) AS email,
    arg_max(phone, (_received_at, _row)) FILTER (WHERE phone IS NOT NULL) AS phone,
    -- what people state in Voronka stands over what any source tells
    arg_max(called, (_source = 'voronka', _received_at, _row)) FILTER (WHERE called IS NOT NULL) AS called,
    arg_max(hired_on, (_source = 'voronka', _received_at, _row)) FILTER (WHERE hired_on IS NOT NULL) AS hired_on,
    arg_max(left_on, (_source = 'voronka', _received_at, _row)) FILTER (WHERE left_on IS NOT NULL) AS left_on,
    bool_or(_source = 'voronka' AND left_on IS NOT NULL) AS is_said_to_have_left,
    arg_max(is_active, (_received_at, _row)) FILTER (WHERE is_active IS NOT NULL) AS is_active
  FROM src_employees
  WHERE merged_into IS NULL AND _is_latest
  GROUP BY employee_id
)
SELECT
  m.employee_id,
  CASE WHEN m.employee_id = 'ambiguous' THEN 'ambiguous' ELSE coalesce(g.called, m.name) END AS name,
  g.email,
  g.phone,
  g.hired_on,
  g.left_on,
  CASE WHEN g.is_said_to_have_left THEN false ELSE coalesce(g.is_active, g.left_on IS NULL) END AS is_active
FROM members AS m
LEFT JOIN given AS g ON g.employee_id = m.employee_id
-- somebody who was added in Voronka and taken back is nobody
WHERE m.employee_id NOT LIKE 'voronka:%' OR g.employee_id IS NOT NULL
