"""Where the history of stages is known and where it is missing, by pipeline and source."""

from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics

_COUNTS = ("native_records", "property_records", "snapshot_records", "without_records")


def stage_history(metrics: Metrics) -> list[Row]:
    """Return a row per kind of records, pipeline and source, the one that lacks most first.

    A row: entity, pipeline, source, records, native, property, snapshot, without (records by the best that tells of
    them: a log of changes, dates beside the record, copies of it, nothing), entries (in all), known (percent of the
    records of which it is known when they entered the stage they stand in), median_precision_seconds (of the entries;
    None where there are none).
    """
    rows = [_row(row) for row in records(metrics.rows("dim_stage_history", Scope.everything()))]
    return sorted(rows, key=lambda row: (-int(str(row["without"])), str(row["entity"]), str(row["pipeline"])))


def _row(row: Row) -> Row:
    count = int(str(row["records"]))
    return {
        "entity": row["entity"],
        "pipeline": row["pipeline_id"],
        "source": row["source"],
        "records": count,
        **{name.removesuffix("_records"): row[name] for name in _COUNTS},
        "entries": row["entries"],
        "known": 100 * int(str(row["known_records"])) / count,
        "median_precision_seconds": row["median_precision_seconds"],
    }
