-- one row per call, e-mail or message of ours, with what followed it in its journey within the window
-- where it belongs to no journey nothing is known of what followed
SELECT
  a.activity_id,
  a.kind,
  a.employee_id,
  a.team_id,
  a.lead_id,
  a.deal_id,
  a.contact_id,
  a.account_id,
  a.client_phone,
  a.channel_id,
  a.client_id,
  a.journey_id,
  a.started_at,
  a.template,
  a.subject,
  a.is_mass,
  a.journey_id IS NOT NULL AND (
    coalesce(a.answered, false)
    OR coalesce(a.replied_at < a.started_at + INTERVAL ($touch_days) DAY, false)
    OR coalesce(o.inbound_at < a.started_at + INTERVAL ($touch_days) DAY, false)
  ) AS is_answered,
  coalesce(o.meeting_at < a.started_at + INTERVAL ($touch_days) DAY, false) AS has_meeting,
  coalesce(o.opportunity_at < a.started_at + INTERVAL ($touch_days) DAY, false) AS has_opportunity,
  coalesce(o.won_at < a.started_at + INTERVAL ($touch_days) DAY, false) AS has_won,
  CASE
    WHEN a.journey_id IS NULL OR a.started_at IS NULL THEN NULL
    WHEN o.next_at < a.started_at + INTERVAL ($touch_days) DAY THEN o.next_event
    ELSE 'nothing'
  END AS next_event,
  a.url
FROM fct_activities AS a
LEFT JOIN int_touch_outcomes AS o ON o.activity_id = a.activity_id
WHERE a.kind IN ('call', 'email', 'message') AND a.direction = 'out' AND a.status = 'done'
