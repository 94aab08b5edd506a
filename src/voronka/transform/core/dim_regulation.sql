-- one row per regulation; of one that binds pipelines in several ways, as the first of its files has it
SELECT regulation_id, title, entity, start AS starts_with, stop AS stops_with, minutes, clock, owner, version, reviewed_on, position
FROM cfg_regulations
QUALIFY row_number() OVER (PARTITION BY regulation_id ORDER BY pipeline_id NULLS LAST) = 1
