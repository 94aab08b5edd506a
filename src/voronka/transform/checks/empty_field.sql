-- one row per record in which a field that has to be filled is empty
SELECT $key AS entity_id
FROM $table
WHERE $value IS NULL
