-- one row per missed call of a known client: whether we called them, or their number, back in time
-- what is not yet known, since no call is told of that is later than the deadline, is NULL
WITH calls AS (
  SELECT activity_id, client_id, number, started_at, is_attempt AS is_ours
  FROM int_contacts
  WHERE client_id IS NOT NULL AND (is_attempt OR is_missed)
),
keyed AS (
  SELECT activity_id, client_id AS client, started_at, is_ours FROM calls
  UNION ALL
  SELECT activity_id, number, started_at, is_ours FROM calls WHERE number IS NOT NULL AND number <> client_id
),
-- a call back that a source rounds to the very minute of the missed one is one too
followed AS (
  SELECT
    activity_id,
    is_ours,
    started_at,
    min(CASE WHEN is_ours THEN started_at END) OVER (
      PARTITION BY client ORDER BY started_at DESC RANGE UNBOUNDED PRECEDING
    ) AS ours_at
  FROM keyed
  WHERE client IN (SELECT client FROM keyed WHERE NOT is_ours)
),
missed AS (
  SELECT activity_id, started_at AS missed_at, min(ours_at) AS called_at
  FROM followed
  WHERE NOT is_ours
  GROUP BY activity_id, started_at
),
told AS (
  SELECT max(started_at) AS told_at FROM int_contacts WHERE is_call
),
timed AS (
  SELECT
    m.activity_id,
    m.missed_at,
    m.called_at,
    t.told_at,
    CAST(timezone($zone, timezone('UTC', m.missed_at)) AS DATE) AS missed_day,
    CAST(timezone($zone, timezone('UTC', m.called_at)) AS DATE) AS called_day,
    CAST(timezone($zone, timezone('UTC', t.told_at)) AS DATE) AS told_day
  FROM missed AS m
  CROSS JOIN told AS t
),
-- the working time of all days before, and of the day itself until the moment
clocked AS (
  SELECT
    t.activity_id,
    b.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(t.missed_at, b.closes_at)) - epoch_us(b.opens_at), 0), 0) AS missed_clock,
    e.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(t.called_at, e.closes_at)) - epoch_us(e.opens_at), 0), 0) AS called_clock,
    o.worked_before_seconds * 1000000
      + coalesce(greatest(epoch_us(least(t.told_at, o.closes_at)) - epoch_us(o.opens_at), 0), 0) AS told_clock
  FROM timed AS t
  LEFT JOIN dim_calendar AS b ON b.day = t.missed_day
  LEFT JOIN dim_calendar AS e ON e.day = t.called_day
  LEFT JOIN dim_calendar AS o ON o.day = t.told_day
)
SELECT
  activity_id,
  CASE
    WHEN called_clock - missed_clock <= CAST($call_back_minutes AS BIGINT) * 60000000 THEN true
    WHEN told_clock - missed_clock > CAST($call_back_minutes AS BIGINT) * 60000000 THEN false
  END AS is_called_back
FROM clocked
