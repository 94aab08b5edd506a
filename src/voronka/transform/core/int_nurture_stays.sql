-- one row per stay of a lead in stages of nurture: when it entered them, when and for what it left them
WITH entries AS (
  SELECT
    e.entity_id AS lead_id,
    e.pipeline_id,
    e.stage_id,
    e.position,
    e.entered_at,
    coalesce(s.milestone = 'nurture', false) AS is_nurture,
    coalesce(s.outcome, 'open') AS outcome
  FROM fct_stage_entries AS e
  LEFT JOIN cfg_stages AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id
  WHERE e.entity = 'lead'
),
marked AS (
  SELECT
    *,
    lead(entered_at) OVER next AS next_at,
    lead(outcome) OVER next AS next_outcome,
    lead(is_nurture) OVER next AS next_is_nurture,
    CASE WHEN is_nurture AND lag(is_nurture) OVER next THEN 0 ELSE 1 END AS is_new
  FROM entries
  WINDOW next AS (PARTITION BY lead_id ORDER BY entered_at, position, stage_id)
),
numbered AS (
  SELECT *, sum(is_new) OVER (
    PARTITION BY lead_id ORDER BY entered_at, position, stage_id ROWS UNBOUNDED PRECEDING
  ) AS stay
  FROM marked
)
SELECT
  n.lead_id,
  min_by(n.pipeline_id, (n.entered_at, n.position)) AS pipeline_id,
  min_by(n.stage_id, (n.entered_at, n.position)) AS stage_id,
  min(n.entered_at) AS entered_at,
  max(n.next_at) FILTER (WHERE NOT n.next_is_nurture) AS left_at,
  coalesce(max(n.next_outcome) FILTER (WHERE NOT n.next_is_nurture) IN ('open', 'won'), false) AS is_returned
FROM numbered AS n
WHERE n.is_nurture
GROUP BY n.lead_id, n.stay
