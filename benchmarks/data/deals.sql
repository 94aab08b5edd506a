-- one row per deal, made of two leads in five
WITH begun AS (
  SELECT
    i,
    i * 5 // 2 AS lead_id,
    least(
      happened(i * 5 // 2, getvariable('leads'), 1) + to_seconds(600 + drawn(i, 11, 20 * 86400)),
      last_moment() - INTERVAL 1 SECOND
    ) AS created_at
  FROM range(getvariable('deals')) AS r(i)
),
ended AS (
  SELECT *, created_at + to_seconds(86400 * (5 + drawn(i, 12, 115)) + drawn(i, 13, 30000)) AS ends_at FROM begun
)
SELECT
  i AS id,
  lead_id,
  'Сделка ' || i AS title,
  created_at,
  CASE WHEN ends_at < last_moment() THEN ends_at END AS closed_at,
  CASE WHEN ends_at < last_moment() THEN CASE WHEN part(i, 14) < 0.3 THEN 'Won' ELSE 'Lost' END
    ELSE ['New', 'Contact', 'Offer', 'Contract'][1 + drawn(i, 15, 4)] END AS stage,
  CASE WHEN part(i, 16) < 0.2 THEN drawn(i, 17, getvariable('employees'))
    ELSE drawn(lead_id, 3, getvariable('employees')) END AS employee_id,
  lead_id * 3 // 10 AS account_id,
  lead_id * 6 // 10 AS contact_id,
  CASE WHEN part(i, 18) < 0.95 THEN CAST(1000 + drawn(i, 19, 50000000) / 100.0 AS DECIMAL(18,2)) END AS amount,
  CAST(drawn(i, 20, 100000) / 100.0 AS DECIMAL(18,2)) AS discount,
  ['new', 'repeat', 'upsell'][1 + drawn(i, 21, 3)] AS kind
FROM ended
