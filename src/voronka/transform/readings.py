"""Decides, per column and over a whole load, how its text is read: order of day and month, decimal mark, percents."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voronka.domain.errors import InputError
from voronka.lake.session import Session, literal
from voronka.transform.import_tables import Reader
from voronka.transform.readers import ISO, ISO_OFFSET, NUMERIC, SET, THOUSANDS, Reading, plain_number, read, typed_text
from voronka.transform.sources import Read

ASSUMED = "day first was assumed: nothing tells"
"""The note of a reading whose order of day and month was guessed."""
GUESS = "guess"
"""The reader of a bare column in an expression: a number or a time if every value is one, else text."""
_HEAD = 1000
_FEW_SHAPES = 20
_DATE = re.compile(r"^(9{1,2})([./-])(9{1,2})\2(9{4}|9{2})(?!9)(.*)$")
_YEAR_FIRST = re.compile(r"^9{4}([./])9{1,2}\1(?:9{1,2})(?!9)(.*)$")
_ISO = re.compile(r"^9{4}-9{1,2}-9{1,2}(?:[T ]9{1,2}:99(?::99(?:\.9+)?)?)?( ?Z| ?[+-]99:?9{0,2})?$")
_CLOCK = re.compile(r"^(,? |T)(9{1,2}):99(:99)?(\.9+)?( ?[aApP][mM])?$")
_WORDS = re.compile(r"^(9{1,2})([ -])([A-Za-z]{3,9})(,?)([ -])(9{4})(.*)$")


@dataclass(frozen=True)
class Need:
    """One text to be read as a type: `name` is shown to people, `text` is its column, `number` tells those made of it.

    `origin` is what the text is made from; with the reader it is the name under which the ledger keeps the decision.
    """

    name: str
    reader: str
    text: str
    number: str
    origin: str

    @property
    def given(self) -> str:
        """Return the column of the text without spellings of nothing."""
        return f"_x{self.number}"

    @property
    def value(self) -> str:
        """Return the column that the text is read into."""
        return f"_v{self.number}"

    @property
    def key(self) -> str:
        """Return the name under which the ledger keeps the decision."""
        return f"{self.reader}:{self.origin}"


@dataclass(frozen=True)
class Zones:
    """The zone that the source writes its times in, and the company's."""

    source: str
    company: str


@dataclass(frozen=True)
class _Load:
    """The rows of one load, with the stream's options and zones."""

    session: Session
    relation: str
    options: Read
    zones: Zones


def decide(session: Session, relation: str, needs: Iterable[Need], options: Read, zones: Zones) -> dict[str, Reading]:
    """Return the reading of every need over all rows of `relation`.

    Raises InputError where days and months of one column stand in both orders.
    """
    load = _Load(session, relation, options, zones)
    found: dict[str, Reading] = {}
    unsure: set[str] = set()
    orders: set[str] = set()
    for need in needs:
        reader = _guessed(load, need) if need.reader == GUESS else need.reader
        if reader not in {"time", "day"}:
            found[need.key] = _plain_reading(load, need, reader)
            continue
        found[need.key], order = _time_reading(load, need, reader)
        if order == "unsure":
            unsure.add(need.key)
        elif order:
            orders.add(order)
    return {key: _settled(reading, orders) if key in unsure else reading for key, reading in found.items()}


def _settled(reading: Reading, orders: set[str]) -> Reading:
    """Return an undecided order as the other columns of the load have it, else day first."""
    if orders == {"mdy"}:
        swapped = tuple(_swap(f) for f in reading.formats)
        return replace(reading, formats=swapped, note="month first, as in the load's other columns")
    note = "day first, as in the load's other columns" if orders == {"dmy"} else ASSUMED
    return replace(reading, note=note)


def follow_other_loads(loads: Sequence[dict[str, Reading]]) -> list[dict[str, Reading]]:
    """Return the readings of a stream's loads: where nothing in a load told the order, the stream's other loads do."""
    told: dict[str, set[str]] = {}
    for readings in loads:
        for key, reading in readings.items():
            first = {f[1] for f in reading.formats if re.match(r"^%[dm][/-]%[dm]", f)}
            if first and reading.note not in {ASSUMED, SET}:
                told.setdefault(key, set()).update(first)
    return [
        {key: _month_first(x) if x.note == ASSUMED and told.get(key) == {"m"} else x for key, x in readings.items()}
        for readings in loads
    ]


def _month_first(reading: Reading) -> Reading:
    formats = tuple(_swap(f) for f in reading.formats)
    return replace(reading, formats=formats, note="month first, as in the stream's other loads")


def _swap(text: str) -> str:
    return re.sub(r"^%d([/-])%m", r"%m\1%d", text)


def _guessed(load: _Load, need: Need) -> str:
    text = typed_text(need.text)
    numbers = plain_number(text)
    row = load.session.rows(f"SELECT count({text}) AS n, count({numbers}) AS numbers FROM {load.relation}")[0]
    if row["n"] and row["n"] == row["numbers"]:
        return "number"
    shapes = _shapes(load, text)
    if shapes and all(_format(shape, "dmy") for shape in shapes):
        return "time"
    return "text"


def _shapes(load: _Load, text: str) -> dict[str, int]:
    """Return the shapes of a text (digits as 9), each with a number of rows that have it.

    The shapes of the first rows are looked for in all of them by one expression; only what differs is taken apart.
    """
    shape = f"translate({text}, '0123456789', '9999999999')"
    given = f"SELECT {text} AS x FROM {load.relation} WHERE {text} IS NOT NULL"
    head = f"SELECT DISTINCT {shape.replace(text, 'x')} AS shape FROM (SELECT x FROM ({given}) LIMIT {_HEAD})"
    first = [row["shape"] for row in load.session.rows(f"{head} LIMIT {_FEW_SHAPES}")]
    known = "|".join(re.sub("9", "[0-9]", re.escape(text)) for text in first)
    others = f"WHERE NOT regexp_full_match(x, {literal(known)})" if first else ""
    rows = load.session.rows(
        f"SELECT {shape.replace(text, 'x')} AS shape, count(*) AS n FROM ({given}) {others} "
        "GROUP BY 1 ORDER BY n DESC LIMIT 2000",
    )
    return {_shape(text): 1 for text in first} | {_shape(row["shape"]): row["n"] for row in rows}


def _shape(text: str) -> str:
    return re.sub(r"(:99)\.9+", r"\1.9", text)


def _time_reading(load: _Load, need: Need, reader: str) -> tuple[Reading, str]:
    """Return how times are read, and the order of day and month: dmy, mdy, unsure, or '' where there is none.

    Days without a time of day are days of the company, whatever zone the source is in.
    """
    kind: Reader = "day" if reader == "day" else "time"
    text = typed_text(need.text)
    shapes = _shapes(load, text)
    zone = load.zones.source
    if load.options.dates != "auto":
        return Reading(kind, _set_formats(load.options.dates, shapes), zone, note=SET), ""
    order, note = _order(load, need, text, shapes)
    found = [_format(shape, "mdy" if order == "mdy" else "dmy") for shape in shapes]
    return Reading(kind, _short_years_first(f for f in found if f), zone, note=note), order


def _short_years_first(formats: Iterable[str]) -> tuple[str, ...]:
    """Return the formats as they are to be tried: %Y would take 21 for the year 21."""
    return tuple(sorted(dict.fromkeys(formats), key=lambda text: "%y" not in text))


def _set_formats(dates: str, shapes: Iterable[str]) -> tuple[str, ...]:
    """Return the formats of a stream that sets them; ISO times, exact ones and short years are read beside them."""
    found = {_format(shape, "dmy") for shape in shapes}
    exact = (ISO_OFFSET,) if ISO_OFFSET in found else ()
    short = (dates.replace("%Y", "%y"),) if any("%y" in f for f in found if f) else ()
    return _short_years_first(f for text in (*short, dates) for f in (*_with_clock(text), *exact))


def _with_clock(dates: str) -> tuple[str, ...]:
    if "%H" in dates or "%I" in dates:
        return (dates,)
    return (dates, f"{dates} %H:%M:%S", f"{dates} %H:%M", f"{dates}, %H:%M:%S", f"{dates}, %H:%M", ISO)


def _format(shape: str, order: str) -> str | None:
    """Return the format of a shape (digits as 9), None where none is known."""
    if iso := _ISO.match(shape):
        return ISO_OFFSET if iso[1] else ISO
    if date := _DATE.match(shape):
        sep, clock = date[2], _clock(date[5])
        day_month = f"%m{sep}%d" if order == "mdy" else f"%d{sep}%m"
        year = "%Y" if len(date[4]) == 4 else "%y"  # noqa: PLR2004 - digits of a year
        return None if clock is None else f"{day_month}{sep}{year}{clock}"
    if year_first := _YEAR_FIRST.match(shape):
        sep, clock = year_first[1], _clock(year_first[2])
        return None if clock is None else f"%Y{sep}%m{sep}%d{clock}"
    if words := _WORDS.match(shape):
        month = "%b" if len(words[3]) == 3 else "%B"  # noqa: PLR2004 - letters of a short month
        clock = _clock(words[7])
        return None if clock is None else f"%d{words[2]}{month}{words[4]}{words[5]}%Y{clock}"
    if shape == "99999999":
        return "%Y%m%d"
    return None


def _clock(rest: str) -> str | None:
    if not rest:
        return ""
    clock = _CLOCK.match(rest)
    if clock is None:
        return None
    hour = "%I" if clock[5] else "%H"
    half = f"{' ' if clock[5].startswith(' ') else ''}%p" if clock[5] else ""
    return f"{clock[1]}{hour}:%M{':%S' if clock[3] else ''}{'.%f' if clock[4] else ''}{half}"


def _order(load: _Load, need: Need, text: str, shapes: Mapping[str, int]) -> tuple[str, str]:
    """Return dmy, mdy, unsure, or '' where the shapes have no such order, and a note for people."""
    if not any(_DATE.match(shape) for shape in shapes):
        return "", ""
    pattern = literal(r"^([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]")
    days = f"SELECT DISTINCT regexp_extract({text}, '^[0-9./-]+') AS x FROM {load.relation} WHERE {text} IS NOT NULL"
    row = load.session.rows(
        f"WITH dates AS ({days}), "
        f"parts AS (SELECT x, TRY_CAST(regexp_extract(x, {pattern}, 1) AS INTEGER) AS a, "
        f"TRY_CAST(regexp_extract(x, {pattern}, 2) AS INTEGER) AS b FROM dates) "
        "SELECT any_value(x) FILTER (WHERE a > 12 AND b <= 12) AS day_first, "
        "any_value(x) FILTER (WHERE b > 12 AND a <= 12) AS month_first FROM parts",
    )[0]
    return _judged(row, need)


def _judged(row: Mapping[str, Any], need: Need) -> tuple[str, str]:
    day_first, month_first = row["day_first"], row["month_first"]
    if day_first and month_first:
        shown = "%d/%m/%Y".replace("/", re.sub("[0-9]", "", str(day_first))[:1])
        raise InputError(
            f"the dates of `{need.name}` contradict each other: {day_first} has the day first, {month_first} the month",
            do=f'Split the file, or set `read: {{ dates: ... }}` with the marks your file has, such as "{shown}"',
        )
    if day_first:
        return "dmy", f"day first: {day_first}"
    if month_first:
        return "mdy", f"month first: {month_first}"
    return "unsure", ""


def _plain_reading(load: _Load, need: Need, reader: str) -> Reading:
    if reader not in NUMERIC:
        return Reading(reader)  # type: ignore[arg-type]
    text = typed_text(need.text)
    if reader == "duration":
        text = f"CASE WHEN NOT contains({text}, ':') THEN {text} END"
    numbers = plain_number(text)
    row = load.session.rows(f"SELECT count({text}) AS n, count({numbers}) AS plain FROM {load.relation}")[0]
    plain = row["n"] == row["plain"] and load.options.decimal != ","
    decimal, note = (".", "") if plain else _decimal(load, text)
    reading = Reading(reader, plain=plain, decimal=decimal, note=note)  # type: ignore[arg-type]
    return replace(reading, percent=_is_percent(load, text, reading)) if reader == "share" else reading


def _is_percent(load: _Load, text: str, reading: Reading) -> bool:
    """Say whether shares without a percent sign are percents: one of them is more than the whole."""
    value = read(replace(reading, percent=False), text, "UTC")
    return bool(load.session.value(f"SELECT max({value}) > 1 FROM {load.relation} WHERE NOT contains({text}, '%')"))


def _decimal(load: _Load, text: str) -> tuple[str, str]:
    """Return the decimal mark of a column whose numbers are not all plain, and a note for people."""
    if load.options.decimal != "auto":
        return load.options.decimal, SET
    marks = f"regexp_replace({text}, '[^0-9.,]|[.,]$', '', 'g')"
    row = load.session.rows(
        f"WITH marks AS (SELECT {marks} AS x FROM {load.relation} WHERE regexp_matches({text}, '[,.]')) SELECT "
        "count(*) FILTER (WHERE contains(x, ',') AND contains(x, '.') "
        "AND instr(reverse(x), ',') < instr(reverse(x), '.')) AS comma_last, "
        "count(*) FILTER (WHERE contains(x, ',') AND contains(x, '.') "
        "AND instr(reverse(x), ',') > instr(reverse(x), '.')) AS dot_last, "
        f"count(*) FILTER (WHERE regexp_matches(x, {literal(THOUSANDS['.'])}) "
        "AND regexp_matches(x, '[.].*[.]')) AS dots, "
        "count(*) FILTER (WHERE NOT contains(x, '.') AND contains(x, ',') "
        f"AND NOT regexp_matches(x, {literal(THOUSANDS[','])})) AS odd FROM marks",
    )[0]
    if row["dot_last"] == 0 and (row["comma_last"] or row["odd"] or row["dots"]):
        return ",", "decimal comma"
    return ".", ""
