-- one row per plan that one load gives two values, and per plan of which only some days are another plan's too
WITH stated AS (
  SELECT
    metric,
    coalesce(lower(scope), '') AS scope,
    coalesce(employee_id, team_id, '') AS scope_id,
    employee_id,
    starts_on,
    ends_on,
    revision,
    _source,
    _load_id,
    value
  FROM src_plans
  WHERE starts_on <= ends_on AND value IS NOT NULL
),
-- of what people state in Voronka itself the latest statement holds
twice AS (
  SELECT metric, scope_id, any_value(employee_id) AS employee_id, starts_on, ends_on, string_agg(
    DISTINCT CAST(value AS TEXT), ' / ' ORDER BY CAST(value AS TEXT)
  ) AS detail
  FROM stated
  WHERE _source <> 'voronka'
  GROUP BY metric, scope, scope_id, starts_on, ends_on, revision, _load_id
  HAVING count(DISTINCT value) > 1
),
overlapping AS (
  SELECT DISTINCT
    a.metric,
    a.scope_id,
    a.employee_id,
    a.starts_on,
    a.ends_on,
    CAST(b.starts_on AS TEXT) || '..' || CAST(b.ends_on AS TEXT) AS detail
  FROM stated AS a
  JOIN stated AS b
    ON b.metric = a.metric AND b.scope = a.scope AND b.scope_id = a.scope_id
    AND b.starts_on > a.starts_on AND b.starts_on <= a.ends_on AND b.ends_on > a.ends_on
)
SELECT
  metric || coalesce(' ' || nullif(scope_id, ''), '') || ' ' || CAST(starts_on AS TEXT) || '..' || CAST(ends_on AS TEXT)
    AS entity_id,
  employee_id,
  metric AS title,
  detail,
  starts_on AS from_day
FROM (SELECT * FROM twice UNION ALL SELECT * FROM overlapping)
