-- one row per deal closed on a day before the one its lead came on
SELECT
  d.deal_id AS entity_id,
  CAST(l.created_day AS TEXT) || ' > ' || CAST(d.closed_day AS TEXT) AS detail,
  d.closed_day AS from_day
FROM fct_deals AS d
JOIN fct_leads AS l ON l.lead_id = d.lead_id
WHERE d.closed_day < l.created_day
