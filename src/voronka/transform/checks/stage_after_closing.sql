-- one row per closed deal with an open stage entered on a day after the one it was closed on
SELECT
  d.deal_id AS entity_id,
  min(CAST(d.closed_day AS TEXT) || ' < ' || CAST(e.entered_day AS TEXT)) AS detail
FROM fct_stage_entries AS e
JOIN fct_deals AS d ON d.deal_id = e.entity_id
JOIN dim_stage AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
WHERE e.entity = 'deal' AND d.outcome <> 'open' AND s.outcome = 'open' AND e.entered_day > d.closed_day
GROUP BY d.deal_id
