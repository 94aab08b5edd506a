-- one row per thing done or planned, legs of one call put together
WITH read AS (
  SELECT
    activity_id,
    lower(kind) AS kind,
    CASE
      WHEN lower(direction) IN ('out', 'outbound', 'outgoing', 'исходящий', 'исходящая', 'исходящее', 'исх') THEN 'out'
      WHEN lower(direction) IN ('in', 'inbound', 'incoming', 'входящий', 'входящая', 'входящее', 'вх') THEN 'in'
    END AS direction,
    CASE WHEN lower(status) IN ('planned', 'done', 'cancelled', 'no_show') THEN lower(status) END AS given_status,
    done,
    created_at,
    due_at,
    coalesce(
      started_at,
      happened_at,
      completed_at,
      CASE WHEN lower(kind) = 'task' THEN due_at END,
      created_at
    ) AS started_at,
    ended_at,
    completed_at,
    employee_id,
    lead_id,
    CASE WHEN o.id IS NULL THEN deal_id END AS deal_id,
    contact_id,
    coalesce(s.account_id, o.account_id) AS account_id,
    channel_id,
    coalesce(n.phone, client_phone, s.phone) AS client_phone,
    email,
    coalesce(answered, talk_seconds > 0) AS answered,
    talk_seconds,
    wait_seconds,
    potential,
    recording_url,
    coalesce(thread_id, CASE WHEN lower(kind) <> 'call' THEN conversation_id END) AS thread_id,
    in_reply_to,
    template,
    subject,
    is_mass,
    text,
    url,
    CASE WHEN lower(kind) = 'call' AND conversation_id IS NOT NULL THEN _source || ':' || conversation_id END AS call
  FROM src_activities AS s
  LEFT JOIN int_phones AS n ON n.spelled = coalesce(s.client_phone, s.phone) AND n.position = 1
  LEFT JOIN int_deals_of_accounts AS o ON o.id = s.deal_id
),
legs AS (
  SELECT *
  FROM read
  WHERE call IS NOT NULL
),
-- talk belongs to the human who talked longest; the call began with its first leg and was answered if any leg was
joined AS (
  SELECT
    min_by(activity_id, (started_at, activity_id)) AS activity_id,
    any_value(kind) AS kind,
    min_by(direction, (started_at, activity_id)) FILTER (WHERE direction IS NOT NULL) AS direction,
    max(given_status) AS given_status,
    bool_or(done) AS done,
    min(created_at) AS created_at,
    min(due_at) AS due_at,
    min(started_at) AS started_at,
    max(ended_at) AS ended_at,
    max(completed_at) AS completed_at,
    coalesce(
      arg_max(employee_id, talk_seconds) FILTER (WHERE answered AND employee_id IS NOT NULL),
      min_by(employee_id, (started_at, activity_id)) FILTER (WHERE employee_id IS NOT NULL)
    ) AS employee_id,
    min(lead_id) AS lead_id,
    min(deal_id) AS deal_id,
    min(contact_id) AS contact_id,
    min(account_id) AS account_id,
    min(channel_id) AS channel_id,
    min(client_phone) AS client_phone,
    min(email) AS email,
    bool_or(answered) AS answered,
    sum(talk_seconds) FILTER (WHERE answered) AS talk_seconds,
    min(wait_seconds) FILTER (WHERE answered) AS wait_seconds,
    max(potential) AS potential,
    max(recording_url) AS recording_url,
    max(thread_id) AS thread_id,
    max(in_reply_to) AS in_reply_to,
    max(template) AS template,
    max(subject) AS subject,
    bool_or(is_mass) AS is_mass,
    max(text) AS text,
    max(url) AS url,
    call
  FROM legs
  GROUP BY call
),
whole AS (
  SELECT * FROM read WHERE call IS NULL
  UNION ALL BY NAME
  SELECT * FROM joined
)
SELECT
  activity_id,
  kind,
  direction,
  CASE
    WHEN given_status IS NOT NULL THEN given_status
    WHEN done THEN 'done'
    WHEN completed_at IS NOT NULL OR talk_seconds > 0 THEN 'done'
    -- what came to us took place, though nobody has dealt with it yet
    WHEN direction = 'in' AND kind IN ('call', 'email', 'message') THEN 'done'
    WHEN done = false THEN 'planned'
    WHEN kind IN ('call', 'email', 'message', 'proposal') THEN 'done'
    WHEN kind = 'task' THEN 'planned'
  END AS status,
  created_at,
  due_at,
  started_at,
  ended_at,
  completed_at,
  employee_id,
  lead_id,
  deal_id,
  contact_id,
  account_id,
  channel_id,
  client_phone,
  email,
  CASE WHEN kind = 'call' THEN answered END AS answered,
  CASE WHEN answered AND talk_seconds > 0 THEN talk_seconds END AS talk_seconds,
  CASE WHEN answered THEN wait_seconds END AS wait_seconds,
  potential,
  recording_url,
  thread_id,
  in_reply_to,
  template,
  subject,
  is_mass,
  text,
  url
FROM whole
