-- one row per change of a record's owner: who had it before and from when on the next one has it
WITH said AS (
  SELECT *, split_part(entity_id, ':', 1) AS space
  FROM int_changes
  WHERE field IN ('employee', 'owner', 'ответственный') AND changed_at IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY entity, entity_id, changed_at ORDER BY _received_at DESC, _row DESC) = 1
),
ids AS (
  SELECT DISTINCT id, member_id FROM int_members_employee WHERE id IS NOT NULL
),
names AS (
  SELECT name, member_id FROM int_members_employee WHERE id IS NULL AND name IS NOT NULL
)
SELECT
  c.entity,
  c.entity_id,
  coalesce(oi.member_id, o.member_id) AS old_employee_id,
  coalesce(ni.member_id, n.member_id) AS new_employee_id,
  c.changed_at,
  c.source
FROM said AS c
LEFT JOIN ids AS oi ON oi.id = c.space || ':' || c.old
LEFT JOIN names AS o ON o.name = c.old
LEFT JOIN ids AS ni ON ni.id = c.space || ':' || c.new
LEFT JOIN names AS n ON n.name = c.new
