-- one row per number or address of clients: the contact that alone has it, where it is no switchboard's and not ours
SELECT
  kind,
  value,
  CASE WHEN count(DISTINCT entity_id) FILTER (WHERE entity = 'contact') = 1
    THEN min(entity_id) FILTER (WHERE entity = 'contact')
  END AS contact_id
FROM identity
WHERE kind IN ('phone', 'email')
GROUP BY kind, value
HAVING count(DISTINCT entity_id) FILTER (WHERE entity = 'lead') <= $switchboard_leads AND NOT bool_or(entity = 'employee')
