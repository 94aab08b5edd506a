-- one row per deal and span of time in which nothing was planned about it: since when, and when something was put down
WITH of_deals AS (
  SELECT deal_id, from_at, to_at
  FROM int_planned
  WHERE deal_id IS NOT NULL AND from_at < to_at
),
-- the moment by which all that was planned before is done: a gap is where it lies before the next thing
reached AS (
  SELECT
    deal_id,
    from_at,
    max(to_at) OVER (
      PARTITION BY deal_id ORDER BY from_at, to_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS free_at
  FROM of_deals
),
free AS (
  SELECT deal_id, coalesce(free_at, TIMESTAMP '1900-01-01') AS free_at, from_at AS planned_at
  FROM reached
  WHERE free_at IS NULL OR free_at < from_at
  UNION ALL
  SELECT deal_id, max(to_at), CAST(NULL AS TIMESTAMP)
  FROM of_deals
  GROUP BY deal_id
),
gaps AS (
  SELECT
    d.deal_id,
    d.pipeline_id,
    d.created_at,
    d.closed_at,
    d.outcome,
    greatest(d.created_at, f.free_at) AS started_at,
    f.planned_at
  FROM fct_deals AS d
  LEFT JOIN free AS f ON f.deal_id = d.deal_id
  WHERE d.created_at IS NOT NULL AND d.deleted_at IS NULL
)
SELECT
  deal_id,
  pipeline_id,
  started_at,
  -- what is planned for a deal that is closed already is no step of it
  CASE WHEN closed_at IS NULL OR planned_at <= closed_at THEN planned_at END AS planned_at
FROM gaps
WHERE (planned_at IS NULL OR planned_at > started_at)
  AND started_at < TIMESTAMP '9999-12-31'
  AND (outcome = 'open' OR started_at < closed_at)
  AND EXISTS (SELECT 1 FROM int_planned)
