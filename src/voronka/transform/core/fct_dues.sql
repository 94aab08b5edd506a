-- one row per regulation and record that it binds, each time that it begins
-- deleted records are bound by nothing; nor is, by a limit of stages or of next steps, one that was closed before its due
WITH leads AS (
  SELECT
    d.* REPLACE (
      CASE WHEN l.is_answered THEN d.stopped_at END AS stopped_at,
      CASE WHEN l.is_answered THEN d.taken END AS taken,
      CASE WHEN l.is_answered THEN d.is_in_time END AS is_in_time,
      l.created_employee_id AS employee_id
    ),
    l.is_answered
  FROM int_early_dues AS d
  JOIN fct_leads AS l ON l.lead_id = d.record_id
  WHERE d.entity = 'lead' AND l.is_answered IS NOT NULL
),
of_leads AS (
  SELECT regulation_id, entity, record_id, pipeline_id, clock, allowed, employee_id, started_at, due_at, stopped_at,
    started_clock, taken, is_in_time, is_answered AS is_stopped
  FROM leads
  UNION ALL
  SELECT regulation_id, entity, record_id, pipeline_id, clock, allowed, employee_id, started_at, due_at, stopped_at,
    started_clock, taken, is_in_time, stopped_at IS NOT NULL
  FROM int_late_dues
  WHERE entity = 'lead' AND (stopped_at IS NOT NULL OR closed_at IS NULL OR closed_at > due_at)
),
bound AS (
  SELECT
    d.* EXCLUDE (employee_id),
    l.lead_id,
    CAST(NULL AS TEXT) AS deal_id,
    l.title,
    l.employee_id,
    l.team_id,
    d.employee_id AS bound_employee_id,
    l.account_id,
    l.contact_id,
    CAST(NULL AS TEXT) AS client_phone,
    l.channel_id,
    l.campaign_id,
    l.segment,
    l.temperature,
    l.is_target,
    l.outcome IS NOT DISTINCT FROM 'open' AS is_open,
    CAST(NULL AS TEXT) AS url
  FROM of_leads AS d
  JOIN fct_leads AS l ON l.lead_id = d.record_id
  WHERE l.deleted_at IS NULL
  UNION ALL
  SELECT
    d.regulation_id, 'lead', h.lead_id, d.pipeline_id, d.clock, d.allowed, d.started_at, d.due_at, d.stopped_at,
    d.started_clock, d.taken, d.is_in_time, d.stopped_at IS NOT NULL,
    h.lead_id,
    NULL,
    l.title,
    coalesce(h.to_employee_id, l.employee_id),
    m.team_id,
    d.employee_id,
    h.account_id,
    h.contact_id,
    NULL,
    h.channel_id,
    h.campaign_id,
    h.segment,
    h.temperature,
    h.is_target,
    l.outcome IS NOT DISTINCT FROM 'open',
    NULL
  FROM int_early_dues AS d
  JOIN fct_handovers AS h ON h.handover_id = d.record_id AND h.is_accepted IS NOT NULL
  LEFT JOIN fct_leads AS l ON l.lead_id = h.lead_id
  LEFT JOIN int_membership_now AS m ON m.employee_id = coalesce(h.to_employee_id, l.employee_id)
  WHERE d.entity = 'handover' AND l.deleted_at IS NULL
  UNION ALL
  SELECT
    d.regulation_id, d.entity, d.record_id, d.pipeline_id, d.clock, d.allowed, d.started_at, d.due_at, d.stopped_at,
    d.started_clock, d.taken, d.is_in_time, d.stopped_at IS NOT NULL,
    a.lead_id,
    a.deal_id,
    NULL,
    a.employee_id,
    a.team_id,
    a.employee_id,
    a.account_id,
    a.contact_id,
    a.client_phone,
    a.channel_id,
    NULL,
    NULL,
    NULL,
    NULL,
    true,
    a.url
  FROM int_early_dues AS d
  JOIN fct_activities AS a ON a.kind = 'call' AND a.activity_id = d.record_id
  WHERE d.entity = 'call'
  UNION ALL
  SELECT
    d.regulation_id, d.entity, d.record_id, d.pipeline_id, d.clock, d.allowed, d.started_at, d.due_at, d.stopped_at,
    d.started_clock, d.taken, d.is_in_time, d.stopped_at IS NOT NULL,
    f.lead_id,
    f.deal_id,
    f.title,
    f.employee_id,
    f.team_id,
    d.employee_id,
    f.account_id,
    f.contact_id,
    NULL,
    f.channel_id,
    f.campaign_id,
    NULL,
    NULL,
    NULL,
    f.outcome IS NOT DISTINCT FROM 'open',
    f.url
  FROM int_late_dues AS d
  JOIN fct_deals AS f ON f.deal_id = d.record_id
  WHERE d.entity = 'deal' AND (d.stopped_at IS NOT NULL OR d.closed_at IS NULL OR d.closed_at > d.due_at)
)
SELECT
  * EXCLUDE (record_id, allowed, started_clock, taken),
  record_id AS entity_id,
  allowed / 60000000.0 AS minutes_allowed,
  started_clock // 1000000 AS started_clock,
  taken // 1000000 AS taken_seconds
FROM bound
-- of what began at no known time, or was done at one, nothing is known unless what it took is told
-- where both times are known, though not exactly enough to say whether it was in time, that is said
WHERE is_in_time IS NOT NULL
  OR (started_clock IS NOT NULL AND NOT is_stopped)
  OR (stopped_at IS NOT NULL AND due_at IS NOT NULL)
