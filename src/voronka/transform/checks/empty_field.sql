-- one row per record in which a field that has to be filled is empty, of the sources that give it of some record
SELECT $key AS entity_id
FROM $table
WHERE
  $value IS NULL
  AND split_part($key, ':', 1) IN (SELECT split_part($key, ':', 1) FROM $table WHERE $value IS NOT NULL)
