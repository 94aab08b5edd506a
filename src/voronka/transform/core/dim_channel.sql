-- one row per channel
WITH members AS (
  SELECT member_id AS channel_id, coalesce(
    min(name) FILTER (WHERE own AND first_id = member_id),
    min(name) FILTER (WHERE first_id = member_id),
    min(name) FILTER (WHERE own),
    min(name),
    member_id
  ) AS name
  FROM int_members_channel
  GROUP BY member_id
),
given AS (
  SELECT channel_id, arg_max(kind, (_received_at, _row)) FILTER (WHERE kind IS NOT NULL) AS kind
  FROM src_channels
  GROUP BY channel_id
)
SELECT m.channel_id, m.name, g.kind
FROM members AS m
LEFT JOIN given AS g ON g.channel_id = m.channel_id
