-- one row per visit or ad contact
SELECT
  touch_id,
  touched_at,
  visitor_id,
  contact_id,
  lead_id,
  channel_id,
  campaign_id,
  is_direct,
  click_id
FROM src_touches
