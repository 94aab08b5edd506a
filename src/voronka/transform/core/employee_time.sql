-- one row per shift or absence
SELECT employee_id, starts_at, ends_at, lower(kind) AS kind
FROM src_employee_time
WHERE starts_at < ends_at
