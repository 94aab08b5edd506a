-- one row per lead or deal of a journey, person, part and span of days [from_day, to_day) on which they had a part in it
-- a part begins with the record or when it was taken over, and ends when it is given away or all is closed: a day at least
WITH records AS (
  SELECT r.*, CASE WHEN r.entity = 'deal' THEN d.closed_day ELSE j.closed_day END AS closed_day
  FROM int_journey_records AS r
  LEFT JOIN fct_deals AS d ON r.entity = 'deal' AND d.deal_id = r.entity_id
  LEFT JOIN fct_journeys AS j ON j.number = r.number
),
spans AS (
  SELECT
    r.number,
    r.entity,
    r.entity_id,
    o.employee_id,
    o.part,
    CASE
      WHEN o.valid_from <= TIMESTAMP '1900-01-01' OR o.valid_from <= r.created_at
        THEN coalesce(r.created_day, DATE '1900-01-01')
      ELSE CAST(timezone($zone, timezone('UTC', o.valid_from)) AS DATE)
    END AS from_day,
    CASE
      WHEN o.valid_to >= TIMESTAMP '9999-01-01' THEN DATE '9999-12-31'
      ELSE CAST(timezone($zone, timezone('UTC', o.valid_to - INTERVAL 1 MICROSECOND)) AS DATE) + 1
    END AS given_day,
    coalesce(r.closed_day + 1, DATE '9999-12-31') AS ended_day
  FROM record_owner AS o
  JOIN records AS r ON r.entity = o.entity AND r.entity_id = o.entity_id
  WHERE o.employee_id IS NOT NULL AND o.valid_from < o.valid_to
    AND (r.created_at IS NULL OR o.valid_to > r.created_at)
)
SELECT DISTINCT
  number,
  entity,
  entity_id,
  employee_id,
  part,
  from_day,
  greatest(from_day + 1, least(given_day, ended_day)) AS to_day
FROM spans
