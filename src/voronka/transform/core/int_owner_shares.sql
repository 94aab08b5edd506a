-- one row per record with a history or shares, span and owner: the shares of a span add up to 1
WITH owners AS (
  SELECT entity, entity_id, employee_id, share, valid_from, valid_to
  FROM record_owner
  WHERE part = 'owner' AND precision_seconds IS NOT NULL
),
bounds AS (
  SELECT entity, entity_id, valid_from AS moment FROM owners
  UNION
  SELECT entity, entity_id, valid_to FROM owners
  UNION
  SELECT entity, entity_id, TIMESTAMP '1900-01-01' FROM owners
  UNION
  SELECT entity, entity_id, TIMESTAMP '9999-12-31' FROM owners
),
pieces AS (
  SELECT
    entity,
    entity_id,
    moment AS valid_from,
    lead(moment) OVER (PARTITION BY entity, entity_id ORDER BY moment) AS valid_to
  FROM bounds
),
today AS (
  SELECT 'deal' AS entity, deal_id AS entity_id, employee_id FROM src_deals
  UNION ALL
  SELECT 'lead', lead_id, employee_id FROM src_leads
),
held AS (
  SELECT
    p.entity,
    p.entity_id,
    p.valid_from,
    p.valid_to,
    o.entity IS NOT NULL AS is_said,
    o.employee_id,
    sum(o.share) AS share
  FROM pieces AS p
  LEFT JOIN owners AS o
    ON o.entity = p.entity
    AND o.entity_id = p.entity_id
    AND o.valid_from <= p.valid_from
    AND o.valid_to >= p.valid_to
  WHERE p.valid_to IS NOT NULL
  GROUP BY ALL
),
summed AS (
  SELECT *, sum(share) OVER (PARTITION BY entity, entity_id, valid_from) AS total FROM held
)
-- where nobody is said to own it, today's owner does; more than the whole is cut to it in proportion
SELECT
  s.entity,
  s.entity_id,
  CASE WHEN s.is_said THEN s.employee_id ELSE t.employee_id END AS employee_id,
  CASE WHEN s.is_said THEN s.share / greatest(s.total, 1) ELSE 1.0 END AS share,
  s.valid_from,
  s.valid_to
FROM summed AS s
LEFT JOIN today AS t ON t.entity = s.entity AND t.entity_id = s.entity_id
UNION ALL
-- what nobody was given belongs to nobody
SELECT DISTINCT entity, entity_id, CAST(NULL AS TEXT), 1 - total, valid_from, valid_to
FROM summed
WHERE is_said AND total < 0.999999
