-- one row per hand-over of a known lead: what the lead's fields held then, later edits undone, and what the rule says
WITH later AS (
  SELECT h.handover_id, c.field, c.old
  FROM int_handovers AS h
  JOIN int_changes AS c ON c.entity = 'lead' AND c.entity_id = h.lead_id AND c.changed_at > h.handed_at
  WHERE c.field IN ('title', 'temperature', 'segment', 'channel', 'campaign', 'contact', 'account', 'phone', 'email')
  QUALIFY row_number() OVER (PARTITION BY h.handover_id, c.field ORDER BY c.changed_at, c._received_at, c._row) = 1
),
undone AS (
  SELECT
    handover_id,
    bool_or(field = 'title') AS has_title,
    max(old) FILTER (WHERE field = 'title') AS title,
    bool_or(field = 'temperature') AS has_temperature,
    max(old) FILTER (WHERE field = 'temperature') AS temperature,
    bool_or(field = 'segment') AS has_segment,
    max(old) FILTER (WHERE field = 'segment') AS segment,
    bool_or(field = 'channel') AS has_channel,
    max(old) FILTER (WHERE field = 'channel') AS channel,
    bool_or(field = 'campaign') AS has_campaign,
    max(old) FILTER (WHERE field = 'campaign') AS campaign,
    bool_or(field = 'contact') AS has_contact,
    max(old) FILTER (WHERE field = 'contact') AS contact,
    bool_or(field = 'account') AS has_account,
    max(old) FILTER (WHERE field = 'account') AS account,
    bool_or(field = 'phone') AS has_phone,
    max(old) FILTER (WHERE field = 'phone') AS phone,
    bool_or(field = 'email') AS has_email,
    max(old) FILTER (WHERE field = 'email') AS email
  FROM later
  GROUP BY handover_id
),
held AS (
  SELECT
    h.handover_id,
    l.pipeline,
    l.stage,
    l.channel_kind,
    l.position,
    l.account_segment,
    l.industry,
    l.region,
    l.size,
    CASE WHEN u.has_title THEN u.title ELSE l.title END AS title,
    CASE WHEN u.has_temperature THEN u.temperature ELSE l.temperature END AS temperature,
    CASE WHEN u.has_segment THEN u.segment ELSE l.segment END AS segment,
    CASE WHEN u.has_channel THEN u.channel ELSE l.channel END AS channel,
    CASE WHEN u.has_campaign THEN u.campaign ELSE l.campaign END AS campaign,
    CASE WHEN u.has_contact THEN u.contact ELSE l.contact END AS contact,
    CASE WHEN u.has_account THEN u.account ELSE l.account END AS account,
    CASE WHEN u.has_phone THEN u.phone ELSE l.phone END AS phone,
    CASE WHEN u.has_email THEN u.email ELSE l.email END AS email
  FROM int_handovers AS h
  JOIN int_lead_fields AS l ON l.lead_id = h.lead_id
  LEFT JOIN undone AS u ON u.handover_id = h.handover_id
)
SELECT f.handover_id, $profile_rule AS is_target, $required_filled AS filled FROM held AS f
