-- one row per company: the day from which a record without a day of its own is taken to be there
SELECT coalesce(min(from_day), DATE '2000-01-01') AS day
FROM int_quality_records
WHERE from_day > DATE '1990-01-01'
