-- one row per kind of record, owner and day: how many records are there from that day on, and by what they are checked
WITH begun AS (
  SELECT entity, employee_id, from_day, count(*) AS records
  FROM int_quality_records
  GROUP BY entity, employee_id, from_day
  UNION ALL
  SELECT kind, employee_id, least(created_day, started_day), count(*)
  FROM fct_activities
  GROUP BY kind, employee_id, least(created_day, started_day)
  UNION ALL
  SELECT 'payment', employee_id, paid_day, count(*)
  FROM fct_payments
  GROUP BY employee_id, paid_day
  UNION ALL
  SELECT 'ad_spend', NULL, day, count(*)
  FROM src_ad_spend
  GROUP BY day
  UNION ALL
  SELECT 'plan', employee_id, starts_on, count(*)
  FROM src_plans
  GROUP BY employee_id, starts_on
),
-- checks of several kinds of records look at those in which they can find something
looked AS (
  SELECT
    e.entity,
    bool_or(c.class = 'empty') AS for_empty,
    bool_or(c.class = 'contradictory') AS for_contradictory,
    bool_or(c.class = 'stale') AS for_stale,
    bool_or(c.class = 'duplicate') AS for_duplicate
  FROM (SELECT DISTINCT entity FROM begun) AS e
  JOIN dim_check AS c
    ON c.is_made
    AND (
      c.entity = e.entity
      OR (c.check_name = 'stage_before_created' AND e.entity IN ('lead', 'deal'))
      OR (
        c.check_name = 'done_in_the_future'
        AND e.entity IN ('call', 'email', 'message', 'meeting', 'demo', 'task', 'proposal')
      )
    )
  GROUP BY e.entity
)
SELECT
  b.entity,
  b.employee_id,
  m.team_id,
  m.role,
  coalesce(b.from_day, s.day) AS from_day,
  DATE '9999-12-31' AS to_day,
  b.records,
  coalesce(l.for_empty, false) AS for_empty,
  coalesce(l.for_contradictory, false) AS for_contradictory,
  coalesce(l.for_stale, false) AS for_stale,
  coalesce(l.for_duplicate, false) AS for_duplicate
FROM begun AS b
CROSS JOIN int_quality_start AS s
LEFT JOIN looked AS l ON l.entity = b.entity
LEFT JOIN int_membership_now AS m ON m.employee_id = b.employee_id
