-- one row per metric, scope, period and revision
SELECT
  metric,
  coalesce(
    lower(scope),
    CASE WHEN employee_id IS NOT NULL THEN 'employee' WHEN team_id IS NOT NULL THEN 'team' ELSE 'company' END
  ) AS scope,
  CASE
    WHEN lower(scope) = 'company' THEN NULL
    WHEN lower(scope) = 'team' THEN team_id
    ELSE coalesce(employee_id, team_id)
  END AS scope_id,
  starts_on,
  ends_on,
  CAST(value AS DECIMAL(18,4)) AS value,
  coalesce(
    revision,
    row_number() OVER (
      PARTITION BY metric, lower(scope), employee_id, team_id, starts_on, ends_on ORDER BY _received_at, _row
    )
  ) AS revision,
  entered_at
FROM src_plans
WHERE starts_on <= ends_on
