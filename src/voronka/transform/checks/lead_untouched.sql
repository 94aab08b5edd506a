-- one row per open lead without a deal that nobody has turned to, from the day on which it waits for too long
SELECT
  lead_id AS entity_id,
  CAST(created_day AS TEXT) AS detail,
  created_day + CAST($untouched_days AS INTEGER) AS from_day
FROM fct_leads
WHERE outcome = 'open' AND NOT is_answered AND has_deal IS NOT TRUE AND created_day IS NOT NULL
