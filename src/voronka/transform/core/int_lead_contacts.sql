-- one row per lead of which something other than a task is told: when it was first answered by what was done
SELECT
  a.own_lead_id AS lead_id,
  min(a.started_at) FILTER (
    WHERE a.started_at >= l.created_at
      AND a.kind IN ('call', 'email', 'message', 'meeting', 'demo')
      AND (a.status = 'done' OR a.status IS NULL)
      AND (a.direction = 'out' OR a.answered OR a.kind IN ('meeting', 'demo'))
  ) AS contacted_at
FROM int_dealings AS a
LEFT JOIN src_leads AS l ON l.lead_id = a.own_lead_id
WHERE a.own_lead_id IS NOT NULL AND a.kind <> 'task'
GROUP BY a.own_lead_id
