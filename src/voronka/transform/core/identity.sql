-- one row per value that identifies somebody: each number and address of a field that holds several
-- a number is written as all spellings of it are; an extension is one of our own people's
WITH said AS (
  SELECT 'employee' AS entity, employee_id AS entity_id, phone, phones, email, emails, extension, _source
  FROM src_employees
  UNION ALL
  SELECT 'contact', contact_id, phone, phones, email, emails, NULL, _source FROM src_contacts
  UNION ALL
  SELECT 'account', account_id, phone, phones, email, emails, NULL, _source FROM src_accounts
  UNION ALL
  SELECT 'lead', coalesce(m.into_id, l.lead_id), l.phone, l.phones, l.email, l.emails, NULL, l._source
  FROM stg_leads AS l
  LEFT JOIN int_merges_lead AS m ON m.lead_id = l.lead_id
),
texts AS (
  SELECT entity, entity_id, phone AS text, _source FROM said WHERE phone IS NOT NULL
  UNION
  SELECT entity, entity_id, phones, _source FROM said WHERE phones IS NOT NULL
),
numbers AS (
  SELECT
    t.entity,
    t.entity_id,
    t._source,
    CASE
      WHEN n.spelled IS NOT NULL THEN n.phone
      WHEN $is_seven THEN '+7' || right(regexp_replace(t.text, '[^0-9]', '', 'g'), 10)
      ELSE '+' || regexp_replace(t.text, '[^0-9]', '', 'g')
    END AS phone,
    n.extension
  FROM texts AS t
  LEFT JOIN int_phones AS n ON n.spelled = t.text
),
addresses AS (
  SELECT entity, entity_id, email, _source FROM said WHERE email IS NOT NULL
  UNION
  SELECT
    entity,
    entity_id,
    unnest(regexp_extract_all(regexp_replace(lower(emails), '\s*@\s*', '@', 'g'), '[^\s@,;:<>()"|]+@[^\s@,;:<>()"|]*[^\s@,;:<>()"|.]')),
    _source
  FROM said
  WHERE emails IS NOT NULL
),
found AS (
  SELECT 'phone' AS kind, phone AS value, _source, entity, entity_id FROM numbers
  UNION
  SELECT 'email', email, _source, entity, entity_id FROM addresses
  UNION
  SELECT 'extension', extension, _source, entity, entity_id FROM numbers WHERE entity = 'employee'
  UNION
  SELECT 'extension', trim(extension), _source, entity, entity_id FROM said
)
SELECT kind, value, _source AS id_space, entity, entity_id
FROM found
WHERE value IS NOT NULL AND entity_id IS NOT NULL
