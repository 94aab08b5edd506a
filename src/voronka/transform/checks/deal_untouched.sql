-- one row per open deal, from the day on which nothing was changed or done for too long
-- what is done with its lead is done about it
WITH done AS (
  SELECT deal_id, lead_id, max(started_day) AS day
  FROM fct_activities
  WHERE (deal_id IS NOT NULL OR lead_id IS NOT NULL) AND status IS DISTINCT FROM 'planned'
  GROUP BY deal_id, lead_id
),
acted AS (
  SELECT deal_id, max(day) AS day
  FROM (
    SELECT deal_id, day FROM done WHERE deal_id IS NOT NULL
    UNION ALL
    SELECT d.deal_id, o.day
    FROM done AS o
    JOIN fct_deals AS d ON d.lead_id = o.lead_id
    WHERE o.deal_id IS NULL
  )
  GROUP BY deal_id
),
moved AS (
  SELECT entity_id, max(entered_day) AS day
  FROM fct_stage_entries
  WHERE entity = 'deal'
  GROUP BY entity_id
),
last_days AS (
  SELECT
    d.deal_id,
    greatest(
      d.created_day, CAST(timezone($zone, timezone('UTC', d.updated_at)) AS DATE), a.day, m.day
    ) AS last_day
  FROM fct_deals AS d
  LEFT JOIN acted AS a ON a.deal_id = d.deal_id
  LEFT JOIN moved AS m ON m.entity_id = d.deal_id
  WHERE d.outcome = 'open'
)
SELECT deal_id AS entity_id, CAST(last_day AS TEXT) AS detail, last_day + CAST($stale_days AS INTEGER) AS from_day
FROM last_days
WHERE last_day IS NOT NULL
