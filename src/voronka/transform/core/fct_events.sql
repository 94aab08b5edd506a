-- one row per thing that happened to a journey, the table sorted by journey and position
-- of one moment: the lead is made, goes through its stages, the deal is made, goes through its open stages by their
-- places; then the owner, what people did, other fields; then the stages that end it, the closing, the payments; last by id
-- deleted leads and deals have no events of their own; what was done with them and paid stays, as everywhere
-- what belongs to a lead or a deal that nobody loaded is of no journey
WITH activities AS (
  SELECT
    journey_id,
    activity_id,
    deal_id,
    CASE
      WHEN kind IN ('call', 'email', 'message') THEN kind || coalesce('_' || direction, '')
      WHEN kind IN ('meeting', 'demo', 'task', 'proposal') THEN kind
      ELSE 'activity' || coalesce(':' || kind, '')
    END AS step,
    CASE WHEN kind = 'task' THEN coalesce(completed_at, started_at) ELSE started_at END AS happened_at,
    CASE WHEN kind = 'task' THEN coalesce(completed_day, started_day) ELSE started_day END AS day,
    started_employee_id AS employee_id
  FROM fct_activities
  WHERE journey_id IS NOT NULL AND status = 'done'
),
owners AS (
  SELECT
    entity,
    entity_id,
    employee_id,
    valid_from,
    lag(employee_id) OVER (PARTITION BY entity, entity_id ORDER BY valid_from) AS before_id
  FROM int_owner_history
),
happened AS (
  SELECT
    j.number,
    50 AS rank,
    0 AS place,
    a.step,
    'activity' AS entity,
    a.activity_id AS entity_id,
    a.deal_id,
    CAST(NULL AS TEXT) AS pipeline_id,
    a.happened_at,
    a.day,
    a.employee_id,
    'event' AS source,
    CAST(0 AS BIGINT) AS precision_seconds,
    CAST(NULL AS DECIMAL(18,2)) AS amount_home
  FROM activities AS a
  JOIN int_journeys AS j ON j.journey_id = a.journey_id
  UNION ALL
  SELECT
    r.number,
    CASE
      WHEN r.entity = 'lead' THEN CASE WHEN s.outcome = 'lost' THEN 70 ELSE 10 END
      ELSE CASE WHEN s.outcome = 'open' THEN 30 ELSE 70 END
    END,
    s.step_number,
    s.step,
    e.entity,
    e.entity_id,
    CASE WHEN e.entity = 'deal' THEN e.entity_id END,
    e.pipeline_id,
    e.entered_at,
    e.entered_day,
    e.entered_employee_id,
    e.source,
    e.precision_seconds,
    -- at the rate of its deal
    CASE
      WHEN d.amount_home = d.amount THEN e.amount
      WHEN d.amount <> 0 THEN CAST(e.amount * (CAST(d.amount_home AS DOUBLE) / d.amount) AS DECIMAL(18,2))
    END
  FROM fct_stage_entries AS e
  JOIN int_journey_records AS r ON r.entity = e.entity AND r.entity_id = e.entity_id
  JOIN dim_step AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
  LEFT JOIN fct_deals AS d ON e.entity = 'deal' AND d.deal_id = e.entity_id
  UNION ALL
  SELECT
    r.number, 0, 0, 'lead_created', 'lead', l.lead_id, NULL, l.pipeline_id, l.created_at, l.created_day,
    l.created_employee_id, 'native', 0, NULL
  FROM fct_leads AS l
  JOIN int_journey_records AS r ON r.entity = 'lead' AND r.entity_id = l.lead_id
  UNION ALL
  SELECT
    r.number, 20, 0, 'deal_created', 'deal', d.deal_id, d.deal_id, d.pipeline_id, d.created_at, d.created_day,
    d.created_employee_id, 'native', 0, NULL
  FROM fct_deals AS d
  JOIN int_journey_records AS r ON r.entity = 'deal' AND r.entity_id = d.deal_id
  UNION ALL
  SELECT
    r.number, 80, 0, 'deal_' || d.outcome, 'deal', d.deal_id, d.deal_id, d.pipeline_id, d.closed_at, d.closed_day,
    d.closed_employee_id, 'native', 0, d.amount_home
  FROM fct_deals AS d
  JOIN int_journey_records AS r ON r.entity = 'deal' AND r.entity_id = d.deal_id
  WHERE d.outcome IN ('won', 'lost')
  UNION ALL
  -- who had it from the beginning did not take it over
  SELECT
    r.number,
    40,
    0,
    'owner',
    o.entity,
    o.entity_id,
    CASE WHEN o.entity = 'deal' THEN o.entity_id END,
    NULL,
    o.valid_from,
    CAST(timezone($zone, timezone('UTC', o.valid_from)) AS DATE),
    o.employee_id,
    coalesce(t.source, 'native'),
    0,
    NULL
  FROM owners AS o
  JOIN int_journey_records AS r ON r.entity = o.entity AND r.entity_id = o.entity_id
  LEFT JOIN int_owner_turns AS t
    ON t.entity = o.entity AND t.entity_id = o.entity_id AND t.changed_at = o.valid_from
  WHERE o.valid_from > TIMESTAMP '1900-01-01' AND o.employee_id IS DISTINCT FROM o.before_id
    AND (o.before_id IS NOT NULL OR r.created_at IS NULL OR o.valid_from > r.created_at)
  UNION ALL
  SELECT
    r.number,
    60,
    0,
    'change:' || c.field,
    c.entity,
    c.entity_id,
    CASE WHEN c.entity = 'deal' THEN c.entity_id END,
    NULL,
    c.changed_at,
    CAST(timezone($zone, timezone('UTC', c.changed_at)) AS DATE),
    c.changed_by,
    c.source,
    c.precision_seconds,
    NULL
  FROM fct_changes AS c
  JOIN int_journey_records AS r ON r.entity = c.entity AND r.entity_id = c.entity_id
  WHERE c.field NOT IN ('stage', 'employee', 'owner', 'ответственный')
  UNION ALL
  SELECT
    j.number, 90, 0, CASE WHEN p.amount < 0 THEN 'refund' ELSE 'payment' END, 'payment', p.payment_id, p.deal_id, NULL,
    p.paid_at, p.paid_day, p.paid_employee_id, 'native', 0, p.amount_home
  FROM fct_payments AS p
  JOIN int_deals AS d ON d.deal_id = p.deal_id
  JOIN int_journeys AS j ON j.journey_id = d.journey_id
),
calendar AS (
  SELECT max(day) AS last_day, max(worked_before_seconds + working_seconds) AS worked_seconds FROM dim_calendar
)
SELECT
  h.number,
  row_number() OVER (
    PARTITION BY h.number ORDER BY h.happened_at, h.rank, h.place, h.entity_id, s.step_number
  ) AS position,
  s.step_number,
  h.step,
  s.kind,
  h.entity,
  h.entity_id,
  h.deal_id,
  coalesce(s.pipeline_id, h.pipeline_id) AS pipeline_id,
  s.stage_id,
  h.happened_at,
  -- before the calendar begins and after it ends the clock stands
  coalesce(
    c.worked_before_seconds
    + coalesce(greatest(epoch_us(least(h.happened_at, c.closes_at)) - epoch_us(c.opens_at), 0), 0) // 1000000,
    CASE WHEN h.day > k.last_day THEN k.worked_seconds ELSE 0 END
  ) AS happened_working_clock,
  h.employee_id,
  h.source,
  h.precision_seconds,
  h.amount_home
FROM happened AS h
JOIN dim_step AS s ON s.step = h.step
LEFT JOIN dim_calendar AS c ON c.day = h.day
CROSS JOIN calendar AS k
WHERE h.happened_at IS NOT NULL
