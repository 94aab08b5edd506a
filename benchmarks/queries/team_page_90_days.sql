-- forty metrics of 24 people, 90 days: sums by employee of each fact and axis, added up
WITH parts AS (
  SELECT
    started_employee_id AS employee_id,
    count(*) AS calls,
    count(*) FILTER (WHERE direction = 'out') AS outgoing_calls,
    count(*) FILTER (WHERE direction = 'in') AS incoming_calls,
    count(*) FILTER (WHERE answered) AS answered_calls,
    count(*) FILTER (WHERE direction = 'out' AND answered) AS reached_calls,
    count(*) FILTER (WHERE direction = 'in' AND answered) AS taken_calls,
    count(*) FILTER (WHERE direction = 'in' AND NOT answered) AS missed_calls,
    sum(wait_seconds) FILTER (WHERE answered AND (direction = 'in' OR direction IS NULL)) AS waited,
    count(wait_seconds) FILTER (WHERE answered AND (direction = 'in' OR direction IS NULL)) AS waits,
    sum(talk_seconds) FILTER (WHERE answered) AS talk_seconds,
    count(*) FILTER (WHERE answered AND talk_seconds < 60) AS calls_under_1m,
    count(*) FILTER (WHERE answered AND talk_seconds BETWEEN 60 AND 180) AS calls_1_3m,
    count(*) FILTER (WHERE answered AND talk_seconds > 180) AS calls_over_3m,
    count(*) FILTER (WHERE potential = 'new') AS new_client_calls,
    count(*) FILTER (WHERE potential = 'existing') AS existing_client_calls
  FROM fct_activities
  WHERE kind = 'call' AND month BETWEEN '2026-04' AND '2026-06' AND started_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30'
    AND started_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
  UNION ALL BY NAME
  SELECT
    started_employee_id AS employee_id,
    count(*) FILTER (WHERE kind = 'email' AND direction = 'out') AS emails_sent,
    count(*) FILTER (WHERE kind = 'email' AND direction = 'out' AND replied_at >= started_at) AS emails_replied,
    count(*) FILTER (WHERE kind = 'email' AND is_reply) AS replies,
    count(*) FILTER (WHERE kind = 'meeting' AND status = 'done') AS meetings,
    count(*) FILTER (WHERE kind = 'meeting' AND (status IN ('done', 'no_show') OR (status = 'planned' AND started_day < DATE '2026-07-01'))) AS due
  FROM fct_activities
  WHERE kind IN ('email', 'meeting') AND month BETWEEN '2026-04' AND '2026-06'
    AND started_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND started_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
  UNION ALL BY NAME
  SELECT created_employee_id AS employee_id, count(*) AS meetings_booked
  FROM fct_activities
  WHERE kind = 'meeting' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND created_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
  UNION ALL BY NAME
  SELECT completed_employee_id AS employee_id, count(*) AS tasks_done
  FROM fct_activities
  WHERE kind = 'task' AND status = 'done' AND completed_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND completed_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
  UNION ALL BY NAME
  SELECT due_employee_id AS employee_id, count(*) AS tasks_overdue
  FROM fct_activities
  WHERE kind = 'task' AND due_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND due_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
    AND ((status = 'done' AND completed_day > due_day) OR (status = 'planned' AND completed_day IS NULL AND due_day < DATE '2026-07-01'))
  GROUP BY 1
  UNION ALL BY NAME
  SELECT
    created_employee_id AS employee_id,
    count(*) AS leads,
    count(*) FILTER (WHERE is_target) AS target_leads,
    count(*) FILTER (WHERE is_target IS NOT NULL) AS judged,
    count(*) FILTER (WHERE is_won) AS leads_won
  FROM fct_leads
  WHERE month BETWEEN '2026-04' AND '2026-06' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
    AND created_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
  UNION ALL BY NAME
  SELECT created_employee_id AS employee_id, count(*) AS deals_created
  FROM fct_deals
  WHERE month BETWEEN '2026-04' AND '2026-06' AND created_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL
    AND created_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY 1
),
closed AS (
  SELECT
    closed_employee_id AS employee_id,
    GROUPING(closed_employee_id) AS total,
    count(*) FILTER (WHERE outcome = 'won') AS deals_won,
    count(*) FILTER (WHERE outcome = 'lost') AS deals_lost,
    sum(amount_home) FILTER (WHERE outcome = 'won') AS revenue,
    avg(CAST(amount_home AS DOUBLE)) FILTER (WHERE outcome = 'won') AS average_deal,
    avg((epoch_us(closed_at) - epoch_us(created_at)) / 86400000000) FILTER (WHERE outcome = 'won') AS cycle_days,
    sum(nullif(amount_home, 0)) FILTER (WHERE outcome = 'lost') AS lost_amount,
    median((epoch_us(closed_at) - epoch_us(created_at)) / 86400000000) FILTER (WHERE outcome = 'lost') AS days_to_lost
  FROM fct_deals
  WHERE closed_day BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' AND deleted_at IS NULL AND outcome IN ('won', 'lost')
    AND closed_employee_id IN ('crm:1', 'crm:2', 'crm:3', 'crm:4', 'crm:5', 'crm:6', 'crm:7', 'crm:8', 'crm:9', 'crm:10', 'crm:11', 'crm:12', 'crm:13', 'crm:14', 'crm:15', 'crm:16', 'crm:17', 'crm:18', 'crm:19', 'crm:20', 'crm:21', 'crm:22', 'crm:23', 'crm:24')
  GROUP BY GROUPING SETS ((closed_employee_id), ())
),
summed AS (
  SELECT employee_id, GROUPING(employee_id) AS total, sum(COLUMNS(* EXCLUDE (employee_id)))
  FROM parts
  GROUP BY GROUPING SETS ((employee_id), ())
)
SELECT
  s.employee_id, e.name AS employee, s.total, coalesce(calls, 0) AS calls, coalesce(outgoing_calls, 0) AS outgoing_calls,
  coalesce(incoming_calls, 0) AS incoming_calls, coalesce(answered_calls, 0) AS answered_calls,
  100.0 * answered_calls / nullif(calls, 0) AS answer_rate, coalesce(reached_calls, 0) AS reached_calls,
  100.0 * reached_calls / nullif(outgoing_calls, 0) AS reach_rate, coalesce(taken_calls, 0) AS taken_calls,
  coalesce(missed_calls, 0) AS missed_calls, CAST(waited AS DOUBLE) / nullif(waits, 0) AS average_wait,
  coalesce(talk_seconds, 0) / 3600 AS talk_time, talk_seconds / 60 / nullif(answered_calls, 0) AS average_call,
  coalesce(calls_under_1m, 0) AS calls_under_1m, coalesce(calls_1_3m, 0) AS calls_1_3m, coalesce(calls_over_3m, 0) AS calls_over_3m,
  coalesce(new_client_calls, 0) AS new_client_calls, coalesce(existing_client_calls, 0) AS existing_client_calls,
  coalesce(emails_sent, 0) AS emails_sent, coalesce(emails_replied, 0) AS emails_replied,
  100.0 * emails_replied / nullif(emails_sent, 0) AS reply_rate, coalesce(replies, 0) AS replies, coalesce(meetings_booked, 0) AS meetings_booked,
  coalesce(meetings, 0) AS meetings, 100.0 * meetings / nullif(due, 0) AS meeting_show_rate, coalesce(tasks_done, 0) AS tasks_done,
  coalesce(tasks_overdue, 0) AS tasks_overdue, coalesce(leads, 0) AS leads, coalesce(target_leads, 0) AS target_leads,
  100.0 * target_leads / nullif(judged, 0) AS target_rate, coalesce(leads_won, 0) AS leads_won,
  100.0 * leads_won / nullif(leads, 0) AS lead_conversion, coalesce(deals_created, 0) AS deals_created,
  coalesce(deals_won, 0) AS deals_won, coalesce(deals_lost, 0) AS deals_lost, CASE WHEN deals_won > 0 THEN revenue ELSE 0 END AS revenue,
  100.0 * deals_won / nullif(deals_won + deals_lost, 0) AS win_rate, average_deal, cycle_days,
  100 * CAST(CASE WHEN deals_won > 0 THEN revenue ELSE 0 END AS DOUBLE)
    / nullif(CAST(CASE WHEN deals_won > 0 THEN revenue ELSE 0 END + CASE WHEN deals_lost > 0 THEN lost_amount ELSE 0 END AS DOUBLE), 0) AS win_rate_by_amount, days_to_lost
FROM summed AS s
LEFT JOIN closed AS c ON c.employee_id IS NOT DISTINCT FROM s.employee_id AND c.total = s.total
LEFT JOIN dim_employee AS e ON e.employee_id = s.employee_id
