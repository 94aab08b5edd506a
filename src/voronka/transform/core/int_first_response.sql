-- one row per lead: the first contact after it came, an outgoing one or a call taken
SELECT l.lead_id, min(a.started_at) AS first_response_at
FROM src_leads AS l
JOIN int_activities AS a ON a.lead_id = l.lead_id
WHERE a.started_at >= l.created_at
  AND a.kind IN ('call', 'email', 'message', 'meeting', 'demo')
  AND (a.status = 'done' OR a.status IS NULL)
  AND (a.direction = 'out' OR a.answered OR a.kind IN ('meeting', 'demo'))
GROUP BY l.lead_id
