-- share of calls answered by direction, 90 days
WITH grouped AS (
  SELECT direction, count(*) AS calls, count(*) FILTER (WHERE answered) AS answered_calls
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2026-04' AND '2026-06' AND started_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30'
  GROUP BY 1
)
SELECT direction, 0 AS total, 100 * answered_calls / calls AS answer_rate FROM grouped
UNION ALL
SELECT NULL, 1, 100 * sum(answered_calls) / sum(calls) FROM grouped
