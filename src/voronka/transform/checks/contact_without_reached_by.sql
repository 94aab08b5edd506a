-- one row per contact without a phone and an e-mail
SELECT contact_id AS entity_id
FROM dim_contact
WHERE contact_id NOT IN (SELECT entity_id FROM identity WHERE entity = 'contact' AND kind IN ('phone', 'email'))
