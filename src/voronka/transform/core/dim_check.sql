-- one row per check of the data: what it looks for, and whether any source gives what it looks at
WITH needed AS (
  SELECT
    c.check_name,
    coalesce(bool_and(t.is_told), true) AS is_made,
    string_agg(c.need, ', ' ORDER BY c.need) FILTER (WHERE NOT t.is_told) AS lacks
  FROM cfg_checks AS c
  LEFT JOIN int_told AS t ON t.need = c.need
  GROUP BY c.check_name
)
SELECT DISTINCT
  c.check_name,
  c.class,
  c.entity,
  c.severity,
  c.title,
  c.meaning,
  c.action,
  c.position,
  n.is_made,
  n.lacks
FROM cfg_checks AS c
JOIN needed AS n ON n.check_name = c.check_name
