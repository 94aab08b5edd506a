-- one row per call, e-mail, task or meeting
WITH said AS (
  SELECT
    i,
    part(i, 1) AS bucket,
    happened(i, getvariable('activities'), 2) AS moment,
    drawn(i, 5, getvariable('employees')) AS employee_id,
    -- three in four belong to a lead of about that time, two in five to a deal of it
    greatest(i * getvariable('leads') // getvariable('activities') - drawn(i, 6, getvariable('leads') // 25 + 1), 0) AS lead,
    greatest(i * getvariable('deals') // getvariable('activities') - drawn(i, 7, getvariable('deals') // 25 + 1), 0) AS deal,
    part(i, 8) AS linked,
    part(i, 9) < 0.62 AS is_out,
    part(i, 10) < 0.58 AS is_taken,
    part(i, 11) AS share
  FROM range(getvariable('first'), getvariable('beyond')) AS r(i)
),
kinds AS (
  SELECT
    *,
    CASE WHEN bucket < 0.45 THEN 'call' WHEN bucket < 0.75 THEN 'email' WHEN bucket < 0.93 THEN 'task' ELSE 'meeting' END AS kind
  FROM said
)
SELECT
  i AS id,
  kind,
  CASE WHEN kind IN ('call', 'email') THEN CASE WHEN is_out THEN 'out' ELSE 'in' END END AS direction,
  CASE WHEN kind = 'meeting' THEN CASE WHEN share < 0.8 THEN 'done' WHEN share < 0.9 THEN 'no_show' ELSE 'cancelled' END END AS status,
  CASE WHEN kind IN ('task', 'meeting') THEN moment - to_seconds(drawn(i, 12, 5 * 86400)) ELSE moment END AS created_at,
  CASE WHEN kind = 'task' THEN moment + to_seconds(drawn(i, 13, 4 * 86400)) END AS due_at,
  CASE WHEN kind <> 'task' THEN moment END AS started_at,
  CASE WHEN kind = 'task' AND share < 0.85 THEN moment + to_seconds(drawn(i, 14, 6 * 86400)) END AS completed_at,
  employee_id,
  CASE WHEN linked < 0.75 THEN lead END AS lead_id,
  CASE WHEN linked BETWEEN 0.55 AND 0.95 THEN deal END AS deal_id,
  CASE WHEN kind = 'call' THEN '+7' || CAST(9000000000 + hash(lead * 6 // 10) % 1000000000 AS VARCHAR) END AS client_phone,
  CASE WHEN kind = 'call' THEN is_taken END AS answered,
  CASE WHEN kind = 'call' AND is_taken THEN 1 + CAST(floor(1500 * share * share * share) AS BIGINT) END AS talk_seconds,
  CASE WHEN kind = 'call' THEN drawn(i, 15, 45) END AS wait_seconds,
  CASE WHEN kind = 'email' THEN 'T' || i // 9 END AS thread_id,
  CASE WHEN kind = 'email' THEN 'Re: заявка ' || lead END AS subject
FROM kinds
