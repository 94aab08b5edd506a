-- one row per lead: when it was first answered, and where its times stand on the clock of working time
WITH timed AS (
  SELECT
    l.lead_id,
    l.created_at,
    l.first_response_seconds AS said_seconds,
    coalesce(l.first_response_at, c.contacted_at) AS first_response_at,
    CAST(timezone($zone, timezone('UTC', l.created_at)) AS DATE) AS created_day,
    CAST(timezone($zone, timezone('UTC', coalesce(l.first_response_at, c.contacted_at))) AS DATE) AS responded_day
  FROM src_leads AS l
  LEFT JOIN int_lead_contacts AS c ON c.lead_id = l.lead_id
),
-- the working time of all days before, and of the day itself until the moment
clocked AS (
  SELECT
    t.*,
    b.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(t.created_at, b.closes_at)) - epoch_us(b.opens_at), 0), 0) AS created_clock,
    e.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(t.first_response_at, e.closes_at)) - epoch_us(e.opens_at), 0), 0)
      AS responded_clock
  FROM timed AS t
  LEFT JOIN dim_calendar AS b ON b.day = t.created_day
  LEFT JOIN dim_calendar AS e ON e.day = t.responded_day
)
SELECT
  c.lead_id,
  c.first_response_at,
  coalesce(said_seconds, (epoch_us(first_response_at) - epoch_us(created_at)) // 1000000) AS first_response_seconds,
  CASE
    WHEN responded_clock <= created_clock THEN 0
    ELSE (responded_clock - created_clock) // 1000000
  END AS first_response_working_seconds,
  created_clock // 1000000 AS created_working_clock,
  d.due_at AS response_due_at,
  -- where only a delay is told, it is held against the regulation as it stands
  d.is_in_time,
  -- a date outside the calendar is an empty one that the source writes as a year long past
  responded_clock IS NOT NULL OR (first_response_at IS NULL AND said_seconds IS NOT NULL) AS is_answered
FROM clocked AS c
LEFT JOIN int_early_dues AS d
  ON d.regulation_id = 'first_response' AND d.record_id = c.lead_id
