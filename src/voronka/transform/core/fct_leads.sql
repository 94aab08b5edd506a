-- one row per lead
WITH deals AS (
  SELECT
    lead_id,
    min(closed_at) FILTER (WHERE outcome = 'won') AS won_at,
    bool_or(outcome = 'won') AS is_won,
    bool_or(outcome = 'open') AS has_open
  FROM int_deals
  WHERE lead_id IS NOT NULL AND deleted_at IS NULL
  GROUP BY lead_id
),
handed AS (
  SELECT
    lead_id,
    min(handed_at) AS handed_at,
    min(accepted_at) AS accepted_at,
    min(rejected_at) AS rejected_at,
    min_by(reason, rejected_at) FILTER (WHERE rejected_at IS NOT NULL) AS reason
  FROM int_handovers
  GROUP BY lead_id
),
staged AS (
  SELECT
    l.* REPLACE (
      CASE
        WHEN lower(trim(l.temperature)) IN ('hot', 'горячий', 'горячая', 'горячее') THEN 'hot'
        WHEN lower(trim(l.temperature)) IN ('warm', 'тёплый', 'тёплая', 'тёплое', 'теплый', 'теплая', 'теплое') THEN 'warm'
        WHEN lower(trim(l.temperature)) IN ('cold', 'холодный', 'холодная', 'холодное') THEN 'cold'
        ELSE l.temperature
      END AS temperature
    ),
    k.pipeline_id, k.stage_id, k.position AS stage_position, k.outcome AS stage_outcome
  FROM src_leads AS l
  LEFT JOIN int_stage_keys AS k
    ON k._source = l._source
    AND k.entity = 'lead'
    AND k.pipeline IS NOT DISTINCT FROM l.pipeline
    AND k.stage IS NOT DISTINCT FROM l.stage
),
-- what nobody tells of any lead is not known to be missing
told AS (
  SELECT
    EXISTS (SELECT 1 FROM deals) AS has_deals,
    EXISTS (SELECT 1 FROM int_first_response WHERE is_answered)
      OR EXISTS (SELECT 1 FROM int_lead_contacts) AS has_contacts,
    EXISTS (SELECT 1 FROM fct_ad_spend WHERE cost_home IS NOT NULL) AS has_spend
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
  c.contact_id,
  l.account_id,
  l.channel_id,
  l.campaign_id,
  l.pipeline_id,
  l.stage_id,
  coalesce(
    CASE WHEN lower(trim(l.outcome)) IN ('won', 'lost', 'open') THEN lower(trim(l.outcome)) END,
    l.stage_outcome
  ) AS outcome,
  coalesce(l.temperature, j.temperature) AS temperature,
  j.temperature AS temperature_by_rule,
  CASE WHEN l.temperature IN ('hot', 'warm', 'cold') THEN l.temperature <> j.temperature END AS is_label_wrong,
  l.segment,
  coalesce(l.is_target, j.is_target) AS is_target,
  coalesce(l.qualified_at, qualified.reached_at) AS qualified_at,
  coalesce(l.handed_at, h.handed_at) AS handed_at,
  coalesce(l.accepted_at, h.accepted_at) AS accepted_at,
  coalesce(l.rejected_at, h.rejected_at) AS rejected_at,
  coalesce(l.reject_reason, h.reason) AS reject_reason,
  r.first_response_at,
  r.first_response_seconds,
  r.first_response_working_seconds,
  r.created_working_clock,
  CASE WHEN r.is_answered THEN true WHEN told.has_contacts THEN false END AS is_answered,
  r.response_due_at,
  CASE WHEN r.is_answered THEN r.is_in_time END AS is_answered_in_time,
  d.won_at,
  CASE WHEN told.has_deals THEN coalesce(d.is_won, false) END AS is_won,
  CASE WHEN told.has_deals THEN d.lead_id IS NOT NULL END AS has_deal,
  CASE WHEN told.has_spend THEN coalesce(s.spend_home, 0) END AS spend_home,
  CASE
    WHEN d.is_won THEN false
    WHEN d.lead_id IS NOT NULL THEN d.has_open
    ELSE coalesce(
      CASE WHEN lower(trim(l.outcome)) IN ('won', 'lost', 'open') THEN lower(trim(l.outcome)) END,
      l.stage_outcome
    ) <> 'lost'
  END AS is_undecided,
  CASE
    WHEN l.qualified_at IS NOT NULL OR qualified.entity_id IS NOT NULL THEN true
    WHEN l.stage_outcome <> 'lost' AND l.stage_position >= milestone.position THEN true
    WHEN l.stage_outcome = 'open' AND l.stage_position < milestone.position THEN false
  END AS reached_qualified
FROM staged AS l
LEFT JOIN int_membership_now AS m ON m.employee_id = l.employee_id
LEFT JOIN int_lead_clients AS c ON c.lead_id = l.lead_id
LEFT JOIN int_lead_spend AS s ON s.lead_id = l.lead_id
LEFT JOIN handed AS h ON h.lead_id = l.lead_id
LEFT JOIN deals AS d ON d.lead_id = l.lead_id
CROSS JOIN told
LEFT JOIN int_first_response AS r ON r.lead_id = l.lead_id
LEFT JOIN int_lead_judgements AS j ON j.lead_id = l.lead_id
LEFT JOIN int_milestones AS qualified
  ON qualified.entity = 'lead' AND qualified.entity_id = l.lead_id AND qualified.milestone = 'qualified'
LEFT JOIN int_milestone_positions AS milestone
  ON milestone.pipeline_id = l.pipeline_id AND milestone.milestone = 'qualified'
