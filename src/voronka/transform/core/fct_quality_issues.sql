-- one row per thing found wrong with a record
SELECT
  'ambiguous_person' AS check_name,
  'employee' AS entity,
  name AS entity_id,
  'ambiguous' AS employee_id,
  NULL AS load_id,
  'two or more people bear this name, and the row gives no id' AS detail
FROM int_members_employee
WHERE member_id = 'ambiguous'
UNION ALL
SELECT 'closed_before_created', 'deal', deal_id, employee_id, NULL, CAST(created_at AS TEXT) || ' > ' || CAST(closed_at AS TEXT)
FROM fct_deals
WHERE closed_at < created_at
UNION ALL
SELECT 'no_exchange_rate', 'deal', deal_id, employee_id, NULL, currency
FROM fct_deals
WHERE amount IS NOT NULL AND amount_home IS NULL
UNION ALL
SELECT 'no_exchange_rate', 'payment', payment_id, employee_id, NULL, currency
FROM fct_payments
WHERE amount IS NOT NULL AND amount_home IS NULL
UNION ALL
SELECT 'no_exchange_rate', 'ad_spend', CAST(day AS TEXT) || coalesce(' ' || channel_id, ''), NULL, NULL, currency
FROM fct_ad_spend
WHERE cost IS NOT NULL AND cost_home IS NULL
UNION ALL
SELECT 'closed_without_date', 'deal', deal_id, employee_id, NULL, outcome
FROM fct_deals
WHERE outcome <> 'open' AND closed_at IS NULL
UNION ALL
SELECT 'unknown_outcome', 'deal', deal_id, employee_id, _load_id, outcome
FROM src_deals
WHERE lower(trim(outcome)) NOT IN ('won', 'lost', 'open')
UNION ALL
SELECT 'stage_outside_model', 'stage', stage_id, NULL, NULL, pipeline_id
FROM dim_stage
WHERE NOT in_model
