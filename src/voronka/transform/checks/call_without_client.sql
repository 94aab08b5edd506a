-- one row per call of which nobody knows with whom it was
SELECT activity_id AS entity_id, employee_id, started_day AS from_day, url
FROM fct_activities
WHERE
  kind = 'call'
  AND client_phone IS NULL
  AND contact_id IS NULL
  AND account_id IS NULL
  AND lead_id IS NULL
  AND deal_id IS NULL
