-- one row per source, lead and number or address of it; a lead without any has one row
SELECT
  l._source AS source,
  l.lead_id AS id,
  l.created_at AS moment,
  l.employee_id,
  l.title AS name,
  1 AS value,
  l.url,
  i.value AS keys
FROM src_leads AS l
LEFT JOIN (SELECT DISTINCT entity_id, value FROM identity WHERE entity = 'lead') AS i ON i.entity_id = l.lead_id
WHERE l.deleted_at IS NULL
