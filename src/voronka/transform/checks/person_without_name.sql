-- one row per person known by an id alone, where others have names
SELECT employee_id AS entity_id, employee_id, employee_id AS title
FROM dim_employee
WHERE
  name = employee_id
  AND employee_id <> 'ambiguous'
  AND EXISTS (SELECT 1 FROM dim_employee WHERE name <> employee_id)
