-- one row per won deal and what was paid for it, per deal that was paid and is not won, per payment of no deal
WITH won AS (
  SELECT deal_id, title, closed_day, employee_id, amount_home, url
  FROM fct_deals
  WHERE outcome = 'won' AND deleted_at IS NULL
),
known AS (
  SELECT deal_id, title, outcome, employee_id, deleted_at, url FROM fct_deals
),
paid AS (
  SELECT
    coalesce(deal_id, payment_id) AS id,
    any_value(deal_id) AS deal_id,
    min(paid_day) AS first_day,
    CASE WHEN count(amount_home) = count(*) THEN sum(amount_home) END AS amount_home, -- unknown where one has no rate
    min_by(employee_id, (paid_at, payment_id)) AS employee_id
  FROM fct_payments
  GROUP BY ALL
)
SELECT
  CASE
    WHEN p.id IS NULL THEN 'here'
    WHEN w.deal_id IS NULL THEN 'there'
    WHEN abs(w.amount_home - p.amount_home) < 0.005 THEN 'both'
    ELSE 'differs'
  END AS state,
  w.deal_id AS here_id,
  p.id AS there_id,
  CAST(w.closed_day AS TEXT) AS here_at,
  CAST(p.first_day AS TEXT) AS there_at,
  coalesce(w.employee_id, k.employee_id, p.employee_id) AS employee_id,
  coalesce(w.title, k.title) AS name,
  CASE WHEN w.deal_id IS NULL THEN 0 ELSE w.amount_home END AS here_value,
  CASE WHEN p.id IS NULL THEN 0 ELSE p.amount_home END AS there_value,
  CASE WHEN w.deal_id IS NULL THEN 0 ELSE w.amount_home END
    - CASE WHEN p.id IS NULL THEN 0 ELSE p.amount_home END AS difference,
  nullif(concat_ws(', ', CASE
    WHEN p.id IS NULL THEN 'not_paid'
    WHEN p.deal_id IS NULL THEN 'payment_of_no_deal'
    WHEN k.deal_id IS NULL THEN 'unknown_deal'
    WHEN k.deleted_at IS NOT NULL THEN 'deal_deleted'
    WHEN w.deal_id IS NULL THEN 'deal_' || coalesce(k.outcome, 'open')
    WHEN abs(w.amount_home - p.amount_home) >= 0.005 THEN 'amount'
  END, CASE
    WHEN (w.deal_id IS NOT NULL AND w.amount_home IS NULL) OR (p.id IS NOT NULL AND p.amount_home IS NULL)
    THEN 'amount_unknown'
  END), '') AS detail,
  coalesce(w.url, k.url) AS url
FROM won AS w
FULL JOIN paid AS p ON p.deal_id = w.deal_id
LEFT JOIN known AS k ON k.deal_id = p.deal_id
