-- one row per split record, axis and person credited
WITH axes AS (
  SELECT 'deal' AS entity, deal_id AS entity_id, 'created' AS axis, created_at AS moment, created_day AS day FROM fct_deals
  UNION ALL
  SELECT 'deal', deal_id, 'closed', closed_at, closed_day FROM fct_deals
  UNION ALL
  SELECT 'lead', lead_id, 'created', created_at, created_day FROM fct_leads
  UNION ALL
  SELECT 'lead', lead_id, 'qualified', qualified_at, qualified_day FROM fct_leads
  UNION ALL
  SELECT 'lead', lead_id, 'won', won_at, won_day FROM fct_leads
),
shared AS (
  SELECT DISTINCT entity, entity_id FROM int_owner_shares WHERE share < 0.999999
),
whole AS (
  SELECT a.entity, a.entity_id, a.axis, a.day, o.employee_id, sum(o.share) AS share
  FROM axes AS a
  JOIN shared AS s ON s.entity = a.entity AND s.entity_id = a.entity_id
  JOIN int_owner_shares AS o
    ON o.entity = a.entity
    AND o.entity_id = a.entity_id
    AND coalesce(a.moment, TIMESTAMP '9999-12-30') >= o.valid_from
    AND coalesce(a.moment, TIMESTAMP '9999-12-30') < o.valid_to
  GROUP BY ALL
)
SELECT w.entity, w.entity_id, w.axis, w.employee_id, m.team_id, m.role, w.share
FROM whole AS w
LEFT JOIN int_membership AS m
  ON m.employee_id = w.employee_id
  AND coalesce(w.day, DATE '9999-12-30') >= m.valid_from
  AND coalesce(w.day, DATE '9999-12-30') < m.valid_to
