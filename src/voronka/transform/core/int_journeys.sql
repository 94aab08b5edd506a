-- one row per journey: a lead with its deals, or a deal of no lead; numbered from 1 in the order in which they began
WITH begun AS (
  SELECT journey_id, lead_id, created_at
  FROM fct_leads
  UNION ALL
  SELECT d.journey_id, min(d.lead_id), min(d.created_at)
  FROM int_deals AS d
  WHERE NOT EXISTS (SELECT 1 FROM fct_leads AS l WHERE l.journey_id = d.journey_id)
  GROUP BY d.journey_id
)
SELECT row_number() OVER (ORDER BY created_at NULLS LAST, journey_id) AS number, journey_id, lead_id, created_at
FROM begun
