-- one row per deal, payment and spend whose currency has no rate on its day
SELECT 'deal' AS entity, deal_id AS entity_id, employee_id, currency AS detail, closed_day AS from_day
FROM fct_deals
WHERE amount IS NOT NULL AND amount_home IS NULL
UNION ALL
SELECT 'payment', payment_id, employee_id, currency, paid_day
FROM fct_payments
WHERE amount IS NOT NULL AND amount_home IS NULL
UNION ALL
SELECT 'ad_spend', CAST(day AS TEXT) || coalesce(' ' || channel_id, ''), NULL, currency, day
FROM fct_ad_spend
WHERE cost IS NOT NULL AND cost_home IS NULL
