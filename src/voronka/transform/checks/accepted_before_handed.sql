-- one row per lead accepted or rejected before it was handed over
SELECT
  lead_id AS entity_id,
  min(CAST(handed_at AS TEXT) || ' > ' || CAST(least(accepted_at, rejected_at) AS TEXT)) AS detail
FROM fct_handovers
WHERE accepted_at < handed_at OR rejected_at < handed_at
GROUP BY lead_id
