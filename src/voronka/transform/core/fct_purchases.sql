-- one row per purchase and product, of both bases: won deals, and payments with the deals that they pay
WITH sold AS (
  SELECT
    'deals' AS basis,
    deal_id AS purchase_id,
    deal_id,
    account_id,
    closed_employee_id AS seller_id,
    kind,
    closed_at AS bought_at,
    amount,
    amount_home
  FROM fct_deals
  WHERE outcome = 'won' AND deleted_at IS NULL
  UNION ALL
  SELECT
    'payments',
    coalesce(deal_id, payment_id),
    deal_id,
    account_id,
    employee_id,
    kind,
    paid_at,
    amount,
    amount_home
  FROM fct_payments
),
parted AS (
  SELECT
    s.*,
    p.product_id,
    coalesce(p.from_share, 0.0) AS from_share,
    coalesce(p.to_share, 1.0) AS to_share,
    coalesce(p.product_id, CASE WHEN lower(s.kind) NOT IN ('new', 'renewal', 'upsell') THEN 'kind ' || s.kind END) AS what,
    CAST(timezone($zone, timezone('UTC', s.bought_at)) AS DATE) AS day
  FROM sold AS s
  LEFT JOIN int_deal_products AS p ON p.deal_id = s.deal_id
),
first_of_product AS (
  SELECT basis, account_id, what, min(day) AS day
  FROM parted
  WHERE amount > 0 AND account_id IS NOT NULL AND what IS NOT NULL
  GROUP BY basis, account_id, what
),
first_of_account AS (
  SELECT basis, account_id, min(day) AS day
  FROM parted
  WHERE amount > 0 AND account_id IS NOT NULL
  GROUP BY basis, account_id
),
-- whose account it is: who stands on its card, else who sold to it last
last_seller AS (
  SELECT account_id, arg_max(seller_id, (coalesce(bought_at, TIMESTAMP '1900-01-01'), basis, purchase_id)) AS employee_id
  FROM sold
  WHERE account_id IS NOT NULL AND seller_id IS NOT NULL
  GROUP BY account_id
),
kept AS (
  SELECT p.*, coalesce(a.employee_id, CASE WHEN p.account_id IS NULL THEN p.seller_id ELSE l.employee_id END) AS keeper_id
  FROM parted AS p
  LEFT JOIN dim_account AS a ON a.account_id = p.account_id
  LEFT JOIN last_seller AS l ON l.account_id = p.account_id
)
SELECT
  k.basis,
  k.purchase_id,
  k.deal_id,
  k.account_id,
  k.keeper_id AS employee_id,
  m.team_id,
  k.product_id,
  k.kind,
  a.segment,
  a.industry,
  a.region,
  a.size,
  k.bought_at,
  CASE WHEN k.to_share = 1 THEN k.amount ELSE CAST(round(k.amount * k.to_share, 2) AS DECIMAL(18,2)) END
  - CASE WHEN k.from_share = 0 THEN 0 ELSE CAST(round(k.amount * k.from_share, 2) AS DECIMAL(18,2)) END AS amount,
  CASE WHEN k.to_share = 1 THEN k.amount_home ELSE CAST(round(k.amount_home * k.to_share, 2) AS DECIMAL(18,2)) END
  - CASE WHEN k.from_share = 0 THEN 0 ELSE CAST(round(k.amount_home * k.from_share, 2) AS DECIMAL(18,2)) END AS amount_home,
  CASE lower(k.kind) WHEN 'upsell' THEN k.day WHEN 'renewal' THEN NULL ELSE p.day END AS product_since,
  f.day AS account_since
FROM kept AS k
LEFT JOIN dim_account AS a ON a.account_id = k.account_id
LEFT JOIN first_of_product AS p ON p.basis = k.basis AND p.account_id = k.account_id AND p.what = k.what
LEFT JOIN first_of_account AS f ON f.basis = k.basis AND f.account_id = k.account_id
LEFT JOIN int_membership_now AS m ON m.employee_id = k.keeper_id
