-- one row per text of a phone that is no plain number, so that it is read by the rules of all countries
-- of Russian numbers the plain ones are ten or eleven digits, of others those with + in front
WITH said AS (
  SELECT phones AS text FROM stg_employees
  UNION
  SELECT phone FROM stg_employees
  UNION
  SELECT phones FROM stg_contacts
  UNION
  SELECT phone FROM stg_contacts
  UNION
  SELECT phones FROM stg_accounts
  UNION
  SELECT phone FROM stg_accounts
  UNION
  SELECT phones FROM stg_leads
  UNION
  SELECT phone FROM stg_leads
  UNION
  SELECT coalesce(client_phone, phone) FROM stg_activities
)
SELECT text
FROM said
WHERE text IS NOT NULL
  AND NOT CASE
    WHEN $is_seven
      THEN regexp_full_match(text, '[+]?[0-9 ().-]+')
        AND regexp_full_match(regexp_replace(text, '[^0-9]', '', 'g'), '[78][0-9]{10}|9[0-9]{9}')
    ELSE regexp_full_match(text, '[+][1-9][0-9 .-]{6,}')
  END
