-- one row per closed deal of a source whose deals have activities: how often we turned to the client until it was closed
WITH ours AS (
  SELECT journey_id, started_at
  FROM fct_activities
  WHERE journey_id IS NOT NULL
    AND started_at IS NOT NULL
    AND status = 'done'
    AND kind IN ('call', 'email', 'message', 'meeting', 'demo', 'proposal')
    AND direction IS DISTINCT FROM 'in'
),
closed AS (
  SELECT d.deal_id, d.journey_id, d.closed_at, s._source
  FROM int_deals AS d
  JOIN src_deals AS s ON s.deal_id = d.deal_id
  WHERE d.closed_at IS NOT NULL
),
counted AS (
  SELECT c.deal_id, count(*) AS touches
  FROM closed AS c
  JOIN ours AS o ON o.journey_id = c.journey_id AND o.started_at <= c.closed_at
  GROUP BY c.deal_id
),
told AS (
  SELECT DISTINCT _source FROM closed WHERE journey_id IN (SELECT journey_id FROM ours)
)
SELECT c.deal_id, coalesce(n.touches, 0) AS touches_before_close
FROM closed AS c
JOIN told AS t ON t._source = c._source
LEFT JOIN counted AS n ON n.deal_id = c.deal_id
