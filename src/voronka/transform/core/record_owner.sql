-- one row per record, person, part and span
WITH current_owner AS (
  SELECT 'deal' AS entity, deal_id AS entity_id, employee_id, _source AS source FROM src_deals
  UNION ALL
  SELECT 'lead', lead_id, employee_id, _source FROM src_leads
),
turned AS (
  SELECT
    entity,
    entity_id,
    new_employee_id AS employee_id,
    changed_at AS valid_from,
    lead(changed_at) OVER (PARTITION BY entity, entity_id ORDER BY changed_at) AS valid_to,
    source
  FROM int_owner_turns
),
before AS (
  SELECT entity, entity_id, old_employee_id AS employee_id, changed_at AS valid_to, source
  FROM int_owner_turns
  QUALIFY row_number() OVER (PARTITION BY entity, entity_id ORDER BY changed_at) = 1
),
shared AS (
  SELECT
    CASE WHEN deal_id IS NOT NULL THEN 'deal' ELSE 'lead' END AS entity,
    coalesce(deal_id, lead_id) AS entity_id,
    employee_id,
    coalesce(lower(part), 'owner') AS part,
    coalesce(
      share,
      1.0 / count(*) OVER (PARTITION BY deal_id, lead_id, coalesce(lower(part), 'owner'), valid_from, valid_to)
    ) AS share,
    coalesce(valid_from, TIMESTAMP '1900-01-01') AS valid_from,
    coalesce(valid_to, TIMESTAMP '9999-12-31') AS valid_to,
    _source AS source
  FROM src_owners
),
-- stated shares beat the history of a single owner
split AS (
  SELECT DISTINCT entity, entity_id FROM shared WHERE part = 'owner'
)
SELECT entity, entity_id, employee_id, part, share, valid_from, valid_to, source, CAST(0 AS BIGINT) AS precision_seconds
FROM shared
UNION ALL
SELECT
  t.entity,
  t.entity_id,
  t.employee_id,
  'owner',
  1.0,
  t.valid_from,
  coalesce(t.valid_to, TIMESTAMP '9999-12-31'),
  t.source,
  0
FROM turned AS t
WHERE (t.entity, t.entity_id) NOT IN (SELECT (entity, entity_id) FROM split)
UNION ALL
SELECT entity, entity_id, employee_id, 'owner', 1.0, TIMESTAMP '1900-01-01', valid_to, source, 0
FROM before
WHERE (entity, entity_id) NOT IN (SELECT (entity, entity_id) FROM split)
UNION ALL
SELECT c.entity, c.entity_id, c.employee_id, 'owner', 1.0, TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', c.source, NULL
FROM current_owner AS c
WHERE NOT EXISTS (
  SELECT 1 FROM int_owner_turns AS t WHERE t.entity = c.entity AND t.entity_id = c.entity_id
)
AND NOT EXISTS (
  SELECT 1 FROM split AS s WHERE s.entity = c.entity AND s.entity_id = c.entity_id
)
