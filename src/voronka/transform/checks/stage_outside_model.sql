-- one row per stage met in data that no pipeline lists
SELECT stage_id AS entity_id, title, pipeline_id AS detail
FROM dim_stage
WHERE NOT in_model
