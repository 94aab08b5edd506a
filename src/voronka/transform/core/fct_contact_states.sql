-- one row per contact and span of days with one team of whoever looks after their company today
-- where no source gives a number or an address of any contact, it is not known who has one
WITH known AS (
  SELECT *, coalesce(CAST(timezone($zone, timezone('UTC', created_at)) AS DATE), DATE '1900-01-01') AS known_day
  FROM dim_contact
),
given AS (
  SELECT
    entity_id AS contact_id,
    bool_or(kind = 'phone') AS has_phone,
    bool_or(kind = 'email') AS has_email
  FROM identity
  WHERE entity = 'contact'
  GROUP BY entity_id
),
told AS (
  SELECT EXISTS (SELECT 1 FROM given) AS has_any
)
SELECT
  k.contact_id,
  k.account_id,
  a.employee_id,
  s.team_id,
  s.role,
  greatest(k.known_day, coalesce(s.valid_from, k.known_day)) AS from_day,
  coalesce(s.valid_to, DATE '9999-12-31') AS to_day,
  CASE WHEN told.has_any THEN coalesce(g.has_phone, false) END AS has_phone,
  CASE WHEN told.has_any THEN coalesce(g.has_email, false) END AS has_email,
  a.segment,
  a.industry,
  a.size,
  a.region
FROM known AS k
CROSS JOIN told
LEFT JOIN dim_account AS a ON a.account_id = k.account_id
LEFT JOIN given AS g ON g.contact_id = k.contact_id
LEFT JOIN int_owner_days AS s ON s.employee_id = a.employee_id AND s.valid_to > k.known_day
