-- one row per record that may be another, earlier one: a number, an address, a tax number or a name in common
-- a channel is the one that leads came from first: its name in the CRM is the one that people know
-- what more records have in common than one client's leads is a switchboard or an office, and tells nothing
WITH known AS (
  SELECT
    'lead' AS entity,
    lead_id AS entity_id,
    title AS name,
    created_at,
    CAST(NULL AS TEXT) AS place,
    CAST(NULL AS TEXT) AS tax_number
  FROM fct_leads
  WHERE deleted_at IS NULL
  UNION ALL
  SELECT 'contact', contact_id, name, created_at, account_id, NULL FROM dim_contact
  UNION ALL
  SELECT 'account', account_id, name, created_at, region, tax_number FROM dim_account
  UNION ALL
  SELECT 'employee', employee_id, name, NULL, NULL, NULL FROM dim_employee WHERE employee_id <> 'ambiguous'
  UNION ALL
  SELECT 'channel', c.channel_id, c.name, l.first_at, NULL, NULL
  FROM dim_channel AS c
  LEFT JOIN (SELECT channel_id, min(created_at) AS first_at FROM fct_leads GROUP BY channel_id) AS l
    ON l.channel_id = c.channel_id
  WHERE c.channel_id <> 'ambiguous'
),
named AS (
  SELECT
    *,
    ' ' || lower(regexp_replace(translate(name, 'ёЁ', 'еЕ'), '[\s"«»„“”''.,()\x{a0}\x{202f}]+', '  ', 'g')) || ' ' AS words
  FROM known
  WHERE name IS NOT NULL AND entity NOT IN ('lead', 'channel')
),
spelled AS (
  SELECT
    entity,
    entity_id,
    place,
    trim(
      regexp_replace(
        CASE
          WHEN entity = 'account'
            THEN regexp_replace(words, ' (ооо|зао|оао|пао|нао|ао|ип|llc|ltd|inc|gmbh|sa|ag) ', ' ', 'g')
          ELSE words
        END,
        ' +', ' ', 'g'
      )
    ) AS name
  FROM named
),
shared AS (
  SELECT DISTINCT entity, entity_id, kind, value, value AS shown, NULL AS place
  FROM identity
  WHERE kind IN ('phone', 'email')
  UNION ALL
  SELECT entity, entity_id, 'tax_number', tax_number, tax_number, NULL FROM known WHERE tax_number IS NOT NULL
  UNION ALL
  SELECT entity, entity_id, 'name', name, name, CASE WHEN entity = 'contact' THEN place END
  FROM spelled
  WHERE name <> '' AND (entity <> 'contact' OR place IS NOT NULL)
  UNION ALL
  SELECT 'channel', channel_id, kind, value, shown, NULL FROM int_channel_names
),
paired AS (
  SELECT
    s.entity,
    s.entity_id,
    s.kind,
    s.value,
    s.shown,
    k.name,
    k.created_at,
    k.place,
    first_value(s.entity_id) OVER same AS first_id,
    lag(s.entity_id) OVER same AS earlier_id,
    lag(k.created_at) OVER same AS earlier_at,
    count(*) OVER (PARTITION BY s.entity, s.kind, s.value, s.place) AS records
  FROM shared AS s
  JOIN known AS k ON k.entity = s.entity AND k.entity_id = s.entity_id
  WINDOW same AS (PARTITION BY s.entity, s.kind, s.value, s.place ORDER BY k.created_at NULLS LAST, s.entity_id)
),
-- a later lead of the same client may be another wish of theirs
pairs AS (
  SELECT entity, entity_id, name, earlier_id AS into_id, kind, shown, place
  FROM paired
  WHERE entity = 'lead'
    AND records <= $switchboard_leads
    AND created_at <= earlier_at + to_days($duplicate_days)
  UNION ALL
  SELECT entity, entity_id, name, first_id, kind, shown, place
  FROM paired
  WHERE entity <> 'lead' AND (entity = 'channel' OR records <= $switchboard_leads) AND first_id <> entity_id
)
SELECT
  p.entity,
  p.entity_id,
  min(p.name) AS name,
  p.into_id,
  min(k.name) AS into_name,
  string_agg(DISTINCT p.kind, ', ' ORDER BY p.kind) AS reasons,
  coalesce(string_agg(DISTINCT nullif(p.shown, ''), ', ' ORDER BY nullif(p.shown, '')), '') AS detail
FROM pairs AS p
JOIN known AS k ON k.entity = p.entity AND k.entity_id = p.into_id
-- companies of one name in two places are two
WHERE p.entity <> 'account' OR p.kind <> 'name' OR coalesce(p.place, k.place, '') = coalesce(k.place, p.place, '')
GROUP BY p.entity, p.entity_id, p.into_id
