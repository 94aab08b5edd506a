-- one row per lead that came soon after another of the same phone, e-mail or contact
WITH said AS (
  SELECT entity_id AS lead_id, kind, value
  FROM identity
  WHERE entity = 'lead' AND kind IN ('phone', 'email')
  UNION ALL
  SELECT lead_id, 'contact', contact_id
  FROM fct_leads
  WHERE contact_id IS NOT NULL
),
ordered AS (
  SELECT
    s.lead_id,
    l.created_day,
    lag(s.lead_id) OVER same AS earlier_id,
    lag(l.created_day) OVER same AS earlier_day
  FROM said AS s
  JOIN fct_leads AS l ON l.lead_id = s.lead_id AND l.deleted_at IS NULL
  WINDOW same AS (PARTITION BY s.kind, s.value ORDER BY l.created_at, s.lead_id)
)
SELECT lead_id AS entity_id, min(earlier_id) AS detail
FROM ordered
WHERE created_day - earlier_day <= CAST($duplicate_days AS INTEGER)
GROUP BY lead_id
