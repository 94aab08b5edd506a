"""Stage changes told by nothing but copies: what stood in one load and stands otherwise in the next one."""

from voronka.transform.import_tables import SNAPSHOTS, staging_columns
from voronka.transform.mapping import SERVICE


def stage_moves(versions: str, *, by_load: bool) -> str:
    """Return the SELECT of the moves between the versions of each record, in the columns of SNAPSHOTS.

    `versions`: the staged rows of one stream of deals or leads, of all loads that count; by_load: its loads tell the
    order (full snapshots), otherwise the records' own `updated_at` does where it is known, as for last versions.
    A move was made after `since_at`, when the older stage stood last, and by `changed_at`: when the newer one was
    received, or last updated. The first version of a record is no move, nor is one whose span nothing bounds.
    """
    order = "_received_at, _row" if by_load else "updated_at NULLS FIRST, _received_at, _row"
    told = ", ".join(name for name in SERVICE if name != "_deleted")
    columns = ", ".join(name for name in staging_columns()[SNAPSHOTS] if name not in {"from_stage", "since_at"})
    return f"""
    WITH versions AS (
      SELECT *
      FROM (SELECT * FROM ({versions}) WHERE NOT _deleted AND stage IS NOT NULL)
      -- rows of one load that differ in nothing that tells their order are no history
      QUALIFY row_number() OVER (PARTITION BY _key, _load_id, updated_at ORDER BY _row DESC) = 1
    ),
    compared AS (
      SELECT
        *,
        lag(stage) OVER record AS from_stage,
        lag(pipeline) OVER record AS from_pipeline,
        lag(updated_at) OVER record AS old_updated_at,
        lag(_received_at) OVER record AS old_received_at
      FROM versions
      WINDOW record AS (PARTITION BY _key ORDER BY {order})
    ),
    timed AS (
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
        *,
        CASE WHEN old_received_at < changed_at THEN greatest(old_received_at, coalesce(old_updated_at, old_received_at))
          ELSE old_updated_at END AS since_at
      FROM timed
    )
    SELECT {columns}, from_stage, since_at, {told}, _deleted
    FROM bounded
    WHERE since_at <= changed_at
    """
