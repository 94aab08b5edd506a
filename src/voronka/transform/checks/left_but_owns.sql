-- one row per open deal of a person who works here no longer
SELECT
  d.deal_id AS entity_id,
  e.name || coalesce(' (' || CAST(e.left_on AS TEXT) || ')', '') AS detail,
  e.left_on AS from_day
FROM fct_deals AS d
JOIN dim_employee AS e ON e.employee_id = d.employee_id
WHERE d.outcome = 'open' AND (e.left_on IS NOT NULL OR NOT e.is_active)
