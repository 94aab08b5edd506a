-- hours of talk with new and with existing clients, a year
WITH grouped AS (
  SELECT potential, sum(talk_seconds) FILTER (WHERE answered) / 3600 AS talk_time
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2025-07' AND '2026-06'
  GROUP BY 1
)
SELECT potential, 0 AS total, talk_time FROM grouped
UNION ALL
SELECT NULL, 1, sum(talk_time) FROM grouped
