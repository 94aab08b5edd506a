-- one row per person, team, role and span of whole company days
WITH said AS (
  SELECT
    employee_id,
    team_id,
    role,
    valid_from IS NOT NULL OR valid_to IS NOT NULL AS is_dated,
    coalesce(valid_from, DATE '1900-01-01') AS valid_from,
    coalesce(valid_to, DATE '9999-12-31') AS valid_to,
    CAST(timezone($zone, timezone('UTC', _received_at)) AS DATE) AS seen_on,
    _is_latest AND NOT _is_gone AS is_held,
    _source,
    _stream,
    _received_at,
    _row
  FROM src_employees
  WHERE merged_into IS NULL AND employee_id IS NOT NULL AND _source <> 'voronka'
),
dated AS (
  SELECT employee_id, team_id, role, valid_from, valid_to, _received_at, _row
  FROM said
  WHERE is_dated AND is_held
),
-- without dates, the successive exports are the history: the last one of a day holds from that day on, the first from ever
seen AS (
  SELECT *
  FROM said
  WHERE NOT is_dated
  QUALIFY _received_at = max(_received_at) OVER (PARTITION BY employee_id, _source, _stream, seen_on)
),
exports AS (
  SELECT
    employee_id,
    _source,
    _stream,
    seen_on,
    lag(seen_on) OVER (PARTITION BY employee_id, _source, _stream ORDER BY seen_on) IS NULL AS is_first,
    lead(seen_on) OVER (PARTITION BY employee_id, _source, _stream ORDER BY seen_on) AS next_on
  FROM (SELECT DISTINCT employee_id, _source, _stream, seen_on FROM seen)
),
spans AS (
  SELECT
    s.employee_id,
    s.team_id,
    s.role,
    CASE WHEN e.is_first THEN DATE '1900-01-01' ELSE e.seen_on END AS valid_from,
    coalesce(e.next_on, DATE '9999-12-31') AS valid_to,
    s._received_at,
    s._row
  FROM seen AS s
  JOIN exports AS e
    ON e.employee_id = s.employee_id
    AND e._source = s._source
    AND e._stream = s._stream
    AND e.seen_on = s.seen_on
  WHERE NOT EXISTS (
    SELECT 1 FROM dated AS d WHERE d.employee_id = s.employee_id AND d.role IS NOT DISTINCT FROM s.role
  )
  UNION ALL
  SELECT employee_id, team_id, role, valid_from, valid_to, _received_at, _row FROM dated
),
bounds AS (
  SELECT employee_id, role, valid_from AS day FROM spans
  UNION
  SELECT employee_id, role, valid_to FROM spans
),
pieces AS (
  SELECT employee_id, role, day AS valid_from, lead(day) OVER (PARTITION BY employee_id, role ORDER BY day) AS valid_to
  FROM bounds
),
-- where spans of the same person and role overlap, the one begun last holds
chosen AS (
  SELECT p.employee_id, s.team_id, p.role, p.valid_from, p.valid_to
  FROM pieces AS p
  JOIN spans AS s
    ON s.employee_id = p.employee_id
    AND s.role IS NOT DISTINCT FROM p.role
    AND s.valid_from <= p.valid_from
    AND s.valid_to >= p.valid_to
  WHERE s.team_id IS NOT NULL OR s.role IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY p.employee_id, p.role, p.valid_from
    ORDER BY s.valid_from DESC, s._received_at DESC, s._row DESC
  ) = 1
),
turned AS (
  SELECT
    *,
    CASE
      WHEN team_id IS NOT DISTINCT FROM lag(team_id) OVER (PARTITION BY employee_id, role ORDER BY valid_from)
        AND valid_from = lag(valid_to) OVER (PARTITION BY employee_id, role ORDER BY valid_from) THEN 0
      ELSE 1
    END AS is_new
  FROM chosen
),
numbered AS (
  SELECT *, sum(is_new) OVER (PARTITION BY employee_id, role ORDER BY valid_from) AS turn FROM turned
)
SELECT employee_id, team_id, role, min(valid_from) AS valid_from, max(valid_to) AS valid_to
FROM numbered
GROUP BY employee_id, team_id, role, turn
