-- one row per deal with a task or an appointment and span of days on which one was planned, or none was
-- what is planned is there at the end of a day from the day it was put down until the one it was done or called off;
-- one that is overdue is still there, and so is from ever one that nobody says the beginning of.
-- What a lead has planned is planned for its deals
WITH planned AS (
  SELECT
    deal_id,
    lead_id,
    CASE
      WHEN created_day IS NOT NULL THEN created_day
      WHEN status = 'planned' THEN DATE '1900-01-01'
      ELSE least(started_day, due_day, completed_day)
    END AS from_day,
    CASE
      WHEN status = 'planned' THEN DATE '9999-12-31'
      ELSE coalesce(completed_day, started_day)
    END AS to_day
  FROM fct_activities
  WHERE (kind IN ('task', 'meeting', 'demo') OR status = 'planned') AND (deal_id IS NOT NULL OR lead_id IS NOT NULL)
),
of_deals AS (
  SELECT deal_id, from_day, to_day
  FROM planned
  WHERE deal_id IS NOT NULL AND from_day < to_day
  UNION ALL
  SELECT d.deal_id, p.from_day, p.to_day
  FROM planned AS p
  JOIN fct_deals AS d ON d.lead_id = p.lead_id
  WHERE p.deal_id IS NULL AND p.from_day < p.to_day
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
