-- one row per campaign
WITH members AS (
  SELECT member_id AS campaign_id, coalesce(min(name) FILTER (WHERE own), min(name), member_id) AS name
  FROM int_members_campaign
  GROUP BY member_id
),
given AS (
  SELECT
    campaign_id,
    arg_max(channel_id, (_received_at, _row)) FILTER (WHERE channel_id IS NOT NULL) AS channel_id,
    arg_max(utm_source, (_received_at, _row)) FILTER (WHERE utm_source IS NOT NULL) AS utm_source,
    arg_max(utm_medium, (_received_at, _row)) FILTER (WHERE utm_medium IS NOT NULL) AS utm_medium,
    arg_max(utm_campaign, (_received_at, _row)) FILTER (WHERE utm_campaign IS NOT NULL) AS utm_campaign,
    arg_max(utm_content, (_received_at, _row)) FILTER (WHERE utm_content IS NOT NULL) AS utm_content,
    arg_max(utm_term, (_received_at, _row)) FILTER (WHERE utm_term IS NOT NULL) AS utm_term
  FROM src_campaigns
  GROUP BY campaign_id
)
SELECT
  m.campaign_id,
  g.channel_id,
  m.name,
  g.utm_source,
  g.utm_medium,
  g.utm_campaign,
  g.utm_content,
  g.utm_term
FROM members AS m
LEFT JOIN given AS g ON g.campaign_id = m.campaign_id
