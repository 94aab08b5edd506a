-- one row per thing that was the first between us and a client, or the first call of ours that reached them
WITH contacts AS (
  SELECT activity_id, client_id, started_at, is_attempt, has_reached
  FROM int_contacts
  WHERE client_id IS NOT NULL
),
clients AS (
  SELECT
    client_id,
    min((started_at, activity_id)) AS first_one,
    min((started_at, activity_id)) FILTER (WHERE has_reached) AS reached_one
  FROM contacts
  GROUP BY client_id
),
tried AS (
  SELECT c.client_id, count(*) AS attempts
  FROM contacts AS c
  JOIN clients AS k ON k.client_id = c.client_id
  WHERE c.is_attempt AND (c.started_at, c.activity_id) <= k.reached_one
  GROUP BY c.client_id
),
marked AS (
  SELECT struct_extract_at(first_one, 2) AS activity_id, true AS is_first, CAST(NULL AS BIGINT) AS attempts_until_reached
  FROM clients
  UNION ALL
  SELECT struct_extract_at(k.reached_one, 2), false, t.attempts
  FROM clients AS k
  JOIN tried AS t ON t.client_id = k.client_id
)
SELECT activity_id, bool_or(is_first) AS is_first, max(attempts_until_reached) AS attempts_until_reached
FROM marked
GROUP BY activity_id
