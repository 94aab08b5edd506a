-- one row per deal with a task or an appointment and span of days on which one was planned, or none was: at the end of a
-- day from the day it was put down until the one it was done or called off
WITH of_deals AS (
  SELECT deal_id, from_day, to_day
  FROM int_planned
  WHERE deal_id IS NOT NULL AND from_day < to_day
),
reached AS (
  SELECT
    *,
    max(to_day) OVER (
      PARTITION BY deal_id ORDER BY from_day, to_day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached_day
  FROM of_deals
),
numbered AS (
  SELECT
    *,
    sum(CASE WHEN from_day <= reached_day THEN 0 ELSE 1 END) OVER (
      PARTITION BY deal_id ORDER BY from_day, to_day ROWS UNBOUNDED PRECEDING
    ) AS stretch
  FROM reached
),
stretches AS (
  SELECT deal_id, stretch, min(from_day) AS from_day, max(to_day) AS to_day
  FROM numbered
  GROUP BY deal_id, stretch
),
-- before each stretch, and after the last one, nothing is planned
sides AS (
  SELECT
    deal_id,
    from_day,
    to_day,
    coalesce(lag(to_day) OVER (PARTITION BY deal_id ORDER BY stretch), DATE '1900-01-01') AS before_day,
    lead(from_day) OVER (PARTITION BY deal_id ORDER BY stretch) IS NULL AS is_last
  FROM stretches
)
SELECT deal_id, from_day, to_day, true AS has_next_step
FROM sides
UNION ALL
SELECT deal_id, before_day, from_day, false
FROM sides
WHERE before_day < from_day
UNION ALL
SELECT deal_id, to_day, DATE '9999-12-31', false
FROM sides
WHERE is_last AND to_day < DATE '9999-12-31'
