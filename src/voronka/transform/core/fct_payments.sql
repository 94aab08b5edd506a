-- one row per payment; refunds are negative
WITH priced AS (
  SELECT p.*, r.rate
  FROM src_payments AS p
  LEFT JOIN int_rate AS r
    ON r.currency = coalesce(upper(p.currency), $currency)
    AND coalesce(CAST(timezone($zone, timezone('UTC', p.paid_at)) AS DATE), DATE '9999-12-30') >= r.valid_from
    AND coalesce(CAST(timezone($zone, timezone('UTC', p.paid_at)) AS DATE), DATE '9999-12-30') < r.valid_to
),
owned AS (
  SELECT p.*, coalesce(p.employee_id, d.employee_id) AS owner_id, coalesce(p.account_id, d.account_id) AS client_id,
    d.channel_id, d.campaign_id, d.product_id, d.kind
  FROM priced AS p
  LEFT JOIN int_deals AS d ON d.deal_id = p.deal_id
)
SELECT
  o.payment_id,
  o.deal_id,
  o.client_id AS account_id,
  o.owner_id AS employee_id,
  m.team_id,
  o.channel_id,
  o.campaign_id,
  o.product_id,
  o.kind,
  o.paid_at,
  o.amount,
  o.margin,
  CAST(CASE WHEN o.rate = 1 THEN o.amount ELSE o.amount * o.rate END AS DECIMAL(18,2)) AS amount_home,
  CAST(CASE WHEN o.rate = 1 THEN o.margin ELSE o.margin * o.rate END AS DECIMAL(18,2)) AS margin_home,
  coalesce(upper(o.currency), $currency) AS currency
FROM owned AS o
LEFT JOIN int_membership_now AS m ON m.employee_id = o.owner_id
