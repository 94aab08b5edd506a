-- view: one row per thing that happened to a journey
SELECT
  coalesce('lead:' || lead_id, 'deal:' || deal_id) AS journey_id,
  lead_id,
  deal_id,
  'activity' AS kind,
  kind || coalesce('_' || direction, '') AS activity,
  started_at AS happened_at,
  started_employee_id AS employee_id,
  'event' AS source,
  CAST(0 AS BIGINT) AS precision_seconds
FROM fct_activities
WHERE (lead_id IS NOT NULL OR deal_id IS NOT NULL) AND status = 'done'
UNION ALL
SELECT
  coalesce('lead:' || d.lead_id, 'lead:' || CASE WHEN e.entity = 'lead' THEN e.entity_id END, 'deal:' || e.entity_id),
  coalesce(d.lead_id, CASE WHEN e.entity = 'lead' THEN e.entity_id END),
  CASE WHEN e.entity = 'deal' THEN e.entity_id END,
  'stage',
  e.stage_id,
  e.entered_at,
  e.entered_employee_id,
  e.source,
  e.precision_seconds
FROM fct_stage_entries AS e
LEFT JOIN fct_deals AS d ON e.entity = 'deal' AND d.deal_id = e.entity_id
UNION ALL
SELECT
  coalesce('lead:' || d.lead_id, 'lead:' || CASE WHEN c.entity = 'lead' THEN c.entity_id END, 'deal:' || c.entity_id),
  coalesce(d.lead_id, CASE WHEN c.entity = 'lead' THEN c.entity_id END),
  CASE WHEN c.entity = 'deal' THEN c.entity_id END,
  'change',
  c.field,
  c.changed_at,
  c.changed_by,
  c.source,
  c.precision_seconds
FROM fct_changes AS c
LEFT JOIN fct_deals AS d ON c.entity = 'deal' AND d.deal_id = c.entity_id
WHERE c.field <> 'stage'
UNION ALL
SELECT
  coalesce('lead:' || d.lead_id, 'deal:' || p.deal_id),
  d.lead_id,
  p.deal_id,
  'payment',
  'payment',
  p.paid_at,
  p.paid_employee_id,
  'native',
  0
FROM fct_payments AS p
LEFT JOIN fct_deals AS d ON d.deal_id = p.deal_id
WHERE p.deal_id IS NOT NULL
