-- one row per handing of a lead: as a source tells, else worked out of stages, of the leads' own times, of owners' roles
-- of stages the true moment may be ..._before seconds earlier (seen between two copies) or ..._after later (a day alone)
WITH told AS (
  SELECT lead_id, from_employee_id, to_employee_id, handed_at, accepted_at, rejected_at, reason, met_criteria, filled_share
  FROM src_handovers
),
-- no source tells: a lead was handed when it entered the stage that says so
entered AS (
  SELECT
    e.entity_id AS lead_id,
    e.entered_at,
    coalesce(s.milestone, '') AS milestone,
    s.outcome,
    CASE WHEN s.milestone = 'handed' THEN e.entered_at END AS handed_at,
    CASE WHEN e.source = 'snapshot' THEN e.precision_seconds ELSE 0 END AS before,
    CASE WHEN e.source = 'snapshot' THEN 0 ELSE e.precision_seconds END AS after
  FROM fct_stage_entries AS e
  JOIN cfg_stages AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
  WHERE e.entity = 'lead' AND (s.milestone IN ('handed', 'accepted') OR s.outcome = 'lost')
    AND NOT EXISTS (SELECT 1 FROM told)
),
turns AS (
  SELECT *, max(handed_at) OVER (
    PARTITION BY lead_id ORDER BY entered_at, handed_at NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS turn_at
  FROM entered
),
by_stages AS (
  SELECT
    lead_id,
    turn_at AS handed_at,
    min(entered_at) FILTER (WHERE milestone = 'accepted') AS accepted_at,
    min(entered_at) FILTER (WHERE outcome = 'lost') AS lost_at,
    max(before) FILTER (WHERE handed_at = turn_at) AS handed_before,
    max(after) FILTER (WHERE handed_at = turn_at) AS handed_after,
    arg_min(before, entered_at) FILTER (WHERE milestone = 'accepted') AS accepted_before,
    arg_min(after, entered_at) FILTER (WHERE milestone = 'accepted') AS accepted_after,
    arg_min(before, entered_at) FILTER (WHERE outcome = 'lost') AS lost_before,
    arg_min(after, entered_at) FILTER (WHERE outcome = 'lost') AS lost_after
  FROM turns
  WHERE turn_at IS NOT NULL
  GROUP BY lead_id, turn_at
),
by_leads AS (
  SELECT lead_id, handed_at, accepted_at, rejected_at, reject_reason
  FROM src_leads
  WHERE handed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM told) AND NOT EXISTS (SELECT 1 FROM by_stages)
),
moments AS (
  SELECT
    s.lead_id,
    s.handed_at,
    s.accepted_at,
    -- what was accepted and lost later was not rejected
    CASE WHEN s.accepted_at IS NULL OR s.lost_at < s.accepted_at THEN s.lost_at END AS rejected_at,
    CASE WHEN s.accepted_at IS NULL AND s.lost_at IS NOT NULL THEN l.reject_reason END AS reason,
    s.handed_before,
    s.handed_after,
    s.accepted_before,
    s.accepted_after,
    s.lost_before AS rejected_before,
    s.lost_after AS rejected_after
  FROM by_stages AS s
  LEFT JOIN src_leads AS l ON l.lead_id = s.lead_id
  UNION ALL
  SELECT lead_id, handed_at, accepted_at, rejected_at, reject_reason, 0, 0, 0, 0, 0, 0 FROM by_leads
),
deals AS (
  SELECT lead_id, min_by(employee_id, created_at) AS employee_id, min_by(handed_by_id, created_at) AS handed_by_id
  FROM src_deals
  WHERE lead_id IS NOT NULL
  GROUP BY lead_id
),
-- a CRM may change the owner a moment before the stage; of copies, from the one before on
taken AS (
  SELECT
    m.lead_id,
    m.handed_at,
    min_by(t.old_employee_id, t.changed_at) AS old_employee_id,
    min_by(t.new_employee_id, t.changed_at) AS new_employee_id
  FROM moments AS m
  JOIN int_owner_turns AS t
    ON t.entity = 'lead' AND t.entity_id = m.lead_id AND t.changed_at >= m.handed_at - INTERVAL 1 MINUTE - to_seconds(m.handed_before)
  GROUP BY m.lead_id, m.handed_at
),
by_moments AS (
  SELECT
    m.lead_id,
    CASE
      WHEN t.lead_id IS NOT NULL THEN t.old_employee_id
      WHEN d.handed_by_id IS NOT NULL THEN d.handed_by_id
      WHEN l.employee_id IS DISTINCT FROM d.employee_id THEN l.employee_id
    END AS from_employee_id,
    coalesce(t.new_employee_id, d.employee_id) AS to_employee_id,
    m.handed_at,
    m.accepted_at,
    m.rejected_at,
    m.reason,
    m.handed_before,
    m.handed_after,
    m.accepted_before,
    m.accepted_after,
    m.rejected_before,
    m.rejected_after
  FROM moments AS m
  LEFT JOIN src_leads AS l ON l.lead_id = m.lead_id
  LEFT JOIN taken AS t ON t.lead_id = m.lead_id AND t.handed_at = m.handed_at
  LEFT JOIN deals AS d ON d.lead_id = m.lead_id
),
-- no stage tells either: a lead was handed when its owner turned from one of a role to one of another
by_owners AS (
  SELECT t.entity_id AS lead_id, t.old_employee_id, t.new_employee_id, t.changed_at
  FROM int_owner_turns AS t
  JOIN int_membership AS o
    ON o.employee_id = t.old_employee_id
    AND CAST(timezone($zone, timezone('UTC', t.changed_at)) AS DATE) >= o.valid_from
    AND CAST(timezone($zone, timezone('UTC', t.changed_at)) AS DATE) < o.valid_to
  JOIN int_membership AS n
    ON n.employee_id = t.new_employee_id
    AND CAST(timezone($zone, timezone('UTC', t.changed_at)) AS DATE) >= n.valid_from
    AND CAST(timezone($zone, timezone('UTC', t.changed_at)) AS DATE) < n.valid_to
  WHERE t.entity = 'lead' AND o.role <> n.role
    AND NOT EXISTS (SELECT 1 FROM told) AND NOT EXISTS (SELECT 1 FROM moments)
),
found AS (
  SELECT lead_id, from_employee_id, to_employee_id, handed_at, accepted_at, rejected_at, reason,
    CAST(NULL AS BOOLEAN) AS met_criteria, CAST(NULL AS DOUBLE) AS filled_share, handed_before, handed_after,
    coalesce(accepted_before, 0) AS accepted_before, coalesce(accepted_after, 0) AS accepted_after,
    coalesce(rejected_before, 0) AS rejected_before, coalesce(rejected_after, 0) AS rejected_after
  FROM by_moments
  UNION ALL
  SELECT *, 0, 0, 0, 0, 0, 0 FROM told
  UNION ALL
  SELECT lead_id, old_employee_id, new_employee_id, changed_at, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, 0, 0, 0
  FROM by_owners
)
SELECT
  coalesce(lead_id, '') || '#' || row_number() OVER (
    PARTITION BY lead_id ORDER BY handed_at, from_employee_id, to_employee_id, accepted_at, rejected_at
  ) AS handover_id,
  *
FROM found
