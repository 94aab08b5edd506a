-- one row per person, lead, deal, client company or contact: the words by which they are found
-- words stand in small letters without punctuation, a space before each; a record has those of its client too
WITH named AS (
  SELECT 'employee' AS entity, employee_id AS entity_id, name AS text, CAST(NULL AS DATE) AS day
  FROM dim_employee
  WHERE employee_id <> 'ambiguous'
  UNION ALL
  SELECT 'account', account_id, name, CAST(created_at AS DATE) FROM dim_account
  UNION ALL
  SELECT 'contact', contact_id, name, CAST(created_at AS DATE) FROM dim_contact
  UNION ALL
  SELECT 'lead', l.lead_id, concat_ws(' ', l.title, a.name, c.name), l.created_day
  FROM fct_leads AS l
  LEFT JOIN dim_account AS a ON a.account_id = l.account_id
  LEFT JOIN dim_contact AS c ON c.contact_id = l.contact_id
  WHERE l.deleted_at IS NULL
  UNION ALL
  SELECT 'deal', d.deal_id, concat_ws(' ', d.title, a.name, c.name), d.created_day
  FROM fct_deals AS d
  LEFT JOIN dim_account AS a ON a.account_id = d.account_id
  LEFT JOIN dim_contact AS c ON c.contact_id = d.contact_id
  WHERE d.deleted_at IS NULL
)
SELECT
  entity,
  entity_id,
  lower(substr(entity_id, strpos(entity_id, ':') + 1)) AS number,
  ' ' || trim(regexp_replace(lower(translate(text, 'ёЁ', 'еЕ')), '[^\p{L}\p{N}]+', ' ', 'g')) AS words,
  day
FROM named
