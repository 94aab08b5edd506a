-- one row per record and regulation that other tables tell the due of: first responses, acceptances, calls back
WITH lead_pipelines AS (
  SELECT DISTINCT _source, pipeline, pipeline_id FROM int_stage_keys WHERE entity = 'lead'
),
leads AS (
  SELECT l.lead_id, l.employee_id, l.created_at, l.first_response_at, l.first_response_seconds, p.pipeline_id
  FROM src_leads AS l
  LEFT JOIN lead_pipelines AS p ON p._source = l._source AND p.pipeline IS NOT DISTINCT FROM l.pipeline
)
SELECT
  r.regulation_id,
  'lead' AS entity,
  l.lead_id AS record_id,
  l.pipeline_id,
  r.clock,
  r.allowed,
  CASE WHEN h.entity_id IS NULL THEN l.employee_id ELSE h.employee_id END AS employee_id,
  l.created_at AS started_at,
  coalesce(l.first_response_at, c.contacted_at) AS stopped_at,
  CAST(0 AS BIGINT) AS started_before,
  CAST(0 AS BIGINT) AS started_after,
  CAST(0 AS BIGINT) AS stopped_before,
  CAST(0 AS BIGINT) AS stopped_after,
  l.first_response_seconds AS said_seconds,
  CAST(NULL AS TIMESTAMP) AS closed_at
FROM leads AS l
JOIN int_regulations AS r
  ON r.entity = 'lead'
  AND r.start = 'created'
  AND r.stop = 'first_outgoing'
  AND r.pipeline_id IS NOT DISTINCT FROM l.pipeline_id
LEFT JOIN int_lead_contacts AS c ON c.lead_id = l.lead_id
-- whose shifts count: only where any do
LEFT JOIN int_owner_history AS h
  ON r.clock = 'shift'
  AND h.entity = 'lead'
  AND h.entity_id = l.lead_id
  AND coalesce(l.created_at, TIMESTAMP '9999-12-30') >= h.valid_from
  AND coalesce(l.created_at, TIMESTAMP '9999-12-30') < h.valid_to
UNION ALL
-- a lead that was rejected has its answer too
SELECT
  r.regulation_id,
  'handover',
  h.handover_id,
  l.pipeline_id,
  r.clock,
  r.allowed,
  coalesce(h.to_employee_id, l.employee_id),
  h.handed_at,
  least(h.accepted_at, h.rejected_at),
  h.handed_before,
  h.handed_after,
  CASE WHEN h.rejected_at < h.accepted_at OR h.accepted_at IS NULL THEN h.rejected_before ELSE h.accepted_before END,
  CASE WHEN h.rejected_at < h.accepted_at OR h.accepted_at IS NULL THEN h.rejected_after ELSE h.accepted_after END,
  CAST(NULL AS BIGINT),
  CAST(NULL AS TIMESTAMP)
FROM int_handovers AS h
LEFT JOIN leads AS l ON l.lead_id = h.lead_id
JOIN int_regulations AS r
  ON r.entity = 'lead'
  AND r.start = 'handed'
  AND r.stop = 'accepted'
  AND r.pipeline_id IS NOT DISTINCT FROM l.pipeline_id
UNION ALL
SELECT
  r.regulation_id,
  'call',
  m.activity_id,
  CAST(NULL AS TEXT),
  r.clock,
  r.allowed,
  CAST(NULL AS TEXT),
  m.missed_at,
  m.called_at,
  0,
  0,
  0,
  0,
  CAST(NULL AS BIGINT),
  CAST(NULL AS TIMESTAMP)
FROM int_missed_calls AS m
JOIN int_regulations AS r ON r.entity = 'call' AND r.pipeline_id IS NULL
