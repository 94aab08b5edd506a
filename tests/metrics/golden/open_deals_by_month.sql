-- one row per month, team, and one of totals
-- $p1 = datetime.date(2026, 3, 31)
WITH deal_states_spans AS (
  SELECT
    f.team_id AS by_1,
    f.from_day AS begins,
    f.to_day AS ends,
    1 AS rows_0,
    1 AS known_0,
    coalesce(f.share, 1) AS value_0
  FROM fct_deal_states AS f
  WHERE f.from_day <= $p1
),
deal_states_moves AS (
  SELECT
    by_1,
    CASE side.sign WHEN 1 THEN begins ELSE ends END AS day,
    sum(side.sign) AS held,
    sum(side.sign * rows_0) AS rows_0,
    sum(side.sign * known_0) AS known_0,
    sum(side.sign * value_0) AS value_0
  FROM deal_states_spans
  CROSS JOIN (VALUES (1), (-1)) AS side(sign)
  GROUP BY by_1, CASE side.sign WHEN 1 THEN begins ELSE ends END
),
deal_states_run AS (
  SELECT
    by_1,
    slot,
    bucket,
    sum(held) OVER upto AS held,
    sum(rows_0) OVER upto AS rows_0,
    sum(known_0) OVER upto AS known_0,
    sum(value_0) OVER upto AS value_0
  FROM (
    SELECT
      by_1,
      day,
      NULL AS slot,
      NULL AS bucket,
      held,
      rows_0,
      known_0,
      value_0
    FROM deal_states_moves
    UNION ALL
    SELECT
      by_1,
      spine.day,
      spine.slot,
      spine.bucket,
      0 AS held,
      0 AS rows_0,
      0 AS known_0,
      0 AS value_0
    FROM (SELECT DISTINCT by_1 FROM deal_states_moves) AS groups
    CROSS JOIN (VALUES (0, DATE '2026-03-01', DATE '2026-03-31')) AS spine(slot, bucket, day)
  ) AS steps
  WINDOW upto AS (PARTITION BY by_1 ORDER BY day)
),
deal_states AS (
  SELECT
    bucket AS "month",
    by_1 AS "team_id",
    0 AS total,
    slot,
    round(value_0, 9) AS "deals_open"
  FROM deal_states_run
  WHERE slot IS NOT NULL
    AND held > 0
  UNION ALL
  SELECT
    NULL AS "month",
    NULL AS "team_id",
    1 AS total,
    slot,
    round(value_0, 9) AS "deals_open"
  FROM (
    SELECT
      ends.slot,
      sum(rows_0) AS rows_0,
      sum(known_0) AS known_0,
      sum(value_0) AS value_0
    FROM deal_states_moves AS moves
    JOIN (VALUES (0, $p1)) AS ends(slot, day) ON moves.day <= ends.day
    GROUP BY ends.slot
  ) AS sums
),
united AS (
  SELECT
    "month",
    "team_id",
    total,
    slot,
    "deals_open",
    1 AS "in_deal_states"
  FROM deal_states
  UNION ALL
  SELECT
    NULL AS "month",
    NULL AS "team_id",
    1 AS total,
    0 AS slot,
    NULL AS "deals_open",
    NULL AS "in_deal_states"
),
answered AS (
  SELECT
    "month",
    "team_id",
    total,
    CASE WHEN count("in_deal_states") > 0 THEN max("deals_open") ELSE 0 END AS "deals_open"
  FROM united
  GROUP BY "month", "team_id", total
)
SELECT
  a."month",
  a."team_id",
  coalesce(team.name, a."team_id") AS "team",
  a.total,
  a."deals_open" AS "deals_open"
FROM answered AS a
LEFT JOIN (SELECT team_id AS id, min(name) AS name FROM dim_team GROUP BY team_id) AS team ON team.id = a."team_id"
