"""The event log of another process that a source of the company keeps: tickets, orders, all imported as `events`."""

from dataclasses import dataclass

import numpy as np

from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.journey_log import numbers_of
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics

TABLE = "fct_foreign_events"
NONE_KEPT = "Import a log `into: events` (see `voronka map FILE --into events --source NAME`)"


@dataclass(frozen=True, eq=False)
class KeptLog:
    """The events of a source; `rows` are all it has, `without` those of no case, no activity or no time."""

    log: EventLog
    rows: int
    without: int


def kept_logs(metrics: Metrics, scope: Scope) -> list[str]:
    """Return the sources that keep events of other processes, by name; none for whoever sees only a part."""
    if scope != Scope.everything():
        return []
    found = set(metrics.rows(TABLE, scope, columns=("source",))["source"].to_pylist())
    return sorted(str(name) for name in found if name is not None)


def kept_log(metrics: Metrics, source: str, scope: Scope) -> KeptLog:
    """Return the events that a source keeps, those of one case and time as they stood in its files.

    Whoever sees only a part of the company has no part of them that is theirs: the scope has to be everything.
    A log is read once while the data stand. QuestionError where the source keeps no events.
    """
    if scope != Scope.everything():
        raise QuestionError("the events of another process are nobody's own", do="Ask as one who sees everything")
    return metrics.kept((TABLE, source), lambda: _read(metrics, source, scope))


def _read(metrics: Metrics, source: str, scope: Scope) -> KeptLog:
    columns = ("case_id", "activity", "happened_at", "position")
    found = metrics.rows(TABLE, scope, {"source": source}, columns)
    if not found.num_rows:
        known = kept_logs(metrics, scope)
        raise QuestionError(f"no source {source} keeps events", do=did_you_mean(source, known) or NONE_KEPT)
    order = np.argsort(numbers_of(found, "position"), kind="stable").tolist()
    cases, steps, moments = (found.column(name).to_pylist() for name in columns[:3])
    whole = [place for place in order if None not in (cases[place], steps[place], moments[place])]
    if not whole:
        raise QuestionError(f"no row of {source} is an event", do="Look at its columns: case_id, activity, happened_at")
    at = np.array([moments[place] for place in whole], dtype="datetime64[us]").astype(np.int64)
    log = event_log((str(cases[place]) for place in whole), (str(steps[place]) for place in whole), at)
    return KeptLog(log, found.num_rows, found.num_rows - len(whole))
