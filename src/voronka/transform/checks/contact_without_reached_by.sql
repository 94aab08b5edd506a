-- one row per contact without a phone and an e-mail, of the sources that give one of some contact
WITH told AS (
  SELECT DISTINCT entity_id
  FROM identity
  WHERE entity = 'contact' AND kind IN ('phone', 'email')
)
SELECT contact_id AS entity_id
FROM dim_contact
WHERE
  contact_id NOT IN (SELECT entity_id FROM told)
  AND split_part(contact_id, ':', 1) IN (SELECT split_part(entity_id, ':', 1) FROM told)
