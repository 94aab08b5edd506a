-- one row per day and channel
SELECT
  getvariable('start') + CAST(d AS INTEGER) AS day,
  c AS channel_id,
  CAST(500 + drawn(d * 100 + c, 1, 2000000) / 100.0 AS DECIMAL(18,2)) AS cost,
  drawn(d * 100 + c, 2, 3000) AS impressions,
  drawn(d * 100 + c, 3, 90) AS clicks
FROM range(getvariable('days')) AS a(d), range(1, getvariable('channels') + 1) AS b(c)
ORDER BY 1, 2
