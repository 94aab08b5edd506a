-- one row per open deal expected on a month's last day, where a tenth of all open deals or more are
-- by chance it is one in thirty; systems that put a day in by themselves take this one
WITH expected AS (
  SELECT
    deal_id,
    expected_day,
    expected_day = last_day(expected_day) AS is_last
  FROM (
    SELECT deal_id, CAST(timezone($zone, timezone('UTC', expected_close_at)) AS DATE) AS expected_day
    FROM fct_deals
    WHERE outcome = 'open' AND expected_close_at IS NOT NULL AND deleted_at IS NULL
  )
),
counted AS (
  SELECT count(*) FILTER (WHERE is_last) AS last_days, count(*) AS days
  FROM expected
)
SELECT e.deal_id AS entity_id, CAST(e.expected_day AS TEXT) AS detail
FROM expected AS e
CROSS JOIN counted AS c
WHERE e.is_last AND c.days >= 20 AND 10 * c.last_days >= c.days
