-- one row per lead that came soon after another of the same phone, e-mail or known contact, and what they share
-- a contact that a lead gives by name alone is whoever bears the name: two leads of «Anna» need not be of one person
WITH said AS (
  SELECT entity_id AS lead_id, kind, value, value AS shared
  FROM identity
  WHERE entity = 'lead' AND kind IN ('phone', 'email')
  UNION ALL
  SELECT l.lead_id, 'contact', l.contact_id, coalesce(c.name, l.contact_id)
  FROM fct_leads AS l
  LEFT JOIN stg_leads AS s ON s.lead_id = l.lead_id
  LEFT JOIN dim_contact AS c ON c.contact_id = l.contact_id
  WHERE l.contact_id IS NOT NULL AND (s.contact_id IS NOT NULL OR s.contact IS NULL)
),
ordered AS (
  SELECT
    s.lead_id,
    s.shared,
    l.created_day,
    lag(s.lead_id) OVER same AS earlier_id,
    lag(l.created_day) OVER same AS earlier_day
  FROM said AS s
  JOIN fct_leads AS l ON l.lead_id = s.lead_id AND l.deleted_at IS NULL
  WINDOW same AS (PARTITION BY s.kind, s.value ORDER BY l.created_at, s.lead_id)
)
SELECT lead_id AS entity_id, earlier_id || ': ' || string_agg(DISTINCT shared, ', ' ORDER BY shared) AS detail
FROM ordered
WHERE created_day - earlier_day <= CAST($duplicate_days AS INTEGER)
GROUP BY lead_id, earlier_id
QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY earlier_id) = 1
