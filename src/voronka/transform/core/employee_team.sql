-- one row per person, team, role and span of whole company days
WITH said AS (
  SELECT
    employee_id,
    team_id,
    role,
    valid_from IS NOT NULL OR valid_to IS NOT NULL AS is_dated,
    valid_from,
    valid_to,
    CAST(timezone($zone, timezone('UTC', _received_at)) AS DATE) AS seen_on,
    _received_at,
    _row,
    _key
  FROM src_employees
  WHERE merged_into IS NULL AND NOT _deleted AND (team_id IS NOT NULL OR role IS NOT NULL)
),
-- without dates, the successive exports are the history: the last word of a day holds from that day on, the first from ever
seen AS (
  SELECT *
  FROM said
  WHERE NOT is_dated
  QUALIFY row_number() OVER (PARTITION BY employee_id, role, seen_on ORDER BY _received_at DESC, _row DESC) = 1
),
turns AS (
  SELECT *
  FROM seen
  QUALIFY team_id IS DISTINCT FROM lag(team_id) OVER (PARTITION BY employee_id, role ORDER BY seen_on)
    OR row_number() OVER (PARTITION BY employee_id, role ORDER BY seen_on) = 1
),
undated AS (
  SELECT
    employee_id,
    team_id,
    role,
    CASE
      WHEN row_number() OVER (PARTITION BY employee_id, role ORDER BY seen_on) = 1 THEN DATE '1900-01-01'
      ELSE seen_on
    END AS valid_from,
    coalesce(lead(seen_on) OVER (PARTITION BY employee_id, role ORDER BY seen_on), DATE '9999-12-31') AS valid_to
  FROM turns
),
dated AS (
  SELECT
    employee_id,
    team_id,
    role,
    coalesce(valid_from, DATE '1900-01-01') AS valid_from,
    coalesce(valid_to, DATE '9999-12-31') AS valid_to
  FROM said
  WHERE is_dated
  QUALIFY row_number() OVER (
    PARTITION BY employee_id, role, coalesce(valid_from, DATE '1900-01-01') ORDER BY _received_at DESC, _row DESC
  ) = 1
),
-- a later span of the same person and role cuts an earlier one short: spans never overlap
cut AS (
  SELECT
    employee_id,
    team_id,
    role,
    valid_from,
    least(
      valid_to,
      coalesce(lead(valid_from) OVER (PARTITION BY employee_id, role ORDER BY valid_from), DATE '9999-12-31')
    ) AS valid_to
  FROM dated
)
SELECT employee_id, team_id, role, valid_from, valid_to FROM cut WHERE valid_from < valid_to
UNION ALL
SELECT u.employee_id, u.team_id, u.role, u.valid_from, u.valid_to
FROM undated AS u
WHERE NOT EXISTS (
  SELECT 1 FROM dated AS d WHERE d.employee_id = u.employee_id AND d.role IS NOT DISTINCT FROM u.role
)
