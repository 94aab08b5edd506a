"""Typed readers: SQL that turns a cleaned text into a time, a number, a duration ..., NULL where it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voronka.lake.session import literal
from voronka.transform.contact_readers import email, is_masked, phone
from voronka.transform.duration_readers import duration
from voronka.transform.identities import is_error
from voronka.transform.import_tables import Reader
from voronka.transform.number_readers import bound, number, tells_scale
from voronka.transform.sources import ORDERS, Read
from voronka.transform.time_readers import Clock, day, is_none, moment
from voronka.transform.time_readers import to_local as to_local  # noqa: PLC0414 - asked for here by other rooms

SPACES = " \t\r\n\u00a0\u202f\u2009\ufeff"
_WIDE = (("\u00a0", "\u00a1"), ("\u2009", "\u2030"), ("\ufeff", "\uff00"))
"""What a text that begins with a space outside ASCII is between."""
_DASHES = ("-", "–", "—", "--", "---")
NOTHING = (
    *_DASHES,
    *("null", "none", "nil", "n/a", "#n/a", "#н/д", "н/д", "(null)", "<null>", "\\n", "-none-", "(none)", "undefined"),
    *("not set", "(not set)", "нет данных", "не указано", "не указан", "не задано", "не заполнено", "не выбрано"),
    *("пусто", "(пусто)", "(нет)", "<не указано>", "не указана", "не задан", "не задана", "не назначен"),
    *("не назначено", "не определено", "(blank)", "[]", "{}", "''", '""'),
)
"""Spellings of nothing in a typed column, beside the stream's own `nulls`; in a text column most of them are text."""
_NO = ("нет",)
_NOT_NUMBERS = ("nan", "nat", "<na>")
"""What pandas writes for nothing; among numbers it is no number, which may have been one once."""
_EMPTY_DAYS = (".  .", ". .", ".   .", "..", "/  /", "/ /", "//", ".  .       :  :", "__.__.____")
"""Forms of a day that nobody filled in."""
TRUE = (
    *("1", "true", "t", "yes", "y", "да", "д", "истина", "+", "on", "1.0", "-1", "вкл", "есть", "✓", "✔", "☑", "✅"),
    *("x", "х", "v", "enabled", "ja", "oui"),
)
FALSE = (
    *("0", "false", "f", "no", "n", "нет", "н", "ложь", "off", "0.0", "выкл", "✗", "✘", "☐", "❌"),
    *("disabled", "nein", "non"),
)
PLUS = "plus and minus"
"""The format of booleans that are written + and -: elsewhere a dash is nothing."""
LOST_SIGN = r"[0-9)][\s\x{00A0}\x{202F}]*[?\x{FFFD}]$"
"""How an amount ends whose sign of currency was lost: what has no place in cp1251 becomes a question mark."""
NUMERIC = frozenset({"number", "money", "integer", "share", "duration"})
"""Readers of numbers."""
SET = "set by the stream"
"""The note of a reading that the stream's options made."""


@dataclass(frozen=True)
class Reading:
    """How one column is read: decided once over a whole load and kept with it.

    formats: of a time, tried in order (those named in time_readers or strptime's), of booleans `PLUS`; zone: of its
    local times (a day without a time of day is the company's); folds and gaps: changes of that zone's clock that values
    fall into; latest_year: what lies behind is no time;
    plain: the numbers need no cleaning; decimal: the mark in those that do; percent: shares stand as percents;
    unit: of bare durations (duration_readers.UNITS), or what bare amounts are multiples of; is_signed: some amounts
    bear a currency; has_lost_sign: they bore one that an export could not write and made a question mark of.
    """

    reader: Reader
    formats: tuple[str, ...] = ()
    zone: str = ""
    plain: bool = False
    decimal: str = "."
    percent: bool = False
    note: str = ""
    unit: str = ""
    is_signed: bool = False
    folds: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    latest_year: int = 2099
    has_lost_sign: bool = False

    def clock(self, company_zone: str) -> Clock:
        """Return how its texts become times."""
        return Clock(self.formats, self.zone, company_zone, self.folds, self.latest_year)

    def obeys(self, options: Read) -> bool:
        """Say whether it is as a stream's options have it: what they set is read so, nothing else as set by them."""
        if self.reader in {"time", "day"}:
            if options.dates in {"auto", *ORDERS}:
                return (self.note == SET) == (options.dates in ORDERS)
            return options.dates in self.formats
        if self.reader not in NUMERIC:
            return True
        if options.decimal == "auto":
            return self.note != SET
        return self.decimal == options.decimal and (self.plain or self.note == SET)

    def as_dict(self) -> dict[str, Any]:
        """Return what the ledger keeps."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Reading":
        """Return the reading that the ledger kept."""
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **lists})


def cleaned(column: str, nulls: Sequence[str]) -> str:
    """Return the SQL of a column's text without spaces around it, NULL where it is empty or one of `nulls`."""
    spaces = literal(SPACES)  # trimming by a set is ten times dearer than a look at both ends
    first = " OR ".join(
        f"({column} >= '{low}' AND {column} < '{high}')" for low, high in _WIDE
    )  # by bytes: no function
    is_padded = f"{column} < '!' OR {first} OR contains({spaces}, {column}[-1])"
    text = f"CASE WHEN {is_padded} THEN trim({column}, {spaces}) ELSE {column} END"
    # not nullif around nullif: the engine writes its text twice, so that each further spelling would double the work
    nothing = ", ".join(literal(null) for null in dict.fromkeys(["", *(null.strip(SPACES) for null in nulls)]))
    return f"CASE WHEN {text} IN ({nothing}) THEN NULL ELSE {text} END"


def typed_text(text: str, reading: Reading | None = None) -> str:
    """Return the SQL of a text that is to be read as a type: spellings of nothing are NULL, errors of formulas too."""
    if reading is not None and reading.has_lost_sign:
        text = f"CASE WHEN regexp_matches({text}, {literal(LOST_SIGN)}) THEN left({text}, -1) ELSE {text} END"
    words = _nothing(reading)
    listed = ", ".join(literal(word) for word in words)
    longest = max(len(word.encode()) for word in words)
    is_nothing = f"strlen({text}) <= {longest} AND lower({text}) IN ({listed})"
    if reading is not None and reading.reader == "phone":
        is_nothing = f"{is_nothing} OR {is_masked(text)}"
    return f"CASE WHEN {is_nothing} OR {is_error(text)} THEN NULL ELSE {text} END"


def _nothing(reading: Reading | None) -> tuple[str, ...]:
    kind = "" if reading is None else reading.reader
    if reading is not None and PLUS in reading.formats:
        return tuple(word for word in NOTHING if word not in _DASHES)
    added = {
        "time": (*_NO, *_NOT_NUMBERS, *_EMPTY_DAYS),
        "day": (*_NO, *_NOT_NUMBERS, *_EMPTY_DAYS),
        "boolean": _NOT_NUMBERS,
        "phone": (*_NO, *_NOT_NUMBERS, "0"),
        "email": (*_NO, *_NOT_NUMBERS),
    }
    return (*NOTHING, *added.get(kind, _NO if kind else ()))


def read(reading: Reading, text: str, company_zone: str) -> str:
    """Return the SQL of the value of a cleaned text."""
    makers: Mapping[str, Callable[[], str]] = {
        "time": lambda: moment(reading.clock(company_zone), text),
        "day": lambda: day(reading.clock(company_zone), text),
        "number": lambda: f"CAST({exact(reading, text)} AS DOUBLE)",
        "money": lambda: f"TRY_CAST({_without_percent(reading, text)} AS DECIMAL(18,2))",
        "integer": lambda: _integer(reading, text),
        "share": lambda: _share(reading, text),
        "duration": lambda: duration(text, _without_percent(reading, text), reading.unit),
        "boolean": lambda: _boolean(reading, text),
        "phone": lambda: phone(text),
        "email": lambda: email(text),
    }
    return makers[reading.reader]() if reading.reader in makers else text


def failed(reading: Reading, given: str, value: str, company_zone: str) -> str:
    """Return the SQL that says whether a text could not be read; a time that stands for none is read as none."""
    test = f"{value} IS NULL AND {given} IS NOT NULL"
    if reading.reader not in {"time", "day"}:
        return test
    return f"{test} AND NOT {is_none(reading.clock(company_zone), given)}"


def exact(reading: Reading, text: str) -> str:
    """Return the SQL of a number to six places, before it is rounded to what its kind holds.

    An amount under a header of thousands is so many times what it says, unless it says itself that it is of thousands.
    """
    value = number(text, plain=reading.plain, decimal=reading.decimal)
    if not reading.unit or reading.reader not in {"money", "number"}:
        return value
    return f"({value}) * CASE WHEN {tells_scale(text)} THEN 1 ELSE {reading.unit} END"


def _integer(reading: Reading, text: str) -> str:
    return bound("n", _without_percent(reading, text), "CASE WHEN n = round(n) THEN TRY_CAST(n AS BIGINT) END")


def _without_percent(reading: Reading, text: str) -> str:
    value = exact(reading, text)
    return value if reading.plain else f"CASE WHEN NOT contains({text}, '%') THEN {value} END"


def _share(reading: Reading, text: str) -> str:
    """Return the SQL of a share 0..1: what bears a percent sign is a percent, the rest as the column was decided."""
    value = f"CAST({exact(reading, text)} AS DOUBLE)"
    if reading.percent:
        return f"{value} / 100"
    return value if reading.plain else f"{value} / CASE WHEN contains({text}, '%') THEN 100 ELSE 1 END"


def _boolean(reading: Reading, text: str) -> str:
    dashes = _DASHES if PLUS in reading.formats else ()
    true, false = (", ".join(literal(word) for word in words) for words in (TRUE, (*FALSE, *dashes)))
    return f"CASE WHEN lower({text}) IN ({true}) THEN true WHEN lower({text}) IN ({false}) THEN false END"
