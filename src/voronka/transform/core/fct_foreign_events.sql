-- one row per event of a foreign process log
SELECT case_id, activity, happened_at, resource, _source AS source
FROM src_events
