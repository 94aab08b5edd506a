"""Stage changes told by nothing but copies: what stood in one load and stands otherwise in the next one."""

from voronka.transform.import_tables import SNAPSHOTS, staging_columns
from voronka.transform.mapping import SERVICE

_BOUNDS = ("since_at", "known_at")
_LOADS = """loads AS (
      SELECT
        _load_id,
        greatest(
          max(created_at) FILTER (WHERE created_at <= _received_at),
          max(updated_at) FILTER (WHERE updated_at <= _received_at)
        ) AS tells_until
      FROM staged
      GROUP BY _load_id
    ),"""
"""The loads of the staged rows, each with the last moment that it tells of, NULL where it tells of none."""
_SPANS = """timed AS (
      SELECT
        *,
        CASE
          WHEN updated_at > coalesce(old_updated_at, old_received_at) AND updated_at <= _received_at THEN updated_at
          ELSE _received_at
        END AS changed_at
      FROM compared
      WHERE from_stage IS NOT NULL AND (stage, pipeline) IS DISTINCT FROM (from_stage, from_pipeline)
    ),
    bounded AS (
      SELECT
        timed.*,
        CASE WHEN old_received_at < changed_at THEN greatest(old_received_at, coalesce(old_updated_at, old_received_at))
          ELSE old_updated_at END AS since_at,
        CASE WHEN old_received_at < changed_at THEN coalesce(
          greatest(loads.tells_until, old_updated_at), old_received_at
        ) ELSE old_updated_at END AS known_at
      FROM timed
      JOIN loads ON loads._load_id = timed.old_load_id
    )"""
"""Of the versions compared, those that moved, with the span in which they did."""


def stage_moves(versions: str, *, by_load: bool) -> str:
    """Return the SELECT of the moves between the versions of each record, in the columns of SNAPSHOTS.

    `versions`: the staged rows of one stream of deals or leads, of all loads that count; by_load: its loads tell the
    order (full snapshots), otherwise the records' own `updated_at` does where it is known, as for last versions.
    A move was made by `changed_at`: when the newer stage was received, or last updated; and after `since_at`, when the
    older one was. What is received may be old: that the older stage still stood is known only until `known_at`, the
    last moment at which its load says that a record was made or changed, where it says that of any. The first version
    of a record is no move, nor is one whose span nothing bounds.
    """
    order = "_received_at, _row" if by_load else "updated_at NULLS FIRST, _received_at, _row"
    told = ", ".join(name for name in SERVICE if name != "_deleted")
    columns = ", ".join(name for name in staging_columns()[SNAPSHOTS] if name not in {"from_stage", *_BOUNDS})
    bounds = ", ".join(_BOUNDS)
    return f"""
    WITH staged AS (
      SELECT * FROM ({versions}) WHERE NOT _deleted AND stage IS NOT NULL
    ),
    {_LOADS}
    versions AS (
      SELECT *
      FROM staged
      -- rows of one load that differ in nothing that tells their order are no history
      QUALIFY row_number() OVER (PARTITION BY _key, _load_id, updated_at ORDER BY _row DESC) = 1
    ),
    compared AS (
      SELECT
        *,
        lag(stage) OVER record AS from_stage,
        lag(pipeline) OVER record AS from_pipeline,
        lag(updated_at) OVER record AS old_updated_at,
        lag(_received_at) OVER record AS old_received_at,
        lag(_load_id) OVER record AS old_load_id
      FROM versions
      WINDOW record AS (PARTITION BY _key ORDER BY {order})
    ),
    {_SPANS}
    SELECT {columns}, from_stage, {bounds}, {told}, _deleted
    FROM bounded
    WHERE since_at <= changed_at
    """
