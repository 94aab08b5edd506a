-- one row per change of a record's owner: who had it before and from when on the next one has it
WITH names AS (
  SELECT name, min(member_id) AS employee_id
  FROM int_members_employee
  WHERE name IS NOT NULL
  GROUP BY name
  HAVING count(DISTINCT member_id) = 1
),
ids AS (
  SELECT DISTINCT id, member_id AS employee_id FROM int_members_employee WHERE id IS NOT NULL
)
SELECT
  CASE WHEN c.deal_id IS NOT NULL THEN 'deal' WHEN c.lead_id IS NOT NULL THEN 'lead' ELSE lower(c.entity) END AS entity,
  coalesce(c.deal_id, c.lead_id, c.entity_id) AS entity_id,
  coalesce(oi.employee_id, o.employee_id) AS old_employee_id,
  coalesce(ni.employee_id, n.employee_id) AS new_employee_id,
  c.changed_at,
  coalesce(c.source, 'changelog') AS source
FROM src_changes AS c
LEFT JOIN names AS o ON o.name = c.old
LEFT JOIN ids AS oi ON oi.id = split_part(coalesce(c.deal_id, c.lead_id, c.entity_id), ':', 1) || ':' || c.old
LEFT JOIN names AS n ON n.name = c.new
LEFT JOIN ids AS ni ON ni.id = split_part(coalesce(c.deal_id, c.lead_id, c.entity_id), ':', 1) || ':' || c.new
WHERE lower(c.field) IN ('employee', 'owner', 'ответственный') AND c.changed_at IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY coalesce(c.deal_id, c.lead_id, c.entity_id), c.changed_at ORDER BY c._received_at DESC, c._row DESC
) = 1
