-- one row per lead, deal, contact and client company that is looked at: whose it is, since when it is there, its name
SELECT
  'deal' AS entity,
  deal_id AS entity_id,
  employee_id,
  created_day AS from_day,
  title,
  url
FROM fct_deals
WHERE deleted_at IS NULL
UNION ALL
SELECT 'lead', lead_id, employee_id, created_day, title, NULL
FROM fct_leads
WHERE deleted_at IS NULL
UNION ALL
SELECT
  'contact',
  c.contact_id,
  a.employee_id,
  CAST(timezone($zone, timezone('UTC', c.created_at)) AS DATE),
  c.name,
  NULL
FROM dim_contact AS c
LEFT JOIN dim_account AS a ON a.account_id = c.account_id
UNION ALL
SELECT
  'account',
  account_id,
  employee_id,
  CAST(timezone($zone, timezone('UTC', created_at)) AS DATE),
  name,
  NULL
FROM dim_account
