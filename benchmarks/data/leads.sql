-- one row per lead
SELECT
  i AS id,
  'Заявка ' || i AS title,
  happened(i, getvariable('leads'), 1) AS created_at,
  drawn(i, 3, getvariable('employees')) AS employee_id,
  CASE WHEN part(i, 4) < 0.97 THEN 1 + drawn(i, 5, getvariable('channels')) END AS channel_id,
  i * 3 // 10 AS account_id,
  i * 6 // 10 AS contact_id,
  ['hot', 'warm', 'cold', NULL][1 + drawn(i, 6, 4)] AS temperature,
  CASE WHEN part(i, 7) < 0.9 THEN part(i, 7) < 0.6 END AS is_target,
  '+7' || CAST(9000000000 + hash(i * 6 // 10) % 1000000000 AS VARCHAR) AS phone
FROM range(getvariable('leads')) AS r(i)
