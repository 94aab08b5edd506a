-- one row per lead
WITH won AS (
  SELECT lead_id, min(closed_at) AS won_at
  FROM int_deals
  WHERE lead_id IS NOT NULL AND outcome = 'won' AND deleted_at IS NULL
  GROUP BY lead_id
),
handed AS (
  SELECT
    lead_id,
    min(handed_at) AS handed_at,
    min(accepted_at) AS accepted_at,
    min(rejected_at) AS rejected_at,
    min_by(reason, rejected_at) FILTER (WHERE rejected_at IS NOT NULL) AS reason
  FROM src_handovers
  GROUP BY lead_id
),
staged AS (
  SELECT l.*, k.pipeline_id, k.stage_id, k.position AS stage_position, k.outcome AS stage_outcome
  FROM src_leads AS l
  LEFT JOIN int_stage_keys AS k
    ON k._source = l._source
    AND k.entity = 'lead'
    AND k.pipeline IS NOT DISTINCT FROM l.pipeline
    AND k.stage IS NOT DISTINCT FROM l.stage
)
SELECT
  l.lead_id,
  'lead:' || l.lead_id AS journey_id,
  l.title,
  l.created_at,
  l.updated_at,
  l.deleted_at,
  l.employee_id,
  m.team_id,
  l.contact_id,
  l.account_id,
  l.channel_id,
  l.campaign_id,
  l.pipeline_id,
  l.stage_id,
  coalesce(
    CASE WHEN lower(trim(l.outcome)) IN ('won', 'lost', 'open') THEN lower(trim(l.outcome)) END,
    l.stage_outcome
  ) AS outcome,
  l.temperature,
  l.segment,
  l.is_target,
  coalesce(l.qualified_at, qualified.reached_at) AS qualified_at,
  coalesce(l.handed_at, h.handed_at) AS handed_at,
  coalesce(l.accepted_at, h.accepted_at) AS accepted_at,
  coalesce(l.rejected_at, h.rejected_at) AS rejected_at,
  coalesce(l.reject_reason, h.reason) AS reject_reason,
  coalesce(l.first_response_at, r.first_response_at) AS first_response_at,
  coalesce(
    l.first_response_seconds,
    (epoch_us(coalesce(l.first_response_at, r.first_response_at)) - epoch_us(l.created_at)) // 1000000
  ) AS first_response_seconds,
  w.won_at,
  w.lead_id IS NOT NULL AS is_won,
  CASE
    WHEN coalesce(l.qualified_at, qualified.reached_at) IS NOT NULL THEN true
    WHEN l.stage_outcome <> 'lost' AND l.stage_position >= milestone.position THEN true
    WHEN l.stage_outcome = 'open' AND l.stage_position < milestone.position THEN false
  END AS reached_qualified
FROM staged AS l
LEFT JOIN int_membership_now AS m ON m.employee_id = l.employee_id
LEFT JOIN handed AS h ON h.lead_id = l.lead_id
LEFT JOIN won AS w ON w.lead_id = l.lead_id
LEFT JOIN int_first_response AS r ON r.lead_id = l.lead_id
LEFT JOIN int_milestones AS qualified
  ON qualified.entity = 'lead' AND qualified.entity_id = l.lead_id AND qualified.milestone = 'qualified'
LEFT JOIN int_milestone_positions AS milestone
  ON milestone.pipeline_id = l.pipeline_id AND milestone.milestone = 'qualified'
