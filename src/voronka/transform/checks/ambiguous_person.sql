-- one row per name that two or more people bear
SELECT
  name AS entity_id,
  'ambiguous' AS employee_id,
  name AS title
FROM int_members_employee
WHERE member_id = 'ambiguous'
