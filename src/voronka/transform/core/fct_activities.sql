-- one row per thing done or planned
SELECT
  c.activity_id,
  c.kind,
  c.direction,
  c.status,
  c.created_at,
  c.due_at,
  c.started_at,
  c.ended_at,
  c.completed_at,
  c.employee_id,
  m.team_id,
  c.lead_id,
  c.deal_id,
  c.contact_id,
  c.account_id,
  c.client_phone,
  c.channel_id,
  c.client_id,
  c.journey_id,
  c.answered,
  c.talk_seconds,
  c.wait_seconds,
  b.is_called_back,
  CASE
    WHEN c.kind = 'call' AND c.direction = 'out' AND c.status = 'done' AND c.started_at IS NOT NULL
      AND c.client_id IS NOT NULL
      THEN coalesce(f.is_first, false)
  END AS is_cold,
  f.attempts_until_reached,
  CASE
    WHEN lower(c.potential) IN ('new', 'новый') THEN 'new'
    WHEN lower(c.potential) IN ('existing', 'действующий') THEN 'existing'
    WHEN c.account_id IS NULL AND c.contact_id IS NULL THEN NULL
    WHEN aw.won_at < c.started_at OR cw.won_at < c.started_at THEN 'existing'
    ELSE 'new'
  END AS potential,
  c.recording_url,
  c.thread_id,
  c.in_reply_to,
  r.replied_at,
  r.is_reply,
  c.template,
  c.subject,
  c.is_mass,
  c.text,
  c.url
FROM int_activity_clients AS c
LEFT JOIN int_membership_now AS m ON m.employee_id = c.employee_id
LEFT JOIN int_first_won AS aw ON aw.entity = 'account' AND aw.client_id = c.account_id
LEFT JOIN int_first_won AS cw ON cw.entity = 'contact' AND cw.client_id = c.contact_id
LEFT JOIN int_replies AS r ON r.activity_id = c.activity_id
LEFT JOIN int_call_backs AS b ON b.activity_id = c.activity_id
LEFT JOIN int_first_contacts AS f ON f.activity_id = c.activity_id
