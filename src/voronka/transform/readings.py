"""Decides, per column and over a whole load, how its text is read: order of day and month, decimal mark, units."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voronka.domain.errors import InputError
from voronka.lake.session import Session, literal
from voronka.transform.import_tables import Reader
from voronka.transform.number_marks import ASSUMED_POINT, marks
from voronka.transform.number_readers import plain_number
from voronka.transform.readers import LOST_SIGN, NUMERIC, PLUS, SET, Reading, exact, read, typed_text
from voronka.transform.sources import ORDERS, Read
from voronka.transform.time_formats import (
    DAY_AND_MONTH,
    format_of,
    formats_of,
    set_formats,
    shape_of,
    short_years_first,
)
from voronka.transform.time_readers import EPOCH, ISO_OFFSET, SERIAL, SERIAL_1904, WORDS, jumps, local

ASSUMED = "day first was assumed: nothing tells"
"""The note of a reading whose order of day and month was guessed."""
GUESS = "guess"
"""The reader of a bare column in an expression: a number or a time if every value is one, else text."""
_HEAD = 1000
_FEW_SHAPES = 20
_NUMERIC_DATE = r"(?:^|[^0-9])([0-9]{1,2})[./-]([0-9]{1,2})[./-](?:[0-9]{4}|[0-9]{2})(?:$|[^0-9])"
_LOST_LEAST = 2
_DATE_LETTERS = len("25.03.2021")
_YEARS_AHEAD = 50
_PROVEN, _ONE_IN = 20, 100
"""Rows that must prove the order of day and month before one of another order is a fault of that row."""
_WHOLE_THREES = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"


@dataclass(frozen=True)
class Need:
    """One text to be read as a type: `name` is shown to people, `text` is its column, `number` tells those made of it.

    `origin` is what the text is made from; with the reader it is the name under which the ledger keeps the decision.
    `unit` is what the header says that bare durations are in (duration_readers.UNITS), or bare amounts multiples of.
    """

    name: str
    reader: str
    text: str
    number: str
    origin: str
    unit: str = ""

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

    @property
    def columns(self) -> set[str]:
        """Return the names of the load's columns."""
        return {row["column_name"] for row in self.session.rows(f"DESCRIBE SELECT * FROM {self.relation}")}


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


def counted_from_1904(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Return the readings for a workbook whose days are counted from 1904: bare numbers are such days too."""
    return {
        key: replace(x, formats=tuple(SERIAL_1904 if f == SERIAL else f for f in x.formats))
        for key, x in readings.items()
    }


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
    return WORDS[False] if text == WORDS[True] else re.sub(r"^%d([/-])%m", r"%m\1%d", text)


def _guessed(load: _Load, need: Need) -> str:
    text = typed_text(need.text)
    numbers = plain_number(text)
    row = load.session.rows(f"SELECT count({text}) AS n, count({numbers}) AS numbers FROM {load.relation}")[0]
    if row["n"] and row["n"] == row["numbers"]:
        return "number"
    shapes = _shapes(load, text)
    if shapes and all(format_of(shape, "dmy") for shape in shapes):
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
    return {shape_of(text): 1 for text in first} | {shape_of(row["shape"]): row["n"] for row in rows}


def _time_reading(load: _Load, need: Need, reader: str) -> tuple[Reading, str]:
    """Return how times are read, and the order of day and month: dmy, mdy, unsure, or '' where there is none.

    Days without a time of day are days of the company, whatever zone the source is in.
    """
    kind: Reader = "day" if reader == "day" else "time"
    zone = load.zones.source
    text = typed_text(need.text, Reading(kind))
    shapes = _shapes(load, text)
    latest = load.session.value(f"SELECT year(current_date) + {_YEARS_AHEAD}")
    if load.options.dates not in {"auto", *ORDERS}:
        reading = Reading(kind, set_formats(load.options.dates, shapes), zone, note=SET, latest_year=latest)
        return _with_changes(load, text, reading), ""
    order, note = _set_order(load) or _order(load, need, text, shapes)
    plain = "mdy" if order == "mdy" else "dmy"
    pointed = plain if note == SET or plain == "dmy" or _is_month_first_with_points(load, text, shapes) else "dmy"
    found = (f for shape in shapes for f in formats_of(shape, pointed if _is_pointed(shape) else plain))
    reading = Reading(kind, short_years_first(found), zone, note=note, latest_year=latest)
    return _with_changes(load, text, _with_words(load, text, reading, shapes, order)), order


def _is_pointed(shape: str) -> bool:
    date = DAY_AND_MONTH.search(shape)
    return date is not None and date[2] == "."


def _is_month_first_with_points(load: _Load, text: str, shapes: Iterable[str]) -> bool:
    """Say whether a day with points proves that the month comes first there too: hardly anybody writes so."""
    if not any(map(_is_pointed, shapes)):
        return False
    proof = r"(?:^|[^0-9])[0-9]{1,2}\.(?:1[3-9]|2[0-9]|3[01])\.[0-9]{2}"
    return bool(load.session.value(f"SELECT bool_or(regexp_matches({text}, {literal(proof)})) FROM {load.relation}"))


def _with_words(load: _Load, text: str, reading: Reading, shapes: Iterable[str], order: str) -> Reading:
    """Return the reading with spellings in words, where the formats may not read every value.

    Names of months may be spelled in other ways, and no format has the second 60 or the hour 24.
    """
    is_known = all(formats_of(shape, "dmy") for shape in shapes) and not any("%b" in f.lower() for f in reading.formats)
    rare = " OR ".join(f"contains({text}, '{part}')" for part in (":60", " 24:", "T24:"))
    if is_known and not load.session.value(f"SELECT bool_or({rare}) FROM {load.relation}"):
        return reading
    return replace(reading, formats=(*reading.formats, WORDS[order != "mdy"]))


def _with_changes(load: _Load, text: str, reading: Reading) -> Reading:
    """Return the reading with the changes of the zone's clock on whose days some values are."""
    has_local = not {ISO_OFFSET, EPOCH}.issuperset(reading.formats)
    known = jumps(reading.zone) if reading.reader == "time" and has_local else ()
    if not known:
        return reading
    at = local(reading.clock(load.zones.company), "x")
    times = f"SELECT {at} AS l FROM (SELECT {text} AS x FROM {load.relation})"
    row = load.session.rows(f"SELECT min(l) AS first, max(l) AS last FROM ({times})")[0]
    near = [jump for jump in known if row["last"] and jump.end >= row["first"] and jump.start <= row["last"]]
    if not near:
        return reading
    days = ", ".join(f"DATE '{day}'" for day in sorted({str(jump.start.date()) for jump in near}))
    rows = load.session.rows(f"SELECT DISTINCT CAST(l AS DATE) AS l FROM ({times}) WHERE CAST(l AS DATE) IN ({days})")
    met = {row["l"] for row in rows}
    folds = tuple(jump.text() for jump in near if jump.is_fold and jump.start.date() in met)
    gaps = tuple(jump.text() for jump in near if not jump.is_fold and jump.start.date() in met)
    return replace(reading, folds=folds, gaps=gaps)


def _set_order(load: _Load) -> tuple[str, str] | None:
    """Return the order that the stream sets, None where it is to be found out."""
    if load.options.dates not in ORDERS:
        return None
    return "mdy" if load.options.dates == "month_first" else "dmy", SET


def _order(load: _Load, need: Need, text: str, shapes: Mapping[str, int]) -> tuple[str, str]:
    """Return dmy, mdy, unsure, or '' where the shapes have no such order, and a note for people."""
    seps = {date[2] for shape in shapes for date in [DAY_AND_MONTH.search(shape)] if date}
    if not seps:
        return "", ""
    # most columns begin with the day: of its characters there are few different ones
    is_first = all(date.start() == 0 for shape in shapes for date in [DAY_AND_MONTH.search(shape)] if date)
    days = (
        f"SELECT x, regexp_extract(x, {literal(_NUMERIC_DATE)}, ['a', 'b']) AS p FROM (SELECT DISTINCT "
        f"{f'left({text}, {_DATE_LETTERS})' if is_first else text} AS x FROM {load.relation} WHERE {text} IS NOT NULL)"
    )
    row = load.session.rows(
        f"WITH dates AS ({days}), "
        "parts AS (SELECT x, TRY_CAST(p.a AS INTEGER) AS a, TRY_CAST(p.b AS INTEGER) AS b FROM dates) "
        "SELECT min({'x': x, 'a': a, 'b': b}) FILTER (WHERE a BETWEEN 13 AND 31 AND b BETWEEN 1 AND 12) AS day_first, "
        "min({'x': x, 'a': a, 'b': b}) FILTER (WHERE b BETWEEN 13 AND 31 AND a BETWEEN 1 AND 12) AS month_first, "
        "coalesce(bool_or(a <> b AND a BETWEEN 1 AND 12 AND b BETWEEN 1 AND 12), false) AS unclear FROM parts",
    )[0]
    if row["day_first"] and row["month_first"]:
        order = _outvoted(load, text)
        if order is None:
            raise _contradiction(need, _examples(load, text, row))
        row = {**row, ("month_first" if order == "dmy" else "day_first"): None}
    if row["day_first"]:
        return "dmy", f"day first: {row['day_first']['x'].strip()}"
    if row["month_first"]:
        return "mdy", f"month first: {row['month_first']['x'].strip()}"
    if not row["unclear"]:
        return "", "day and month are the same number"
    # nobody writes the month first before a point
    return ("", "day first, as days with points are written") if seps == {"."} else ("unsure", "")


def _outvoted(load: _Load, text: str) -> str | None:
    """Return the order that nearly all rows prove which prove one; None where the others are more than a slip.

    A row proves an order by a number above twelve. Of at least twenty such rows one may differ, of more one in a
    hundred: these are faults of their own and are put aside, while two habits in one column leave the rest unclear.
    """
    parts = f"regexp_extract({text}, {literal(_NUMERIC_DATE)}, ['a', 'b'])"
    row = load.session.rows(
        "SELECT count(*) FILTER (WHERE a BETWEEN 13 AND 31 AND b BETWEEN 1 AND 12) AS dmy, "
        "count(*) FILTER (WHERE b BETWEEN 13 AND 31 AND a BETWEEN 1 AND 12) AS mdy FROM "
        "(SELECT TRY_CAST(p.a AS INTEGER) AS a, TRY_CAST(p.b AS INTEGER) AS b FROM "
        f"(SELECT {parts} AS p FROM {load.relation} WHERE {text} IS NOT NULL))"
    )[0]
    most, least = max(row["dmy"], row["mdy"]), min(row["dmy"], row["mdy"])
    if most < _PROVEN or least > max(1, most // _ONE_IN):
        return None
    return "dmy" if row["dmy"] == most else "mdy"


def _examples(load: _Load, text: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the first text of each order that stands in the column, with its line (none without `_row`)."""
    shown = [parts for parts in (row["day_first"], row["month_first"]) if parts]
    number = "_row" if "_row" in load.columns else "NULL"
    found = []
    for parts in shown:
        is_it = (
            f"TRY_CAST(regexp_extract(x, {literal(_NUMERIC_DATE)}, 1) AS INTEGER) = {parts['a']} AND "
            f"TRY_CAST(regexp_extract(x, {literal(_NUMERIC_DATE)}, 2) AS INTEGER) = {parts['b']}"
        )
        first = load.session.rows(
            f"SELECT x, n FROM (SELECT {text} AS x, {number} AS n FROM {load.relation}) WHERE {is_it} "
            "ORDER BY n NULLS LAST LIMIT 1"
        )[0]
        found.append((first["x"], "" if first["n"] is None else f" (line {first['n']})"))
    return found


def _contradiction(need: Need, found: Sequence[tuple[str, str]]) -> InputError:
    (day_first, day_line), (month_first, month_line) = found
    mark = next(iter(re.findall(r"[0-9]([./-])[0-9]", day_first)), "/")
    shown = "%d/%m/%Y".replace("/", mark)
    return InputError(
        f"the dates of `{need.name}` contradict each other: {day_first}{day_line} has the day first, "
        f"{month_first}{month_line} the month",
        do=f'Split the file, or set `read: {{ dates: ... }}` with the marks your file has, such as "{shown}"',
    )


def _plain_reading(load: _Load, need: Need, reader: str) -> Reading:
    kind: Reader = reader  # type: ignore[assignment]
    if reader == "boolean":
        return Reading(kind, (PLUS,) if _has_plus(load, need.text) else ())
    if reader not in NUMERIC:
        return Reading(kind)
    text = typed_text(need.text, Reading(kind))
    if reader == "money" and _lost_signs(load, text):
        lost = Reading(kind, has_lost_sign=True)
        return replace(_number_reading(load, typed_text(need.text, lost), kind), has_lost_sign=True)
    if reader == "duration":
        text = f"CASE WHEN NOT contains({text}, ':') THEN {text} END"
    reading = _number_reading(load, text, kind)
    if reader == "duration":
        return replace(reading, unit=need.unit or _unit(load, text, reading))
    if reader in {"money", "number"}:
        return replace(reading, unit=need.unit)
    return replace(reading, percent=_is_percent(load, text, reading)) if reader == "share" else reading


def _lost_signs(load: _Load, text: str) -> bool:
    """Say whether a question mark stands behind most amounts: behind a few of them it is somebody's doubt."""
    is_lost = f"regexp_matches({text}, {literal(LOST_SIGN)})"
    row = load.session.rows(
        f"SELECT count({text}) AS n, count(*) FILTER (WHERE {is_lost}) AS lost FROM {load.relation}"
    )[0]
    return bool(row["lost"] >= _LOST_LEAST and row["lost"] * 2 >= row["n"])


def _number_reading(load: _Load, text: str, kind: Reader) -> Reading:
    # of money nobody writes thousandths, and whole numbers have none
    numbers, is_coarse = plain_number(text), kind in {"money", "integer"}
    pointed = f"count(*) FILTER (WHERE contains({text}, '.'))"
    threes = f"count(*) FILTER (WHERE {text}[-4] = '.')"
    row = load.session.rows(
        f"SELECT count({text}) AS n, count({numbers}) AS plain, {pointed} AS pointed, {threes} AS threes "
        f"FROM {load.relation}"
    )[0]
    decimal = load.options.decimal
    is_plain = row["n"] == row["plain"] and decimal != ","
    if is_plain and not (decimal == "auto" and 0 < row["pointed"] == row["threes"] and _are_threes(load, text)):
        return Reading(kind, plain=True)
    if is_plain and not is_coarse:
        return Reading(kind, plain=True, note=ASSUMED_POINT)
    found = marks(load.session, load.relation, text, is_coarse=is_coarse)
    if decimal != "auto":
        return Reading(kind, decimal=decimal, note=SET, is_signed=found.is_signed)
    return Reading(kind, decimal=found.decimal, note=found.note, is_signed=found.is_signed)


def _are_threes(load: _Load, text: str) -> bool:
    """Say whether every number with a point has three digits behind it and may be one of whole thousands."""
    odd = f"contains({text}, '.') AND NOT regexp_matches({text}, {literal(_WHOLE_THREES)})"
    return not load.session.value(f"SELECT coalesce(bool_or({odd}), false) FROM {load.relation}")


def _has_plus(load: _Load, text: str) -> bool:
    return bool(load.session.value(f"SELECT coalesce(bool_or({text} = '+'), false) FROM {load.relation}"))


def _unit(load: _Load, text: str, reading: Reading) -> str:
    """Return days where all durations are fractions of one, as a spreadsheet keeps times; else seconds, ''."""
    is_fraction = f"starts_with({text}, '0') AND regexp_matches({text}, '^0[.,][0-9]{{3}}')"
    if not load.session.value(f"SELECT bool_or({is_fraction}) FROM {load.relation}"):
        return ""
    row = load.session.rows(
        f"SELECT count(x) AS n, count(v) AS numbers, min(v) AS least, max(v) AS most "
        f"FROM (SELECT {text} AS x, {exact(reading, text)} AS v FROM {load.relation})"
    )[0]
    return "days" if row["n"] == row["numbers"] and 0 <= row["least"] <= row["most"] < 1 else ""


def _is_percent(load: _Load, text: str, reading: Reading) -> bool:
    """Say whether shares without a percent sign are percents: one of them is more than the whole."""
    value = read(replace(reading, percent=False), text, "UTC")
    return bool(load.session.value(f"SELECT max({value}) > 1 FROM {load.relation} WHERE NOT contains({text}, '%')"))
