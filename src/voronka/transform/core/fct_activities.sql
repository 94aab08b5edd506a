-- one row per thing done or planned
WITH leads AS (
  SELECT lead_id, account_id, contact_id, channel_id FROM src_leads
),
deals AS (
  SELECT deal_id, lead_id, account_id, contact_id, channel_id FROM int_deals
),
clients AS (
  SELECT
    a.* EXCLUDE (lead_id, account_id, contact_id, channel_id, potential),
    coalesce(a.lead_id, d.lead_id) AS lead_id,
    coalesce(a.account_id, d.account_id, l.account_id) AS account_id,
    coalesce(a.contact_id, d.contact_id, l.contact_id) AS contact_id,
    coalesce(a.channel_id, d.channel_id, l.channel_id) AS channel_id,
    CASE
      WHEN lower(a.potential) IN ('new', 'новый') THEN 'new'
      WHEN lower(a.potential) IN ('existing', 'действующий') THEN 'existing'
    END AS given_potential
  FROM int_activities AS a
  LEFT JOIN deals AS d ON d.deal_id = a.deal_id
  LEFT JOIN leads AS l ON l.lead_id = coalesce(a.lead_id, d.lead_id)
)
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
  c.answered,
  c.talk_seconds,
  c.wait_seconds,
  CASE
    WHEN c.given_potential IS NOT NULL THEN c.given_potential
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
FROM clients AS c
LEFT JOIN int_membership_now AS m ON m.employee_id = c.employee_id
LEFT JOIN int_first_won AS aw ON aw.entity = 'account' AND aw.client_id = c.account_id
LEFT JOIN int_first_won AS cw ON cw.entity = 'contact' AND cw.client_id = c.contact_id
LEFT JOIN int_replies AS r ON r.activity_id = c.activity_id
