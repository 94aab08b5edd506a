-- one row per contact with the phone or e-mail of an earlier one
WITH ordered AS (
  SELECT
    i.entity_id,
    first_value(i.entity_id) OVER (
      PARTITION BY i.kind, i.value ORDER BY c.created_at NULLS LAST, i.entity_id
    ) AS first_id
  FROM identity AS i
  JOIN dim_contact AS c ON c.contact_id = i.entity_id
  WHERE i.entity = 'contact' AND i.kind IN ('phone', 'email')
)
SELECT entity_id, min(first_id) AS detail
FROM ordered
WHERE entity_id <> first_id
GROUP BY entity_id
