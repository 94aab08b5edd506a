-- one row per record and span whose owner is not simply today's: of several sharing owners the one with the largest share
WITH owners AS (
  SELECT * FROM record_owner WHERE part = 'owner' AND precision_seconds IS NOT NULL
),
bounds AS (
  SELECT entity, entity_id, valid_from AS moment FROM owners
  UNION
  SELECT entity, entity_id, valid_to FROM owners
),
pieces AS (
  SELECT
    entity,
    entity_id,
    moment AS valid_from,
    lead(moment) OVER (PARTITION BY entity, entity_id ORDER BY moment) AS valid_to
  FROM bounds
)
SELECT p.entity, p.entity_id, o.employee_id, o.share, p.valid_from, p.valid_to
FROM pieces AS p
JOIN owners AS o
  ON o.entity = p.entity
  AND o.entity_id = p.entity_id
  AND o.valid_from <= p.valid_from
  AND o.valid_to >= p.valid_to
WHERE p.valid_to IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY p.entity, p.entity_id, p.valid_from ORDER BY o.share DESC NULLS LAST, o.employee_id
) = 1
