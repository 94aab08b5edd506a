-- one row per check and record in which it found a fault, with the days on which the fault is there
WITH dated AS (
  SELECT
    q.check_name,
    c.class,
    c.severity,
    q.entity,
    q.entity_id,
    coalesce(r.title, q.title) AS title,
    coalesce(r.employee_id, q.employee_id) AS employee_id,
    q.load_id,
    q.detail,
    coalesce(r.url, q.url) AS url,
    greatest(coalesce(q.from_day, r.from_day, s.day), r.from_day) AS from_day,
    coalesce(q.to_day, DATE '9999-12-31') AS to_day
  FROM int_quality_found AS q
  JOIN dim_check AS c ON c.check_name = q.check_name AND c.is_made
  CROSS JOIN int_quality_start AS s
  LEFT JOIN int_quality_records AS r ON r.entity = q.entity AND r.entity_id = q.entity_id
  -- what is deleted is not looked at
  WHERE q.entity_id IS NOT NULL AND (r.entity_id IS NOT NULL OR q.entity NOT IN ('deal', 'lead', 'contact', 'account'))
),
first_found AS (
  SELECT *
  FROM dated
  QUALIFY row_number() OVER (PARTITION BY check_name, entity, entity_id ORDER BY from_day, detail NULLS LAST) = 1
)
SELECT
  f.check_name,
  f.class,
  f.severity,
  f.entity,
  f.entity_id,
  f.entity || ' ' || f.entity_id AS record_id,
  f.title,
  f.employee_id,
  m.team_id,
  m.role,
  f.load_id,
  f.detail,
  f.url,
  f.from_day,
  f.to_day
FROM first_found AS f
LEFT JOIN int_membership_now AS m ON m.employee_id = f.employee_id
