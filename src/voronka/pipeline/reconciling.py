"""Reconciles what two places say: calls of CRM and telephony, won deals and payments, leads and forms, totals."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from voronka.domain.errors import QuestionError
from voronka.lake.ledger import Load, covered_rows
from voronka.pipeline.building import provide
from voronka.pipeline.streams import mendings
from voronka.pipeline.workplace import Workplace
from voronka.transform.reconciling import COLUMNS, Window, matched, reconciliation_sql, sources_of, summed
from voronka.transform.staging import Staging, StreamLoads

CALLS, PAYMENTS, LEADS, TOTALS = KINDS = ("calls", "payments", "leads", "totals")
"""What can be reconciled."""
TOLD = COLUMNS
"""What is told of each pair or lone record."""
WINDOWS = {CALLS: Window(180, 5.0), LEADS: Window(86_400)}
"""How far apart two records may be that are one, and by how much their values may differ: of calls seconds of talk."""
_NEEDED = {
    CALLS: ("src_activities", "int_phones"),
    LEADS: ("src_leads", "identity", "src_touches"),
    PAYMENTS: ("fct_deals", "fct_payments"),
    TOTALS: (),
}
_TOLD = re.compile(r"line (?P<line>\d+) says (?P<told>\S+) in `(?P<column>.+)`; the rows above it make (?P<made>\S+)")
_NOTHING: Mapping[str, Any] = {**dict.fromkeys(COLUMNS), **dict.fromkeys(("here_value", "there_value"), Decimal(0))}


@dataclass(frozen=True)
class Reconciled:
    """What two places say of the same: their names, each pair and lone record, and the sums of these by state."""

    kind: str
    here: str
    there: str
    records: Sequence[Mapping[str, Any]]
    summary: Sequence[Mapping[str, Any]]


def reconcile(work: Workplace, kind: str, here: str = "", there: str = "", seconds: int | None = None) -> Reconciled:
    """Return what two places say of the same records; QuestionError where there are not two.

    `here` and `there` are sources; by default the one with leads or deals of its own, and the other. `seconds` is how
    far apart two records may be.
    """
    if kind not in KINDS:
        raise QuestionError(f"what can be reconciled is {', '.join(KINDS)}, not {kind}")
    if kind == CALLS:
        _check_sources(work)
    provide(work, *_NEEDED[kind])
    if kind == PAYMENTS:
        return _result(work, kind, "deals", "payments", work.session.rows(f"{reconciliation_sql(kind)} ORDER BY ALL"))
    if kind == TOTALS:
        return _result(work, kind, "loaded", "file", list(_totals(work)))
    window = WINDOWS[kind] if seconds is None else Window(seconds, WINDOWS[kind].value)
    found = sources_of(work.session, kind)
    if kind == LEADS and len(found) < 2 and not here:  # noqa: PLR2004 - two places
        return _of_touches(work)
    first, second = _sides(work, kind, found, here, there)
    return _result(work, kind, first, second, matched(work.session, kind, first, second, window))


def _of_touches(work: Workplace) -> Reconciled:
    if sources_of(work.session, "touches") != ["leads", "touches"]:
        raise QuestionError(
            "there are no leads of two sources, and no visits or forms that name a lead",
            do="Map the site's forms into leads, or into touches with lead_id",
        )
    rows = matched(work.session, "touches", "leads", "touches", Window(None))
    return _result(work, LEADS, "leads", "touches", rows)


def _check_sources(work: Workplace) -> None:
    """Refuse what one source alone tells before its rows are read."""
    told = {(load.source, load.stream) for load in work.ledger.loads() if load.is_active}
    found = [
        source.source
        for source in work.sources.values()
        if any((source.source, n) in told and s.into in {"calls", "activities"} for n, s in source.streams.items())
    ]
    if len(found) < 2:  # noqa: PLR2004 - two places
        what = f"only {found[0]} has calls" if found else "no source has calls"
        raise QuestionError(what, do="Import the calls of the CRM and of the telephony, a source each")


def _result(work: Workplace, kind: str, here: str, there: str, rows: list[dict[str, Any]]) -> Reconciled:
    """Return the rows with times as the company's clocks show them, and their sums."""
    zone = work.settings.zone()
    for row in rows:
        for name in ("here_at", "there_at"):
            moment = row[name]
            if isinstance(moment, datetime):
                row[name] = f"{moment.replace(tzinfo=UTC).astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return Reconciled(kind, here, there, rows, summed(rows))


def _sides(work: Workplace, kind: str, found: Sequence[str], here: str, there: str) -> tuple[str, str]:
    """Return the two sources to be held against each other."""
    for name in (here, there):
        if name and name not in found:
            raise QuestionError(f"the source {name} has no {kind}", do=f"Those that have: {', '.join(found) or 'none'}")
    own = [name for name in found if _is_crm(work, name)]
    first = here or next((name for name in [*own, *found] if name != there), "")
    others = [name for name in found if name != first]
    if not there and len(others) != 1:
        told = (
            f"only {first} has {kind}" if first and not others else f"{kind} are of {', '.join(found) or 'no source'}"
        )
        raise QuestionError(told, do="Name two with --here and --there" if others else "Import those of another source")
    return first, there or others[0]


def _is_crm(work: Workplace, name: str) -> bool:
    source = work.sources.get(name)
    return source is not None and any(stream.into == "deals" for stream in source.streams.values())


def _totals(work: Workplace) -> Iterator[dict[str, Any]]:
    """Yield a row per total of a file that our rows do not make, and one per row put aside that explains some of it."""
    for load in work.ledger.loads():
        is_known = load.is_active and load.source in work.sources and load.stream in work.sources[load.source].streams
        for flag in load.flags if is_known else ():
            told = _TOLD.match(flag.message) if flag.code == "total_differs" else None
            if told is not None:
                yield from _explained(work, load, told)


def _explained(work: Workplace, load: Load, told: re.Match[str]) -> Iterator[dict[str, Any]]:
    ours, theirs = _amount(told["made"]), _amount(told["told"])
    place = f"{load.source}.{load.stream} {load.files[0].name if load.files else load.load_id}"
    line, left = int(told["line"]), theirs - ours
    for row in [*_aside(work, load, line, told["column"]), *_mended(work, load, told["column"])]:
        left -= row["there_value"]
        yield row
    yield {
        **_NOTHING,
        "state": "differs" if left else "both",
        "here_id": place,
        "there_id": f"{place}:{line}",
        "name": told["column"],
        "here_value": ours,
        "there_value": ours + left,
        "difference": -left,
        "detail": "unexplained" if left else None,
    }


def _aside(work: Workplace, load: Load, line: int, column: str) -> Iterator[dict[str, Any]]:
    """Yield a row per row put aside above a total, one that is in by a later export too; mended ones are told apart."""
    loads = work.ledger.loads()
    covered = covered_rows(loads).get(load.load_id, ())
    mended = [span for each in loads if each.is_active for span in each.mends.get(load.load_id, ())]
    for row in _rows(work, load, column, "reason IS NOT NULL"):
        number = row["row_number"]
        if number >= line or _is_in(number, mended):
            continue
        value = _known(row["value"])
        is_in = _is_in(number, covered)
        yield {
            **_NOTHING,
            "state": "both" if is_in else "there",
            "there_id": f"{row['file']}:{number}",
            "name": row["key"],
            "here_value": value if is_in else Decimal(0),
            "there_value": value,
            "difference": Decimal(0) if is_in else -value,
            "detail": None if is_in else row["reason"],
        }


def _mended(work: Workplace, load: Load, column: str) -> Iterator[dict[str, Any]]:
    """Yield a row per row of a load that was put aside and is in mended: it is in the total, and in the figures."""
    found = mendings(work.ledger.loads()).get(load.load_id, [])
    family = {load.load_id, *(each.load_id for each in found)}
    for each in found:
        if not set(each.mends) <= family:
            continue  # rows of other files are in it: which of them are of this one is not kept
        for row in _rows(work, each, column, "reason IS NULL"):
            value = _known(row["value"])
            yield {
                **_NOTHING,
                "state": "both",
                "here_id": row["key"],
                "there_id": f"{row['file']}:{row['row_number']}",
                "name": row["key"],
                "here_value": value,
                "there_value": value,
                "difference": Decimal(0),
            }


def _rows(work: Workplace, load: Load, column: str, where: str) -> list[dict[str, Any]]:
    """Return rows of a load with what one column of its file says, read as it was when it was loaded."""
    stream = StreamLoads(work.sources[load.source], load.stream, (load,))
    staging = Staging(work.store, work.session, [stream], work.settings.time_zone)
    return work.session.rows(f"SELECT * FROM ({staging.amounts(stream, column)}) WHERE {where} ORDER BY row_number")


def _is_in(number: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in spans)


def _known(value: object) -> Decimal:
    """Return a number of any type, 0 where there is none."""
    return Decimal(0) if value is None else Decimal(str(value))


def _amount(told: str) -> Decimal:
    """Return the number that a flag tells, 0 where it tells of nothing."""
    try:
        return Decimal(told)
    except InvalidOperation:
        return Decimal(0)
