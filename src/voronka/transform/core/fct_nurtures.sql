-- one row per stay of a lead in nurture
SELECT
  n.lead_id,
  n.entered_at,
  n.left_at,
  n.is_returned,
  l.employee_id,
  l.team_id,
  l.account_id,
  l.contact_id,
  l.channel_id,
  l.campaign_id,
  l.segment,
  l.temperature,
  n.pipeline_id,
  n.stage_id
FROM int_nurture_stays AS n
JOIN fct_leads AS l ON l.lead_id = n.lead_id
WHERE l.deleted_at IS NULL
