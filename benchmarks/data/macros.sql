-- Numbers that look random and are the same each time: a hash of the row, of what is drawn and of the seed.
CREATE MACRO part(i, what) AS (hash(i * 64 + what + getvariable('seed') * 1000000007) % 1000000) / 1e6;
CREATE MACRO drawn(i, what, n) AS CAST(floor(part(i, what) * n) AS BIGINT);
-- The time of record i of n: they come in order over the months, give or take two days, never on a weekend, 9 to 19.
CREATE MACRO workday(d) AS d - CASE WHEN isodow(d) > 5 THEN CAST(isodow(d) - 5 AS INTEGER) ELSE 0 END;
CREATE MACRO happened(i, n, what) AS CAST(workday(greatest(least(
  getvariable('start') + CAST(i * getvariable('days') // n + drawn(i, what, 5) - 2 AS INTEGER),
  getvariable('start') + CAST(getvariable('days') - 1 AS INTEGER)
), getvariable('start') + 2)) AS TIMESTAMP) + to_seconds(32400 + drawn(i, what + 1, 36000));
CREATE MACRO last_moment() AS CAST(getvariable('start') + CAST(getvariable('days') AS INTEGER) AS TIMESTAMP);
