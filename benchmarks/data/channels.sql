-- one row per channel
SELECT i AS id, 'Канал ' || i AS name, CASE WHEN i <= 12 THEN 'paid' ELSE 'free' END AS kind
FROM range(1, getvariable('channels') + 1) AS r(i)
