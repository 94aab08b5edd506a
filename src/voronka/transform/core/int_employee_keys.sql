-- one row per e-mail, extension or number and person who has it: what stands where a name was expected may be one
WITH said AS (
  SELECT employee_id, lower(email) AS name_key FROM stg_employees WHERE _is_latest
  UNION ALL
  SELECT employee_id, phone FROM stg_employees WHERE _is_latest
  UNION ALL
  SELECT employee_id, lower(trim(extension)) FROM stg_employees WHERE _is_latest
  UNION ALL
  SELECT s.employee_id, n.extension
  FROM stg_employees AS s
  JOIN int_phones AS n ON n.spelled = s.phones
  WHERE s._is_latest
)
SELECT DISTINCT employee_id, name_key
FROM said
WHERE employee_id IS NOT NULL AND name_key IS NOT NULL
