-- one row per task about a client that was closed though nothing was done with that client from its creation
-- (an hour before the closing at least) to $task_contact_hours hours after the closing
-- only of people whose contacts are known, and from when on contacts are known: a gap of the sources accuses nobody
-- many tasks need no contact: they are listed where one person closed several at one moment, or closes more of them so,
-- twice as many at least and beyond chance (z of the difference above 4), than the others of the role
WITH touches AS (
  SELECT employee_id, client_id, journey_id, account_id, started_at
  FROM fct_activities
  WHERE kind IN ('call', 'email', 'message', 'meeting', 'demo') AND status = 'done' AND started_at IS NOT NULL
),
known AS (
  SELECT employee_id, min(started_at) AS from_at
  FROM touches
  GROUP BY employee_id
),
closed AS (
  SELECT
    t.activity_id,
    t.employee_id,
    t.client_id,
    t.journey_id,
    t.account_id,
    t.subject,
    t.created_at,
    t.completed_at,
    t.completed_day,
    t.url,
    least(t.created_at, t.completed_at - INTERVAL 1 HOUR) AS from_at,
    t.completed_at + INTERVAL ($task_contact_hours) HOUR AS to_at,
    count(*) OVER (PARTITION BY t.employee_id, date_trunc('minute', t.completed_at)) AS together
  FROM fct_activities AS t
  JOIN known AS k ON k.employee_id = t.employee_id AND k.from_at <= t.created_at
  WHERE t.kind = 'task' AND t.status = 'done' AND t.completed_at >= t.created_at
),
keyed AS (
  SELECT
    activity_id,
    from_at,
    to_at,
    unnest([client_id, journey_id, 'account:' || account_id]) AS key
  FROM closed
),
asked AS (
  SELECT * FROM keyed WHERE key IS NOT NULL
),
touched AS (
  SELECT client_id AS key, started_at FROM touches WHERE client_id IN (SELECT client_id FROM closed)
  UNION ALL
  SELECT journey_id, started_at FROM touches WHERE journey_id IN (SELECT journey_id FROM closed)
  UNION ALL
  SELECT 'account:' || account_id, started_at FROM touches WHERE account_id IN (SELECT account_id FROM closed)
),
-- of each client the last thing done before the window ends: in it, or there was none
judged AS (
  SELECT a.activity_id, NOT coalesce(bool_or(t.started_at >= a.from_at), false) AS is_without
  FROM asked AS a
  ASOF LEFT JOIN touched AS t ON t.key = a.key AND t.started_at <= a.to_at
  GROUP BY a.activity_id
),
own AS (
  SELECT c.employee_id, m.role, count(*) AS tasks, count(*) FILTER (WHERE j.is_without) AS without
  FROM closed AS c
  JOIN judged AS j ON j.activity_id = c.activity_id
  LEFT JOIN int_membership_now AS m ON m.employee_id = c.employee_id
  GROUP BY c.employee_id, m.role
),
beside AS (
  SELECT
    employee_id,
    tasks,
    without / tasks AS share,
    sum(tasks) OVER (PARTITION BY role) AS all_tasks,
    sum(without) OVER (PARTITION BY role) / sum(tasks) OVER (PARTITION BY role) AS all_share,
    (sum(without) OVER (PARTITION BY role) - without)
    / nullif(sum(tasks) OVER (PARTITION BY role) - tasks, 0) AS others_share
  FROM own
),
people AS (
  SELECT
    employee_id,
    share,
    others_share,
    coalesce(
      share >= 2 * others_share
      AND share - others_share
      > 4 * sqrt(all_share * (1 - all_share) * (1.0 / tasks + 1.0 / (all_tasks - tasks))),
      false
    ) AS is_apart
  FROM beside
)
SELECT
  c.activity_id AS entity_id,
  c.employee_id,
  c.subject AS title,
  concat(
    strftime(timezone($zone, timezone('UTC', c.created_at)), '%Y-%m-%d %H:%M'), ' → ',
    strftime(timezone($zone, timezone('UTC', c.completed_at)), '%Y-%m-%d %H:%M'),
    CASE WHEN c.together >= $bulk_tasks THEN concat(' (× ', c.together, ')') ELSE '' END,
    CASE WHEN p.is_apart THEN printf(' (%.0f %% : %.0f %%)', 100 * p.share, 100 * p.others_share) ELSE '' END
  ) AS detail,
  c.completed_day AS from_day,
  c.url
FROM closed AS c
JOIN judged AS j ON j.activity_id = c.activity_id AND j.is_without
JOIN people AS p ON p.employee_id = c.employee_id
WHERE c.together >= $bulk_tasks OR p.is_apart
