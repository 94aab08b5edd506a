-- one row per value that identifies somebody
WITH said AS (
  SELECT employee_id AS entity_id, 'employee' AS entity, phone, email, _source FROM src_employees
  UNION ALL
  SELECT contact_id, 'contact', phone, email, _source FROM src_contacts
  UNION ALL
  SELECT account_id, 'account', phone, email, _source FROM src_accounts
  UNION ALL
  SELECT lead_id, 'lead', phone, email, _source FROM src_leads
)
SELECT DISTINCT 'phone' AS kind, phone AS value, _source AS id_space, entity, entity_id
FROM said
WHERE phone IS NOT NULL AND entity_id IS NOT NULL
UNION ALL
SELECT DISTINCT 'email', email, _source, entity, entity_id
FROM said
WHERE email IS NOT NULL AND entity_id IS NOT NULL
