-- one row per call, e-mail or message of ours in a journey: when what is asked of it came next, and what came first
-- what stands at the very second of a touch came after it
WITH stages AS (
  SELECT
    e.entity,
    e.entity_id,
    e.entered_at,
    e.stage_id,
    s.outcome,
    e.position > lag(e.position) OVER (
      PARTITION BY e.entity, e.entity_id ORDER BY e.entered_at, e.position, e.stage_id
    ) AS is_forward
  FROM fct_stage_entries AS e
  LEFT JOIN dim_stage AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
),
things AS (
  SELECT
    journey_id,
    activity_id,
    CASE WHEN kind = 'task' THEN coalesce(completed_at, started_at) ELSE started_at END AS happened_at,
    CASE WHEN kind IN ('call', 'email', 'message') THEN kind || coalesce('_' || direction, '') ELSE kind END AS what,
    direction = 'out' AND kind IN ('call', 'email', 'message') AS is_touch
  FROM fct_activities
  WHERE journey_id IS NOT NULL AND status = 'done'
  UNION ALL
  SELECT journey_id, activity_id, created_at, kind, false
  FROM fct_activities
  WHERE journey_id IS NOT NULL AND kind IN ('meeting', 'demo')
  UNION ALL
  SELECT journey_id, deal_id, created_at, 'deal_created', false
  FROM int_deals
  WHERE deleted_at IS NULL
  UNION ALL
  SELECT journey_id, deal_id, closed_at, outcome, false
  FROM int_deals
  WHERE deleted_at IS NULL AND outcome IN ('won', 'lost')
  UNION ALL
  SELECT
    coalesce(d.journey_id, s.entity || ':' || s.entity_id),
    s.entity_id,
    s.entered_at,
    CASE WHEN s.outcome = 'lost' THEN 'lost' ELSE 'stage_forward' END,
    false
  FROM stages AS s
  LEFT JOIN int_deals AS d ON s.entity = 'deal' AND d.deal_id = s.entity_id
  WHERE (s.entity = 'lead' AND s.outcome = 'lost') OR (s.is_forward AND s.outcome = 'open')
    OR (s.is_forward AND s.entity = 'lead' AND s.outcome = 'won')
),
followed AS (
  SELECT
    activity_id,
    is_touch,
    min(CASE WHEN what IN ('call_in', 'email_in', 'message_in') THEN happened_at END) OVER later AS inbound_at,
    min(CASE WHEN what IN ('meeting', 'demo') THEN happened_at END) OVER later AS meeting_at,
    min(CASE WHEN what = 'deal_created' THEN happened_at END) OVER later AS opportunity_at,
    min(CASE WHEN what = 'won' THEN happened_at END) OVER later AS won_at,
    lag(happened_at) OVER backwards AS next_at,
    lag(what) OVER backwards AS next_event
  FROM things
  WHERE happened_at IS NOT NULL
  WINDOW
    backwards AS (PARTITION BY journey_id ORDER BY happened_at DESC, is_touch, activity_id DESC, what DESC),
    later AS (
      PARTITION BY journey_id
      ORDER BY happened_at DESC, is_touch, activity_id DESC, what DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT activity_id, inbound_at, meeting_at, opportunity_at, won_at, next_at, next_event
FROM followed
WHERE is_touch
