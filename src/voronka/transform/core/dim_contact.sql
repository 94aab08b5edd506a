-- one row per person on the client's side
WITH members AS (
  SELECT member_id AS contact_id, coalesce(
    min(name) FILTER (WHERE own AND id = member_id), min(name) FILTER (WHERE own), min(name)
  ) AS name
  FROM int_members_contact
  GROUP BY member_id
),
given AS (
  SELECT
    contact_id,
    arg_max(account_id, (_received_at, _row)) FILTER (WHERE account_id IS NOT NULL) AS account_id,
    arg_max(position, (_received_at, _row)) FILTER (WHERE position IS NOT NULL) AS position,
    min(created_at) AS created_at
  FROM src_contacts
  GROUP BY contact_id
)
SELECT m.contact_id, g.account_id, m.name, g.position, g.created_at
FROM members AS m
LEFT JOIN given AS g ON g.contact_id = m.contact_id
