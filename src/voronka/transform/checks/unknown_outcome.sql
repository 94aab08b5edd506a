-- one row per deal with an outcome that is neither won, lost nor open
SELECT deal_id AS entity_id, _load_id AS load_id, outcome AS detail
FROM src_deals
WHERE lower(trim(outcome)) NOT IN ('won', 'lost', 'open')
