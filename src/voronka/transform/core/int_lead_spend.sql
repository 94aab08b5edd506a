-- one row per lead that money was spent on: its equal part of what its campaign spent in the month that it came in
WITH spent AS (
  SELECT channel_id, campaign_id, date_trunc('month', day) AS month, sum(cost_home) AS cost
  FROM fct_ad_spend
  WHERE cost_home IS NOT NULL AND day IS NOT NULL
  GROUP BY channel_id, campaign_id, date_trunc('month', day)
),
came AS (
  SELECT
    lead_id,
    channel_id,
    campaign_id,
    date_trunc('month', CAST(timezone($zone, timezone('UTC', created_at)) AS DATE)) AS month
  FROM src_leads
  WHERE deleted_at IS NULL AND created_at IS NOT NULL
),
of_campaign AS (
  SELECT campaign_id, month, count(*) AS leads
  FROM came
  WHERE campaign_id IS NOT NULL
  GROUP BY campaign_id, month
),
of_channel AS (
  SELECT channel_id, month, count(*) AS leads
  FROM came
  WHERE channel_id IS NOT NULL
  GROUP BY channel_id, month
),
-- what no campaign's lead answers for is shared by all leads of the channel in the month
rest AS (
  SELECT s.channel_id, s.month, sum(s.cost) AS cost
  FROM spent AS s
  LEFT JOIN of_campaign AS c ON c.campaign_id = s.campaign_id AND c.month = s.month
  WHERE c.campaign_id IS NULL
  GROUP BY s.channel_id, s.month
),
direct AS (
  SELECT campaign_id, month, sum(cost) AS cost
  FROM spent
  WHERE campaign_id IS NOT NULL
  GROUP BY campaign_id, month
)
SELECT
  l.lead_id,
  CAST(
    coalesce(CAST(d.cost AS DOUBLE) / c.leads, 0) + coalesce(CAST(r.cost AS DOUBLE) / n.leads, 0) AS DECIMAL(18,6)
  ) AS spend_home
FROM came AS l
LEFT JOIN direct AS d ON d.campaign_id = l.campaign_id AND d.month = l.month
LEFT JOIN of_campaign AS c ON c.campaign_id = l.campaign_id AND c.month = l.month
LEFT JOIN rest AS r ON r.channel_id = l.channel_id AND r.month = l.month
LEFT JOIN of_channel AS n ON n.channel_id = l.channel_id AND n.month = l.month
WHERE d.cost IS NOT NULL OR r.cost IS NOT NULL
