-- one row per record, regulation and start of what no other table tells the due of: stages, milestones, next steps
-- the true moments may be started_before (stopped_before) seconds earlier than those told, or ..._after seconds later
WITH rules AS (
  SELECT *
  FROM int_regulations
  WHERE entity <> 'call'
    AND NOT (entity = 'lead' AND start = 'created' AND stop = 'first_outgoing')
    AND NOT (entity = 'lead' AND start = 'handed' AND stop = 'accepted')
),
records AS (
  SELECT 'lead' AS entity, lead_id AS record_id, pipeline_id, created_at, employee_id
  FROM fct_leads
  WHERE deleted_at IS NULL
  UNION ALL
  SELECT 'deal', deal_id, pipeline_id, created_at, employee_id
  FROM fct_deals
  WHERE deleted_at IS NULL
),
-- a move seen between two copies was made before it was seen, one of a day told without a time on that day
entries AS (
  SELECT
    entity,
    entity_id,
    pipeline_id,
    stage_id,
    entered_at,
    CASE WHEN source = 'snapshot' THEN precision_seconds ELSE 0 END AS before,
    CASE WHEN source = 'snapshot' THEN 0 ELSE precision_seconds END AS after,
    left_at
  FROM fct_stage_entries
),
-- what a regulation may begin with, each time that it happens
begun AS (
  SELECT entity, record_id, pipeline_id, 'created' AS said, created_at AS moment, 0 AS before, 0 AS after
  FROM records
  WHERE EXISTS (SELECT 1 FROM rules WHERE start = 'created')
  UNION ALL
  SELECT entity, entity_id, pipeline_id, 'stage:' || stage_id, entered_at, before, after
  FROM entries
  WHERE EXISTS (SELECT 1 FROM rules WHERE starts_with(start, 'stage:'))
  UNION ALL
  SELECT m.entity, m.entity_id, r.pipeline_id, 'milestone:' || m.milestone, m.reached_at, m.reached_before,
    m.reached_after
  FROM int_milestones AS m
  JOIN records AS r ON r.entity = m.entity AND r.record_id = m.entity_id
  WHERE EXISTS (SELECT 1 FROM rules WHERE starts_with(start, 'milestone:'))
  UNION ALL
  SELECT 'lead', h.lead_id, r.pipeline_id, t.said, CASE t.said WHEN 'handed' THEN h.handed_at ELSE h.accepted_at END,
    CASE t.said WHEN 'handed' THEN h.handed_before ELSE h.accepted_before END,
    CASE t.said WHEN 'handed' THEN h.handed_after ELSE h.accepted_after END
  FROM int_handovers AS h
  JOIN records AS r ON r.entity = 'lead' AND r.record_id = h.lead_id
  CROSS JOIN (VALUES ('handed'), ('accepted')) AS t (said)
  WHERE EXISTS (SELECT 1 FROM rules WHERE start IN ('handed', 'accepted'))
),
starts AS (
  SELECT b.entity, b.record_id, b.pipeline_id, r.regulation_id, r.stop, r.clock, r.allowed, b.moment AS started_at, b.before, b.after
  FROM begun AS b
  JOIN rules AS r ON r.entity = b.entity AND r.pipeline_id IS NOT DISTINCT FROM b.pipeline_id AND r.start = b.said
  WHERE b.moment IS NOT NULL AND r.start <> 'no_next_task'
),
-- what it may end with: the first that is not over at the start ends it, by when it was done
done AS (
  SELECT g.entity, g.pipeline_id, e.entity_id AS record_id, 'stage:' || g.stage_id AS said, e.entered_at AS moment,
    e.entered_at AS until, e.before, e.after
  FROM (
    SELECT p.entity, s.pipeline_id, s.stage_id, s.position
    FROM cfg_stages AS s
    JOIN cfg_pipelines AS p ON p.pipeline_id = s.pipeline_id
    WHERE 'stage:' || s.stage_id IN (SELECT stop FROM rules)
  ) AS g
  JOIN cfg_stages AS s
    ON s.pipeline_id = g.pipeline_id AND s.position >= g.position AND (s.outcome <> 'lost' OR s.stage_id = g.stage_id)
  JOIN entries AS e
    ON e.entity = g.entity AND e.pipeline_id = s.pipeline_id AND e.stage_id = s.stage_id
  UNION ALL
  -- a stage is left by entering the next
  SELECT e.entity, e.pipeline_id, e.entity_id, 'left:' || e.stage_id, e.left_at, e.left_at, max(n.before), max(n.after)
  FROM entries AS e
  JOIN entries AS n ON n.entity = e.entity AND n.entity_id = e.entity_id AND n.entered_at = e.left_at
  WHERE e.left_at IS NOT NULL AND EXISTS (SELECT 1 FROM rules WHERE starts_with(stop, 'left:'))
  GROUP BY e.entity, e.pipeline_id, e.entity_id, e.stage_id, e.entered_at, e.left_at
  UNION ALL
  SELECT m.entity, r.pipeline_id, m.entity_id, 'milestone:' || m.milestone, m.reached_at, TIMESTAMP '9999-12-31',
    m.reached_before, m.reached_after
  FROM int_milestones AS m
  JOIN records AS r ON r.entity = m.entity AND r.record_id = m.entity_id
  WHERE EXISTS (SELECT 1 FROM rules WHERE starts_with(stop, 'milestone:'))
  UNION ALL
  SELECT 'lead', r.pipeline_id, h.lead_id, t.said, CASE t.said WHEN 'handed' THEN h.handed_at ELSE h.accepted_at END,
    CASE t.said WHEN 'handed' THEN h.handed_at ELSE h.accepted_at END,
    CASE t.said WHEN 'handed' THEN h.handed_before ELSE h.accepted_before END,
    CASE t.said WHEN 'handed' THEN h.handed_after ELSE h.accepted_after END
  FROM int_handovers AS h
  JOIN records AS r ON r.entity = 'lead' AND r.record_id = h.lead_id
  CROSS JOIN (VALUES ('handed'), ('accepted')) AS t (said)
  WHERE EXISTS (SELECT 1 FROM rules WHERE stop IN ('handed', 'accepted'))
  UNION ALL
  SELECT 'deal', r.pipeline_id, r.record_id, 'first_outgoing', o.started_at, o.started_at, 0, 0
  FROM fct_outgoing_touches AS o
  JOIN records AS r ON r.entity = 'deal' AND r.record_id = o.deal_id
  WHERE EXISTS (SELECT 1 FROM rules WHERE entity = 'deal' AND stop = 'first_outgoing')
  UNION ALL
  SELECT 'lead', r.pipeline_id, r.record_id, 'first_outgoing', o.started_at, o.started_at, 0, 0
  FROM fct_outgoing_touches AS o
  JOIN records AS r ON r.entity = 'lead' AND r.record_id = o.lead_id
  WHERE EXISTS (SELECT 1 FROM rules WHERE entity = 'lead' AND stop = 'first_outgoing')
),
stops AS (
  SELECT d.record_id, r.regulation_id, d.moment AS done_at, d.until, d.before AS done_before, d.after AS done_after
  FROM done AS d
  JOIN rules AS r ON r.entity = d.entity AND r.pipeline_id IS NOT DISTINCT FROM d.pipeline_id AND r.stop = d.said
  WHERE d.moment IS NOT NULL
),
matched AS (
  SELECT s.*, t.done_at, t.done_before, t.done_after
  FROM starts AS s
  ASOF LEFT JOIN stops AS t
    ON s.regulation_id = t.regulation_id AND s.record_id = t.record_id AND s.started_at <= t.until
),
spans AS (
  SELECT regulation_id, entity, record_id, pipeline_id, clock, allowed, stop, started_at, done_at AS stopped_at,
    before AS started_before, after AS started_after, done_before AS stopped_before, done_after AS stopped_after
  FROM matched
  WHERE stop <> 'next_task'
  UNION ALL
  -- where something is planned already the next step is there at once
  SELECT s.regulation_id, s.entity, s.record_id, s.pipeline_id, s.clock, s.allowed, s.stop, s.started_at,
    CASE
      WHEN g.deal_id IS NULL OR g.started_at > s.started_at OR g.planned_at < s.started_at THEN s.started_at
      ELSE g.planned_at
    END,
    s.before, s.after, 0, 0
  FROM starts AS s
  ASOF LEFT JOIN int_next_task_gaps AS g ON s.record_id = g.deal_id AND s.started_at >= g.started_at
  WHERE s.stop = 'next_task'
  UNION ALL
  SELECT r.regulation_id, r.entity, g.deal_id, g.pipeline_id, r.clock, r.allowed, r.stop, g.started_at, g.planned_at,
    0, 0, 0, 0
  FROM int_next_task_gaps AS g
  JOIN rules AS r
    ON r.entity = 'deal' AND r.start = 'no_next_task' AND r.pipeline_id IS NOT DISTINCT FROM g.pipeline_id
),
closed AS (
  SELECT 'deal' AS entity, deal_id AS record_id, closed_at FROM fct_deals WHERE outcome <> 'open' AND closed_at IS NOT NULL
  UNION ALL
  SELECT 'lead', e.entity_id, max(e.entered_at)
  FROM fct_stage_entries AS e
  JOIN dim_stage AS s ON s.pipeline_id = e.pipeline_id AND s.stage_id = e.stage_id AND s.outcome <> 'open'
  JOIN fct_leads AS l ON l.lead_id = e.entity_id AND l.outcome <> 'open'
  WHERE e.entity = 'lead'
  GROUP BY e.entity_id
)
SELECT
  s.regulation_id,
  s.entity,
  s.record_id,
  s.pipeline_id,
  s.clock,
  s.allowed,
  CASE WHEN h.entity_id IS NULL THEN r.employee_id ELSE h.employee_id END AS employee_id,
  s.started_at,
  -- who closes a record leaves its stage
  coalesce(s.stopped_at, CASE WHEN starts_with(s.stop, 'left:') AND c.closed_at >= s.started_at THEN c.closed_at END)
    AS stopped_at,
  CAST(s.started_before AS BIGINT) AS started_before,
  CAST(s.started_after AS BIGINT) AS started_after,
  CAST(coalesce(s.stopped_before, 0) AS BIGINT) AS stopped_before,
  CAST(coalesce(s.stopped_after, 0) AS BIGINT) AS stopped_after,
  CAST(NULL AS BIGINT) AS said_seconds,
  c.closed_at
FROM spans AS s
JOIN records AS r ON r.entity = s.entity AND r.record_id = s.record_id
LEFT JOIN closed AS c ON c.entity = s.entity AND c.record_id = s.record_id
LEFT JOIN int_owner_history AS h
  ON h.entity = s.entity AND h.entity_id = s.record_id AND s.started_at >= h.valid_from AND s.started_at < h.valid_to
