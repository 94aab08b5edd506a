-- one row per thing planned and deal that it is planned for: since when and until when, by the moment and by the day
-- what is planned is there from when it was put down until it was done or called off; one that is overdue is still there,
-- and so is from ever one that nobody says the beginning of. What a lead has planned is planned for its deals; without
-- one the deal is NULL
WITH planned AS (
  SELECT
    deal_id,
    lead_id,
    CASE
      WHEN created_at IS NOT NULL THEN created_at
      WHEN status = 'planned' THEN TIMESTAMP '1900-01-01'
      ELSE least(started_at, due_at, completed_at)
    END AS from_at,
    CASE
      WHEN status = 'planned' THEN TIMESTAMP '9999-12-31'
      ELSE coalesce(completed_at, started_at)
    END AS to_at,
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
)
SELECT coalesce(p.deal_id, d.deal_id) AS deal_id, p.from_at, p.to_at, p.from_day, p.to_day
FROM planned AS p
LEFT JOIN fct_deals AS d ON p.deal_id IS NULL AND d.lead_id = p.lead_id
