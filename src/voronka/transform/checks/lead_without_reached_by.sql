-- one row per lead without a phone or an e-mail, its own or its contact's
SELECT l.lead_id AS entity_id
FROM fct_leads AS l
WHERE
  l.lead_id NOT IN (SELECT entity_id FROM identity WHERE entity = 'lead' AND kind IN ('phone', 'email'))
  AND coalesce(l.contact_id, '')
    NOT IN (SELECT entity_id FROM identity WHERE entity = 'contact' AND kind IN ('phone', 'email'))
