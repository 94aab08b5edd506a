-- one row per source and call, its legs put together
WITH legs AS (
  SELECT
    a._source AS source,
    a.activity_id,
    coalesce(a.started_at, a.happened_at, a.completed_at, a.created_at) AS moment,
    coalesce(n.phone, a.client_phone, a.phone) AS phone,
    a.employee_id,
    CASE WHEN a.answered IS NOT false THEN a.talk_seconds END AS talk,
    a.url,
    coalesce(a.conversation_id, a.activity_id) AS call
  FROM src_activities AS a
  LEFT JOIN int_phones AS n ON n.spelled = coalesce(a.client_phone, a.phone) AND n.position = 1
  WHERE lower(a.kind) = 'call'
)
SELECT
  source,
  min_by(activity_id, (moment, activity_id)) AS id,
  min(moment) AS moment,
  coalesce(
    arg_max(employee_id, talk) FILTER (WHERE employee_id IS NOT NULL),
    min_by(employee_id, (moment, activity_id)) FILTER (WHERE employee_id IS NOT NULL)
  ) AS employee_id,
  min(phone) AS name,
  coalesce(sum(talk), 0) AS value,
  max(url) AS url,
  min(phone) AS keys
FROM legs
GROUP BY source, call
