-- one row per lead and deal with a stage entered on a day before the one it was created on
WITH created AS (
  SELECT 'deal' AS entity, deal_id AS entity_id, created_day FROM fct_deals
  UNION ALL
  SELECT 'lead', lead_id, created_day FROM fct_leads
)
SELECT
  c.entity,
  c.entity_id,
  min(CAST(c.created_day AS TEXT) || ' > ' || CAST(e.entered_day AS TEXT)) AS detail
FROM fct_stage_entries AS e
JOIN created AS c ON c.entity = e.entity AND c.entity_id = e.entity_id
WHERE e.entered_day < c.created_day
GROUP BY c.entity, c.entity_id
