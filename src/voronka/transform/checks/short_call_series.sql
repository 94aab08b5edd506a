-- one row per run of very short outgoing calls of one person on one day, by its first call
-- any other outgoing call between them, one of unknown length too, ends a run: only what is surely short counts
WITH calls AS (
  SELECT
    activity_id,
    employee_id,
    started_at,
    started_day,
    client_phone,
    url,
    CASE WHEN answered AND talk_seconds IS NOT NULL THEN talk_seconds ELSE date_diff('second', started_at, ended_at) END
      AS seconds
  FROM fct_activities
  WHERE kind = 'call'
    AND direction = 'out'
    AND status = 'done'
    AND employee_id IS NOT NULL
    AND started_at IS NOT NULL
),
-- days on which the rest is worth the work
days AS (
  SELECT employee_id, started_day
  FROM calls
  WHERE seconds BETWEEN 0 AND $short_call_seconds - 1
  GROUP BY employee_id, started_day
  HAVING count(*) >= $short_call_series
),
marked AS (
  SELECT
    c.*,
    coalesce(c.seconds BETWEEN 0 AND $short_call_seconds - 1, false) AS is_short,
    count(*) FILTER (WHERE NOT coalesce(c.seconds BETWEEN 0 AND $short_call_seconds - 1, false)) OVER (
      PARTITION BY c.employee_id, c.started_day ORDER BY c.started_at, c.activity_id
    ) AS others_before
  FROM calls AS c
  JOIN days AS d ON d.employee_id = c.employee_id AND d.started_day = c.started_day
),
-- the calls of a run from which on so many follow within the minutes
begun AS (
  SELECT
    *,
    coalesce(
      lead(started_at, $short_call_series - 1) OVER run <= started_at + INTERVAL ($short_call_minutes) MINUTE, false
    ) AS is_begun
  FROM marked
  WHERE is_short
  WINDOW run AS (PARTITION BY employee_id, started_day, others_before ORDER BY started_at, activity_id)
),
dense AS (
  SELECT
    *,
    bool_or(is_begun) OVER (
      PARTITION BY employee_id, started_day, others_before
      ORDER BY started_at, activity_id
      ROWS BETWEEN $short_call_series - 1 PRECEDING AND CURRENT ROW
    ) AS is_dense
  FROM begun
),
gaps AS (
  SELECT
    *,
    coalesce(lag(started_at) OVER run < started_at - INTERVAL ($short_call_minutes) MINUTE, false) AS is_apart
  FROM dense
  WHERE is_dense
  WINDOW run AS (PARTITION BY employee_id, started_day, others_before ORDER BY started_at, activity_id)
),
runs AS (
  SELECT
    *,
    count(*) FILTER (WHERE is_apart) OVER (
      PARTITION BY employee_id, started_day, others_before ORDER BY started_at, activity_id
    ) AS run
  FROM gaps
)
SELECT
  arg_min(activity_id, (started_at, activity_id)) AS entity_id,
  employee_id,
  arg_min(client_phone, (started_at, activity_id)) AS title,
  concat(
    count(*), ' × ', min(seconds), '–', max(seconds), ' s, ',
    strftime(timezone($zone, timezone('UTC', min(started_at))), '%H:%M'), '–',
    strftime(timezone($zone, timezone('UTC', max(started_at))), '%H:%M')
  ) AS detail,
  started_day AS from_day,
  arg_min(url, (started_at, activity_id)) AS url
FROM runs
GROUP BY employee_id, started_day, others_before, run
