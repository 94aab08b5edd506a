-- one row per metric, scope and day: additive plans cut by working days
WITH last_revision AS (
  SELECT *
  FROM fct_plans
  WHERE metric IN (SELECT metric FROM cfg_additive_metrics)
  QUALIFY row_number() OVER (
    PARTITION BY metric, scope, scope_id, starts_on, ends_on ORDER BY revision DESC, entered_at DESC NULLS LAST, value
  ) = 1
),
-- absences that touch or overlap are one: no hour is taken out twice
begun AS (
  SELECT
    employee_id,
    starts_at,
    ends_at,
    CASE
      WHEN starts_at <= max(ends_at) OVER (
        PARTITION BY employee_id ORDER BY starts_at, ends_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) THEN 0
      ELSE 1
    END AS is_new
  FROM employee_time
  WHERE kind = 'absence'
),
numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY employee_id ORDER BY starts_at, ends_at ROWS UNBOUNDED PRECEDING) AS turn
  FROM begun
),
spans AS (
  SELECT employee_id, min(starts_at) AS starts_at, max(ends_at) AS ends_at FROM numbered GROUP BY employee_id, turn
),
-- how much of the company's hours of a day somebody is away
away AS (
  SELECT
    s.employee_id,
    c.day,
    sum(epoch_us(least(s.ends_at, c.closes_at)) - epoch_us(greatest(s.starts_at, c.opens_at)))
      / CAST(epoch_us(c.closes_at) - epoch_us(c.opens_at) AS DOUBLE) AS share
  FROM spans AS s
  JOIN dim_calendar AS c
    ON c.closes_at > c.opens_at AND s.starts_at < c.closes_at AND s.ends_at > c.opens_at
  GROUP BY s.employee_id, c.day, c.opens_at, c.closes_at
),
-- a person's own plan keeps its sum: the ramp only moves it to the later of its days
newcomers AS (
  SELECT employee_id, hired_on
  FROM dim_employee
  WHERE hired_on IS NOT NULL AND EXISTS (SELECT 1 FROM cfg_ramp)
),
days AS (
  SELECT
    p.metric,
    p.scope,
    p.scope_id,
    p.starts_on,
    p.ends_on,
    p.value,
    c.day,
    CASE
      WHEN NOT c.is_working THEN 0
      WHEN c.day < n.hired_on THEN 0
      ELSE coalesce(r.share, 1) * (1 - coalesce(a.share, 0))
    END AS weight
  FROM last_revision AS p
  JOIN dim_calendar AS c ON c.day BETWEEN p.starts_on AND p.ends_on
  LEFT JOIN newcomers AS n ON p.scope = 'employee' AND n.employee_id = p.scope_id
  LEFT JOIN away AS a ON p.scope = 'employee' AND a.employee_id = p.scope_id AND a.day = c.day
  LEFT JOIN cfg_ramp AS r
    ON r.months_worked = date_diff('month', n.hired_on, c.day)
      - CASE WHEN n.hired_on + to_months(CAST(date_diff('month', n.hired_on, c.day) AS INTEGER)) > c.day THEN 1 ELSE 0 END
),
weighed AS (
  SELECT
    *,
    sum(weight) OVER (PARTITION BY metric, scope, scope_id, starts_on, ends_on) AS total,
    count(*) OVER (PARTITION BY metric, scope, scope_id, starts_on, ends_on) AS n
  FROM days
),
-- the shortest period that covers a day wins
shortest AS (
  SELECT *
  FROM weighed
  QUALIFY row_number() OVER (PARTITION BY metric, scope, scope_id, day ORDER BY ends_on - starts_on, starts_on DESC) = 1
),
-- a person's team on the day; the least one where spans overlap, so that a plan is never multiplied
member AS (
  SELECT
    p.scope_id AS employee_id,
    p.day,
    min(m.team_id) AS team_id
  FROM (SELECT DISTINCT scope_id, day FROM shortest WHERE scope = 'employee') AS p
  JOIN employee_team AS m ON m.employee_id = p.scope_id AND p.day >= m.valid_from AND p.day < m.valid_to
  GROUP BY p.scope_id, p.day
),
placed AS (
  SELECT
    p.*,
    CASE p.scope WHEN 'team' THEN p.scope_id WHEN 'employee' THEN m.team_id END AS team_id
  FROM shortest AS p
  LEFT JOIN member AS m ON p.scope = 'employee' AND m.employee_id = p.scope_id AND m.day = p.day
),
-- what a team, or the company, states itself stands for what its parts state
counted AS (
  SELECT
    p.*,
    p.scope = 'team' OR (p.scope = 'employee' AND team.day IS NULL) AS counts_for_team,
    company.day IS NOT NULL AS is_stated_by_company
  FROM placed AS p
  LEFT JOIN shortest AS team
    ON team.scope = 'team' AND team.metric = p.metric AND team.scope_id = p.team_id AND team.day = p.day
  LEFT JOIN shortest AS company ON company.scope = 'company' AND company.metric = p.metric AND company.day = p.day
)
SELECT
  metric,
  scope,
  scope_id,
  team_id,
  counts_for_team,
  scope = 'company' OR (counts_for_team AND NOT is_stated_by_company) AS counts_for_company,
  day,
  CAST(CASE WHEN total = 0 THEN value / n ELSE value * weight / total END AS DECIMAL(18,8)) AS value
FROM counted
