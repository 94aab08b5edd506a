-- one row per client company and day on which something was done with it, of whoever looks after it today
-- what was done with a contact was done with their company
WITH done AS (
  SELECT
    coalesce(a.account_id, c.account_id) AS account_id,
    a.started_at,
    a.started_day
  FROM fct_activities AS a
  LEFT JOIN dim_contact AS c ON a.account_id IS NULL AND c.contact_id = a.contact_id
  WHERE a.status = 'done' AND a.started_at IS NOT NULL AND (a.account_id IS NOT NULL OR a.contact_id IS NOT NULL)
),
days AS (
  SELECT account_id, min(started_at) AS touched_at
  FROM done
  WHERE account_id IS NOT NULL
  GROUP BY account_id, started_day
)
SELECT d.account_id, a.employee_id, m.team_id, a.segment, a.industry, a.size, a.region, d.touched_at
FROM days AS d
LEFT JOIN dim_account AS a ON a.account_id = d.account_id
LEFT JOIN int_membership_now AS m ON m.employee_id = a.employee_id
