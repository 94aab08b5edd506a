-- one row per metric, scope, period and revision
WITH told AS (
  -- without a last day a plan of the first of a month is the month's, any other its day's
  SELECT
    *,
    coalesce(
      lower(scope),
      CASE WHEN employee_id IS NOT NULL THEN 'employee' WHEN team_id IS NOT NULL THEN 'team' ELSE 'company' END
    ) AS of_scope,
    _source = 'voronka' AS is_entered
  FROM (
    SELECT * REPLACE (
      coalesce(ends_on, CASE WHEN day(starts_on) = 1 THEN last_day(starts_on) ELSE starts_on END) AS ends_on
    )
    FROM src_plans
  )
  WHERE starts_on <= ends_on
),
stated AS (
  SELECT
    *,
    CASE of_scope
      WHEN 'company' THEN NULL
      WHEN 'team' THEN team_id
      ELSE coalesce(employee_id, team_id)
    END AS of_whom
  FROM told
),
numbered AS (
  SELECT
    *,
    row_number() OVER same AS number,
    coalesce(max(revision) OVER (PARTITION BY metric, of_scope, of_whom, starts_on, ends_on), 0) AS last_number
  FROM stated
  WINDOW same AS (
    PARTITION BY metric, of_scope, of_whom, starts_on, ends_on ORDER BY is_entered, _received_at, _row
  )
),
-- a statement without a value takes back those before it: what files say of the same holds again
standing AS (
  SELECT *
  FROM numbered
  QUALIFY NOT is_entered OR number > coalesce(
    max(CASE WHEN is_entered AND value IS NULL THEN number END) OVER (
      PARTITION BY metric, of_scope, of_whom, starts_on, ends_on
    ), 0
  )
)
SELECT
  metric,
  of_scope AS scope,
  of_whom AS scope_id,
  starts_on,
  ends_on,
  CAST(value AS DECIMAL(18,4)) AS value,
  -- what people enter in Voronka stands over whatever files have said of the same
  CASE WHEN is_entered THEN last_number + number ELSE coalesce(revision, number) END AS revision,
  entered_at,
  _source AS source,
  _load_id AS load_id
FROM standing
