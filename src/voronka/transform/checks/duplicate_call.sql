-- one row per call that is another one in all but its id
WITH suspected AS (
  SELECT started_at, employee_id
  FROM fct_activities
  WHERE kind = 'call' AND started_at IS NOT NULL AND employee_id IS NOT NULL
  GROUP BY started_at, employee_id
  HAVING count(*) > 1
)
SELECT entity_id, employee_id, title, first_id AS detail, from_day, url
FROM (
  SELECT
    f.activity_id AS entity_id,
    f.employee_id,
    f.client_phone AS title,
    f.started_day AS from_day,
    f.url,
    first_value(f.activity_id) OVER (
      PARTITION BY
        f.started_at,
        f.employee_id,
        f.created_at,
        f.ended_at,
        f.direction,
        f.answered,
        f.talk_seconds,
        f.wait_seconds,
        f.client_phone,
        f.contact_id,
        f.account_id,
        f.lead_id,
        f.deal_id,
        f.subject,
        f.text
      ORDER BY f.activity_id
    ) AS first_id
  FROM fct_activities AS f
  JOIN suspected AS s ON s.started_at = f.started_at AND s.employee_id = f.employee_id
  WHERE f.kind = 'call'
)
WHERE entity_id <> first_id
