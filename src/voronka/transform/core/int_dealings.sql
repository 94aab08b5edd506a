-- one row per thing done or planned, of each what is asked again and again: the wide rows are read once for it
SELECT
  activity_id,
  kind,
  direction,
  status,
  started_at,
  answered,
  own_lead_id,
  client_id,
  client_phone,
  thread_id
FROM int_activity_clients
