-- one row per deal whose amount is known to have changed and span of days: the amount at the end of them, in the deal's currency
-- of the last span the deal itself says the amount; what is no number tells nothing
WITH said AS (
  SELECT
    entity_id AS deal_id,
    changed_at,
    CAST(timezone($zone, timezone('UTC', changed_at)) AS DATE) AS day,
    regexp_replace(old, '[^0-9,.+-]', '', 'g') AS old,
    regexp_replace(new, '[^0-9,.+-]', '', 'g') AS new,
    _received_at,
    _row
  FROM int_changes
  WHERE entity = 'deal'
    AND changed_at IS NOT NULL
    AND field IN ('amount', 'budget', 'deal amount', 'opportunity', 'price', 'sum', 'бюджет', 'сумма', 'сумма сделки')
),
-- thousands stand apart by one mark, the fraction by the other
read AS (
  SELECT
    * REPLACE (
      TRY_CAST(
        CASE WHEN old SIMILAR TO '[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?' THEN replace(old, ',', '')
        WHEN old SIMILAR TO '[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?' THEN replace(replace(old, '.', ''), ',', '.')
        ELSE replace(old, ',', '.') END AS DECIMAL(18,2)
      ) AS old,
      TRY_CAST(
        CASE WHEN new SIMILAR TO '[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?' THEN replace(new, ',', '')
        WHEN new SIMILAR TO '[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?' THEN replace(replace(new, '.', ''), ',', '.')
        ELSE replace(new, ',', '.') END AS DECIMAL(18,2)
      ) AS new
    )
  FROM said
),
firsts AS (
  SELECT deal_id, day, old
  FROM read
  QUALIFY row_number() OVER (PARTITION BY deal_id ORDER BY changed_at, _received_at, _row) = 1
),
days AS (
  SELECT
    deal_id,
    day,
    arg_max(new, (changed_at, _received_at, _row)) AS amount
  FROM read
  GROUP BY deal_id, day
),
spans AS (
  SELECT
    deal_id,
    day AS from_day,
    lead(day) OVER (PARTITION BY deal_id ORDER BY day) AS next_day,
    amount
  FROM days
)
SELECT deal_id, DATE '1900-01-01' AS from_day, day AS to_day, old AS amount, false AS is_last
FROM firsts
UNION ALL
SELECT deal_id, from_day, coalesce(next_day, DATE '9999-12-31'), amount, next_day IS NULL
FROM spans
