-- one row per client company and span of days with one team of whoever looks after it today
-- a company that does not say since when it is known is known from ever
WITH known AS (
  SELECT *, coalesce(CAST(timezone($zone, timezone('UTC', created_at)) AS DATE), DATE '1900-01-01') AS known_day
  FROM dim_account
)
SELECT
  k.account_id,
  k.employee_id,
  s.team_id,
  s.role,
  greatest(k.known_day, coalesce(s.valid_from, k.known_day)) AS from_day,
  coalesce(s.valid_to, DATE '9999-12-31') AS to_day,
  k.segment,
  k.industry,
  k.size,
  k.region
FROM known AS k
LEFT JOIN int_owner_days AS s ON s.employee_id = k.employee_id AND s.valid_to > k.known_day
