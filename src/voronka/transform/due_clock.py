"""The SQL that says by when what is bound has to be done, and whether it was: for all spans of time at once."""

DUES = {"int_early_dues": "int_early_spans", "int_late_dues": "int_late_spans"}
"""The tables of dues by the tables of spans that each is worked out of."""


_DUES = """
WITH stretches AS (
  SELECT '' AS person, opens_at AS starts_at, closes_at AS ends_at, worked_before_seconds * 1000000 AS before
  FROM dim_calendar
  WHERE closes_at > opens_at
  UNION ALL
  SELECT employee_id, starts_at, ends_at, worked_before_seconds * 1000000
  FROM employee_clock
),
known AS (
  SELECT CAST(min(day) AS TIMESTAMP) AS first_at, CAST(max(day) AS TIMESTAMP) AS last_at FROM dim_calendar
),
spans AS (
  SELECT
    s.* REPLACE (CASE WHEN s.stopped_at >= k.first_at AND s.stopped_at < k.last_at THEN s.stopped_at END AS stopped_at),
    CASE
      WHEN s.started_at >= k.first_at AND s.started_at < k.last_at THEN s.started_at + to_seconds(s.started_after)
    END AS known_at,
    s.started_before + s.started_after > 0 AS is_rough,
    CASE
      WHEN s.clock = 'shift' AND s.employee_id IN (SELECT employee_id FROM employee_clock) THEN s.employee_id
      WHEN s.clock <> 'calendar' THEN ''
    END AS person
  FROM {spans} AS s
  CROSS JOIN known AS k
),
begun AS (
  SELECT s.*, {begun} AS started_clock
  FROM spans AS s
  ASOF LEFT JOIN stretches AS c ON s.person = c.person AND s.known_at >= c.starts_at
),
ended AS (
  SELECT s.*, {ended} AS stopped_clock
  FROM (SELECT *, stopped_at + to_seconds(stopped_after) AS done_at FROM begun) AS s
  ASOF LEFT JOIN stretches AS c ON s.person = c.person AND s.done_at >= c.starts_at
),
earliest AS (
  SELECT s.*, {earliest} AS earliest_clock
  FROM (
    SELECT
      *,
      CASE WHEN is_rough THEN person END AS rough_person,
      CASE WHEN is_rough THEN known_at - to_seconds(started_before + started_after) END AS earliest_at
    FROM ended
  ) AS s
  ASOF LEFT JOIN stretches AS c ON s.rough_person = c.person AND s.earliest_at >= c.starts_at
),
limited AS (
  SELECT
    s.*,
    CASE
      WHEN s.person IS NULL THEN s.known_at + to_microseconds(s.allowed)
      WHEN s.started_clock + s.allowed <= c.before + epoch_us(c.ends_at) - epoch_us(c.starts_at)
        THEN c.starts_at + to_microseconds(s.started_clock + s.allowed - c.before)
    END AS due_at
  FROM earliest AS s
  ASOF LEFT JOIN stretches AS c ON s.person = c.person AND s.started_clock + s.allowed > c.before
)
SELECT
  regulation_id,
  entity,
  record_id,
  pipeline_id,
  employee_id,
  clock,
  allowed,
  started_at,
  due_at,
  stopped_at,
  started_clock,
  CASE
    WHEN stopped_at IS NULL THEN said_seconds * 1000000
    WHEN stopped_clock <= started_clock THEN 0
    ELSE stopped_clock - started_clock
  END AS taken,
  CASE
    WHEN stopped_at - to_seconds(stopped_before) > due_at THEN false
    WHEN is_rough AND stopped_clock - earliest_clock < allowed + CASE WHEN person IS NULL THEN 1 ELSE 0 END THEN true
    WHEN stopped_at IS NOT NULL THEN CASE WHEN NOT is_rough AND done_at <= due_at THEN true END
    ELSE said_seconds * 1000000 <= allowed
  END AS is_in_time,
  closed_at
FROM limited
"""


def dues_select(spans: str) -> str:
    """Return the SELECT of the dues of a table of spans, a row for each.

    A span has `clock`, `allowed` (microseconds of it), `employee_id` (whose shifts count), `started_at`, `stopped_at`,
    `said_seconds` (what it took where only that is told) and `closed_at` (of its record). Added are what the clock
    showed at the start and how long it ran until the stop (both in microseconds), the moment it is due at and whether
    it was stopped by then.

    The true start may lie `started_before` seconds before the one told or `started_after` after it, the stop likewise:
    it is due by the latest start there may have been, and was late or in time only where it surely was, else unknown.

    A clock is a row of stretches of work, each with the time worked before it: the company's, or a person's own. Its
    reading is found by the last stretch that began before a moment, the due by the last one before a reading. What the
    calendar does not know, before or behind it, is no moment: sources write an empty date as a year long past.
    """
    return _DUES.format(
        spans=spans, begun=_reading("s.known_at"), ended=_reading("s.done_at"), earliest=_reading("s.earliest_at")
    )


def _reading(moment: str) -> str:
    """Return what the clock of a span shows at a moment; before its first stretch nothing is worked."""
    return f"""CASE
      WHEN s.person IS NULL THEN epoch_us({moment})
      WHEN c.person IS NULL AND {moment} IS NOT NULL THEN 0
      ELSE c.before + epoch_us(least({moment}, c.ends_at)) - epoch_us(c.starts_at)
    END"""
