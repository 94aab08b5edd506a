-- one row per missed call of a known client: when we called them, or their number, next
WITH calls AS (
  SELECT activity_id, client_id, number, started_at, is_attempt AS is_ours
  FROM int_contacts
  WHERE client_id IS NOT NULL AND (is_attempt OR is_missed)
),
keyed AS (
  SELECT activity_id, client_id AS client, started_at, is_ours FROM calls
  UNION ALL
  SELECT activity_id, number, started_at, is_ours FROM calls WHERE number IS NOT NULL AND number <> client_id
),
-- a call back that a source rounds to the very minute of the missed one is one too
followed AS (
  SELECT
    activity_id,
    is_ours,
    started_at,
    min(CASE WHEN is_ours THEN started_at END) OVER (
      PARTITION BY client ORDER BY started_at DESC RANGE UNBOUNDED PRECEDING
    ) AS ours_at
  FROM keyed
  WHERE client IN (SELECT client FROM keyed WHERE NOT is_ours)
)
SELECT activity_id, started_at AS missed_at, min(ours_at) AS called_at
FROM followed
WHERE NOT is_ours
GROUP BY activity_id, started_at
