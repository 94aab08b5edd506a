-- one row per lead and deal that is not deleted, with its journey
SELECT
  'lead' AS entity,
  l.lead_id AS entity_id,
  j.number,
  l.created_at,
  l.created_day
FROM fct_leads AS l
JOIN int_journeys AS j ON j.journey_id = l.journey_id
WHERE l.deleted_at IS NULL
UNION ALL
SELECT 'deal', d.deal_id, j.number, d.created_at, d.created_day
FROM fct_deals AS d
JOIN int_journeys AS j ON j.journey_id = d.journey_id
WHERE d.deleted_at IS NULL
