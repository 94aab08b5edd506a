-- one row per lead: what the company's own rules say of it today
SELECT
  f.lead_id,
  $profile_rule AS is_target,
  CASE
    WHEN $hot_rule THEN 'hot'
    WHEN $warm_rule THEN 'warm'
    WHEN $cold_rule THEN 'cold'
  END AS temperature
FROM int_lead_fields AS f
