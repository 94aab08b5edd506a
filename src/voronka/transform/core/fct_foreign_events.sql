-- one row per event of a foreign process log; what ties in time stands as in the files, position by position
SELECT
  case_id,
  activity,
  happened_at,
  resource,
  _source AS source,
  row_number() OVER (PARTITION BY _source ORDER BY _received_at, _row) AS position
FROM src_events
