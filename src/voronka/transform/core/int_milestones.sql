-- one row per entity and milestone that its stage entries reached: the first time a stage at or after it was entered
-- the moment is told only as far as it is known: of copies too far apart all that is known is that it was reached
-- the true one may be reached_before seconds earlier (seen between two copies) or reached_after later (a day without a time)
SELECT
  e.entity,
  e.entity_id,
  g.milestone,
  CASE
    WHEN arg_min(e.precision_seconds, (e.entered_at, e.precision_seconds)) <= 86400 * $stage_days THEN min(e.entered_at)
  END AS reached_at,
  arg_min(
    CASE WHEN e.source = 'snapshot' THEN e.precision_seconds ELSE 0 END, (e.entered_at, e.precision_seconds)
  ) AS reached_before,
  arg_min(
    CASE WHEN e.source = 'snapshot' THEN 0 ELSE e.precision_seconds END, (e.entered_at, e.precision_seconds)
  ) AS reached_after
FROM fct_stage_entries AS e
JOIN cfg_stages AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id AND s.outcome <> 'lost'
JOIN cfg_stages AS g ON g.pipeline_id = e.pipeline_id AND g.milestone IS NOT NULL AND g.position <= s.position
GROUP BY e.entity, e.entity_id, g.milestone
