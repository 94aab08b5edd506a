"""Reads times and days: by formats, ISO, epochs, serial days of a spreadsheet, in words; sentinels are nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from voronka.lake.session import literal
from voronka.transform.number_readers import bound
from voronka.transform.spelled_times import spelled

ISO, ISO_OFFSET = "iso", "iso_offset"
EPOCH = "epoch"
"""Seconds, milli- or microseconds since 1970, told apart by their digits."""
SERIAL = "serial"
"""Days since the end of 1899, as spreadsheets count them."""
SERIAL_1904 = "serial_1904"
"""Days since the first of 1904, as workbooks count them that say so."""
WORDS = {True: "words, day first", False: "words, month first"}
"""Any other spelling, with the order of day and month where both are numbers."""
EARLIEST = {"time": "1989-12-31 10:00:00", "day": "1950-01-01 00:00:00"}
"""What is older is no time of a sale; people may have been hired before."""
SENTINELS = (
    "1753-01-01",
    "1899-12-30",
    "1899-12-31",
    "1900-01-01",
    "1901-01-01",
    "2099-12-31",
    "2999-12-31",
    "3000-01-01",
)
"""Days that mean that there is none, beside the first and last that calendars have and the midnight of 1970-01-01."""
_ZERO = r"^0+(\.0+)?$|^0{1,4}[-./]0{1,2}[-./]0{1,4}|^1900-01-00|^00\.01\.1900"
_OFFSET = r":[0-9.]+ ?[+-][0-9:]+$"
_IS_NAME = re.compile(r'[a-z_]+(?:\.[a-z_]+)?|"[^"]+"')
_HOURS_OFF = 14
"""Hours that a zone may be off UTC."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2077


@dataclass(frozen=True)
class Jump:
    """A change of a zone's clock: the local times [start, end) that never were, or (a fold) were twice."""

    start: datetime
    end: datetime
    is_fold: bool

    def text(self) -> str:
        """Return it as the ledger keeps it."""
        return f"{self.start.isoformat(sep=' ')}/{self.end.isoformat(sep=' ')}"


@dataclass(frozen=True)
class Clock:
    """How texts of a column become UTC: formats in the order they are tried, zones, and folds that values fall into."""

    formats: tuple[str, ...]
    zone: str
    company_zone: str
    folds: tuple[str, ...] = ()
    latest_year: int = 2099


@dataclass(frozen=True)
class Steady:
    """A zone whose clock is moved no more: since when, in local time and UTC alike, and its seconds ahead of UTC."""

    since: datetime
    seconds: int


def to_utc(local: str, zone: str) -> str:
    """Return the SQL of a local time of `zone` as UTC."""
    return _shifted(local, zone, -1, lambda at: f"timezone('UTC', timezone({literal(zone)}, {at}))")


def to_local(utc: str, zone: str) -> str:
    """Return the SQL of a time in UTC as local time of `zone`."""
    return _shifted(utc, zone, 1, lambda at: f"timezone({literal(zone)}, timezone('UTC', {at}))")


def _shifted(at: str, zone: str, sign: int, looked_up: Callable[[str], str]) -> str:
    """Return the SQL of a time moved by a zone: looking up the rules of the zone is ten times dearer than to add."""
    if zone == "UTC":
        return at
    known = steady(zone)
    if known is None:
        return looked_up(at)
    name = at if _IS_NAME.fullmatch(at) else "z"
    added = f"{name} + to_seconds({sign * known.seconds})"
    moved = f"CASE WHEN {name} >= TIMESTAMP '{known.since}' THEN {added} ELSE {looked_up(name)} END"
    return moved if name == at else bound(name, f"CAST({at} AS TIMESTAMP)", moved)


def moment(clock: Clock, text: str) -> str:
    """Return the SQL of a text's time in UTC, NULL where it cannot be read, is a sentinel or of an unlikely year."""
    return _likely(clock, written(clock, text), "time")


def day(clock: Clock, text: str) -> str:
    """Return the SQL of a text's day in the company's zone, NULL where it cannot be read or none is meant."""
    return f"CAST({_likely(clock, _local_day(clock, text), 'day')} AS DATE)"


def is_none(clock: Clock, text: str) -> str:
    """Return the SQL that says whether a text is a time that stands for none: 0000-00-00, 9999-12-31, 1970-01-01."""
    days = ", ".join(f"DATE '{text}'" for text in SENTINELS)
    # midnight of another zone
    epoch = f"t BETWEEN TIMESTAMP '1969-12-31 {24 - _HOURS_OFF}:00' AND TIMESTAMP '1970-01-01 {_HOURS_OFF}:00'"
    ends = "t < TIMESTAMP '0001-01-05' OR t >= TIMESTAMP '9999-12-30'"
    is_it = f"coalesce({epoch} OR {ends} OR CAST(t AS DATE) IN ({days}), false)"
    return f"(regexp_matches({text}, {literal(_ZERO)}) OR {bound('t', _local_day(clock, text), is_it)})"


def local(clock: Clock, text: str) -> str:
    """Return the SQL of a text's time as written, NULL where the text tells its offset from UTC or cannot be read."""
    parts = [part for part in (_formatted(clock, text), _serial(clock, text)) if part]
    if (words := _words(clock, text)) is not None:
        parts.append(bound("_w", words, "CASE WHEN _w.minutes IS NULL THEN _w.at END"))
    found = _first(parts)
    exact = [_with_offset(text)] if ISO_OFFSET in clock.formats else []
    exact += [_epoch(text)] if EPOCH in clock.formats else []
    return f"CASE WHEN {' AND '.join(f'{each} IS NULL' for each in exact)} THEN {found} END" if exact else found


@cache
def jumps(zone: str) -> tuple[Jump, ...]:
    """Return when the clocks of a zone were moved, from 1990 on."""
    known = ZoneInfo(zone)
    found = []
    at, step = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC), timedelta(days=7)
    while at.year < _LAST_YEAR:
        if (at + step).astimezone(known).utcoffset() != at.astimezone(known).utcoffset():
            found.append(_jump(known, at, at + step))
        at += step
    return tuple(found)


@cache
def steady(zone: str) -> Steady | None:
    """Return since when the clock of a zone is moved no more, None where it will be."""
    moves = jumps(zone)
    last = moves[-1].end if moves else datetime(_FIRST_YEAR, 1, 1)  # noqa: DTZ001 - local as the ends of jumps are
    if last.year >= _LAST_YEAR - 1:
        return None
    since = datetime(last.year, last.month, last.day) + timedelta(days=2)  # noqa: DTZ001 - past the move in UTC too
    offset = since.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return Steady(since, int(offset.total_seconds()))


def _jump(known: ZoneInfo, low: datetime, high: datetime) -> Jump:
    """Return the change of the clock between two moments: the one that the higher one is after."""
    first, last = low.astimezone(known).utcoffset(), high.astimezone(known).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(known).utcoffset() == first:
            low = middle
        else:
            high = middle
    at = high.replace(microsecond=0, tzinfo=None)
    old, new = at + (first or timedelta()), at + (last or timedelta())
    return Jump(min(old, new), max(old, new), is_fold=new < old)


def within(jumps_of_zone: Sequence[str], at: str) -> str:
    """Return the SQL that says whether a local time is within one of the changes of the clock."""
    spans = [text.split("/") for text in jumps_of_zone]
    tests = [f"({at} >= TIMESTAMP '{start}' AND {at} < TIMESTAMP '{end}')" for start, end in spans]
    return f"({' OR '.join(tests)})" if tests else "false"


def _likely(clock: Clock, value: str, kind: str) -> str:
    latest = f"TIMESTAMP '{clock.latest_year + 1}-01-01 {_HOURS_OFF}:00:00'"
    bounds = f"t >= TIMESTAMP '{EARLIEST[kind]}' AND t < {latest}"
    epoch = "" if kind == "time" else " AND t <> TIMESTAMP '1970-01-01'"
    return bound("t", value, f"CASE WHEN {bounds}{epoch} THEN t END")


def written(clock: Clock, text: str) -> str:
    """Return the SQL of a text's time in UTC, of whatever year it is."""
    parts = []
    if ISO_OFFSET in clock.formats:
        parts.append(f"timezone('UTC', {_with_offset(text)})")
    if (formatted := _formatted(clock, text)) is not None:
        parts.append(_local_to_utc(clock, formatted, _is_clock(clock, text)))
    if EPOCH in clock.formats:
        parts.append(_epoch(text))
    if (serial := _serial(clock, text)) is not None:
        parts.append(_local_to_utc(clock, serial, f"regexp_matches({text}, '[.,]')"))
    if (words := _words(clock, text)) is not None:
        local_time = _local_to_utc(clock, "_w.at", "_w.is_timed")
        moscow = to_utc("_w.at", "Europe/Moscow")
        exact = f"CASE WHEN _w.is_moscow THEN {moscow} ELSE _w.at END - to_minutes(_w.minutes)"
        parts.append(bound("_w", words, f"CASE WHEN _w.minutes IS NULL THEN {local_time} ELSE {exact} END"))
    return _first(parts)


def _local_day(clock: Clock, text: str) -> str:
    """Return the SQL of a text's local time, in the company's zone where the text tells its offset."""
    exact = []
    if ISO_OFFSET in clock.formats:
        exact.append(f"timezone({literal(clock.company_zone)}, {_with_offset(text)})")
    if EPOCH in clock.formats:
        exact.append(to_local(_epoch(text), clock.company_zone))
    parts = [part for part in (_formatted(clock, text), _serial(clock, text)) if part]
    if (words := _words(clock, text)) is not None:
        moscow = to_utc("_w.at", "Europe/Moscow")
        utc = f"CASE WHEN _w.is_moscow THEN {moscow} ELSE _w.at END - to_minutes(_w.minutes)"
        of_company = to_local(f"({utc})", clock.company_zone)
        parts.append(bound("_w", words, f"CASE WHEN _w.minutes IS NULL THEN _w.at ELSE {of_company} END"))
    return _first([*exact, *parts])


def _first(parts: Sequence[str]) -> str:
    if not parts:
        return "CAST(NULL AS TIMESTAMP)"
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def _formatted(clock: Clock, text: str) -> str | None:
    """Return the SQL of the time as written by the formats; None where there are none."""
    special = {ISO, ISO_OFFSET, EPOCH, SERIAL, SERIAL_1904, *WORDS.values()}
    formats = [f for f in clock.formats if f not in special]
    parts = []
    if formats:
        parts.append(f"try_strptime({text}, [{', '.join(literal(f) for f in formats)}])")
    if ISO in clock.formats:
        iso = f"TRY_CAST({text} AS TIMESTAMP)"
        is_mixed = any(f in clock.formats for f in WORDS.values())
        # the engine takes `10:15 Europe/Moscow` or an offset that no zone has, and leaves it out
        has_no_zone = f"{text}[-1] BETWEEN '0' AND '9' AND NOT regexp_matches({text}, {literal(_OFFSET)})"
        parts.append(f"CASE WHEN {has_no_zone} THEN {iso} END" if is_mixed or ISO_OFFSET in clock.formats else iso)
    return _first(parts) if parts else None


def _with_offset(text: str) -> str:
    """Return the SQL of the moment of a text that ends in an offset behind a time of day, NULL for any other."""
    offset = r":[0-9]{2}(\.[0-9]+)? ?(Z|[+-](0[0-9]|1[0-4]):?([0-5][0-9])?)$"
    joined = f"regexp_replace({text}, ' (Z|[+-][0-9:]+)$', '\\1')"
    spelled_out = f"regexp_replace({joined}, '([+-][0-9]{{2}})([0-9]{{2}})$', '\\1:\\2')"
    return f"CASE WHEN regexp_matches({text}, {literal(offset)}) THEN TRY_CAST({spelled_out} AS TIMESTAMPTZ) END"


def _epoch(text: str) -> str:
    seconds = f"CAST(round(TRY_CAST(replace({text}, ',', '.') AS DECIMAL(20,6)) * 1000000) AS BIGINT)"
    whole = f"TRY_CAST({text} AS BIGINT)"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{9,10}}([.,][0-9]+)?') THEN make_timestamp({seconds}) "
        f"WHEN regexp_full_match({text}, '[0-9]{{13}}') THEN make_timestamp({whole} * 1000) "
        f"WHEN regexp_full_match({text}, '[0-9]{{16}}') THEN make_timestamp({whole}) END"
    )


def _serial(clock: Clock, text: str) -> str | None:
    """Return the SQL of the time of a serial day, to the second: its fraction is not exact; None if there are none."""
    if not {SERIAL, SERIAL_1904} & set(clock.formats):
        return None
    first = "1904-01-01" if SERIAL_1904 in clock.formats else "1899-12-30"
    seconds = f"CAST(round(TRY_CAST(replace({text}, ',', '.') AS DOUBLE) * 86400) AS BIGINT)"
    made = f"TIMESTAMP '{first}' + to_seconds({seconds})"
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{5}}([.,][0-9]+)?') THEN {made} END"


def _words(clock: Clock, text: str) -> str | None:
    found = [day_first for day_first, name in WORDS.items() if name in clock.formats]
    return spelled(text, day_first=found[0]) if found else None


def _is_clock(clock: Clock, text: str) -> str:
    compact = any(f in {"%Y%m%d%H%M%S", "%Y%m%d%H%M"} for f in clock.formats)
    colon = f"contains({text}, ':')"
    return f"({colon} OR regexp_full_match({text}, '[0-9]{{12}}|[0-9]{{14}}'))" if compact else colon


def _local_to_utc(clock: Clock, at: str, is_clock: str) -> str:
    """Return the SQL of a local time as UTC: a time of day is the source's, a day alone is the company's."""
    timed, whole_day = _unfolded(clock, at), to_utc(at, clock.company_zone)
    if clock.zone == clock.company_zone and not clock.folds:
        return timed
    return f"CASE WHEN {is_clock} THEN {timed} ELSE {whole_day} END"


def _unfolded(clock: Clock, at: str) -> str:
    """Return the SQL of a local time of the source as UTC: of an hour that was twice the first is taken."""
    folds = [jump.text() for jump in jumps(clock.zone) if jump.is_fold and jump.text() in clock.folds]
    if not folds:
        return to_utc(at, clock.zone)
    cases = " ".join(
        f"WHEN {within([fold], 'l')} THEN {to_utc('l', clock.zone)} - (TIMESTAMP '{end}' - TIMESTAMP '{start}')"
        for fold in folds
        for start, end in [fold.split("/")]
    )
    return bound("l", at, f"CASE {cases} ELSE {to_utc('l', clock.zone)} END")
