-- one row per deal that was ever quiet and span of days: nothing had been done about it for so many as make it stall, or something had
-- a deal is something done on the day it was created; what is done with its lead is done about it
WITH done AS (
  SELECT deal_id, lead_id, CASE WHEN kind = 'task' THEN coalesce(completed_day, started_day) ELSE started_day END AS day
  FROM fct_activities
  WHERE status = 'done' AND (deal_id IS NOT NULL OR lead_id IS NOT NULL)
),
days AS (
  SELECT deal_id, day
  FROM done
  WHERE deal_id IS NOT NULL AND day IS NOT NULL
  UNION
  SELECT d.deal_id, o.day
  FROM done AS o
  JOIN fct_deals AS d ON d.lead_id = o.lead_id
  WHERE o.deal_id IS NULL AND o.day IS NOT NULL
  UNION
  SELECT d.deal_id, coalesce(d.created_day, CAST(timezone($zone, timezone('UTC', s._received_at)) AS DATE))
  FROM fct_deals AS d
  JOIN src_deals AS s ON s.deal_id = d.deal_id
),
quiet AS (
  SELECT
    deal_id,
    CAST(day + INTERVAL ($stalled_days) DAY AS DATE) AS from_day,
    coalesce(lead(day) OVER (PARTITION BY deal_id ORDER BY day), DATE '9999-12-31') AS to_day
  FROM days
),
spans AS (
  SELECT
    deal_id,
    from_day,
    to_day,
    coalesce(lag(to_day) OVER (PARTITION BY deal_id ORDER BY from_day), DATE '1900-01-01') AS before_day
  FROM quiet
  WHERE from_day < to_day
)
SELECT deal_id, from_day, to_day, true AS is_quiet
FROM spans
UNION ALL
SELECT deal_id, before_day, from_day, false
FROM spans
UNION ALL
SELECT deal_id, max(to_day), DATE '9999-12-31', false
FROM spans
GROUP BY deal_id
HAVING max(to_day) < DATE '9999-12-31'
