"""Typed readers: SQL that turns a cleaned text into a time, a number, a duration ..., NULL where it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voronka.lake.session import literal
from voronka.transform.import_tables import Reader

SPACES = " \t\r\n\u00a0\u202f\u2009\ufeff"
NOTHING = ("-", "–", "—", "null", "none", "n/a", "#n/a", "(null)", "\\n")
"""Spellings of nothing in a typed column, beside the stream's own `nulls`; in a text column they are text."""
TRUE = ("1", "true", "t", "yes", "y", "да", "д", "истина", "+", "on", "1.0")
FALSE = ("0", "false", "f", "no", "n", "нет", "н", "ложь", "off", "0.0")
_CURRENCY = r"(?:[$€£¥₽₸₴₺]|руб\.?|р\.?|[a-z]{3}\.?)"
_SCALES: Mapping[str, int] = {
    "k": 3,
    "к": 3,
    "тыс": 3,
    "тыс.": 3,
    "m": 6,
    "м": 6,
    "млн": 6,
    "млн.": 6,
    "b": 9,
    "млрд": 9,
}
_SCALE = r"(?:k|к|тыс\.?|m|м|млн\.?|b|млрд)"
_NUMBER = (
    rf"[-+−–(]?\s*{_CURRENCY}?\s*[-−–]?\s*[0-9][0-9\s\x{{00A0}}\x{{202F}}'’.,]*"
    rf"\s*{_SCALE}?\s*{_CURRENCY}?\s*%?\s*[-−)]?"
)
ISO, ISO_OFFSET = "iso", "iso_offset"


@dataclass(frozen=True)
class Reading:
    """How one column is read: decided once over a whole load and kept with it.

    formats: of a time, tried in order ('iso', 'iso_offset' or strptime's); zone: of its local times;
    plain: the numbers need no cleaning; decimal: the mark in those that do; percent: shares stand as percents.
    """

    reader: Reader
    formats: tuple[str, ...] = ()
    zone: str = ""
    plain: bool = False
    decimal: str = "."
    percent: bool = False
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return what the ledger keeps."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Reading":
        """Return the reading that the ledger kept."""
        return cls(**{**values, "formats": tuple(values["formats"])})


def cleaned(column: str, nulls: Sequence[str]) -> str:
    """Return the SQL of a column's text without spaces around it, NULL where it is empty or one of `nulls`."""
    trimmed = f"trim({column}, {literal(SPACES)})"
    others = [null.strip(SPACES) for null in nulls if null.strip(SPACES)]
    if not others:
        return f"nullif({trimmed}, '')"
    listed = ", ".join(literal(text) for text in ("", *others))
    return f"CASE WHEN {trimmed} IN ({listed}) THEN NULL ELSE {trimmed} END"


def typed_text(text: str) -> str:
    """Return the SQL of a text that is to be read as a type: spellings of nothing are NULL."""
    listed = ", ".join(literal(word) for word in NOTHING)
    return f"CASE WHEN lower({text}) IN ({listed}) THEN NULL ELSE {text} END"


def read(reading: Reading, text: str, company_zone: str) -> str:
    """Return the SQL of the value of a cleaned text."""
    makers: Mapping[str, Callable[[], str]] = {
        "time": lambda: _time(reading, text),
        "day": lambda: _day(reading, text, company_zone),
        "number": lambda: f"CAST({_number(reading, text)} AS DOUBLE)",
        "money": lambda: f"TRY_CAST({_number(reading, text)} AS DECIMAL(18,2))",
        "integer": lambda: _integer(reading, text),
        "share": lambda: f"CAST({_number(reading, text)} AS DOUBLE){' / 100' if reading.percent else ''}",
        "duration": lambda: _duration(text),
        "boolean": lambda: _boolean(text),
        "phone": lambda: _phone(text),
        "email": lambda: f"CASE WHEN contains({text}, '@') THEN lower({text}) END",
    }
    return makers[reading.reader]() if reading.reader in makers else text


def _integer(reading: Reading, text: str) -> str:
    number = _number(reading, text)
    return f"CASE WHEN {number} = round({number}) THEN TRY_CAST({number} AS BIGINT) END"


def _local(reading: Reading, text: str) -> str | None:
    """Return the SQL of the time as written, without a zone; None when every value carries an offset."""
    formats = [f for f in reading.formats if f not in {ISO, ISO_OFFSET}]
    parts = []
    if formats:
        parts.append(f"try_strptime({text}, [{', '.join(literal(f) for f in formats)}])")
    if ISO in reading.formats:
        parts.append(f"TRY_CAST({text} AS TIMESTAMP)")
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"


def to_utc(local: str, zone: str) -> str:
    """Return the SQL of a local time of `zone` as UTC."""
    return local if zone == "UTC" else f"timezone('UTC', timezone({literal(zone)}, {local}))"


def to_local(utc: str, zone: str) -> str:
    """Return the SQL of a time in UTC as local time of `zone`."""
    return utc if zone == "UTC" else f"timezone({literal(zone)}, timezone('UTC', {utc}))"


def _with_offset(text: str) -> str:
    offset = "(Z|[+-][0-9]{2}:?[0-9]{0,2})$"
    return f"CASE WHEN regexp_matches({text}, {literal(offset)}) THEN TRY_CAST({text} AS TIMESTAMPTZ) END"


def _time(reading: Reading, text: str) -> str:
    local = _local(reading, text)
    converted = None if local is None else to_utc(local, reading.zone)
    if ISO_OFFSET not in reading.formats:
        return converted or "CAST(NULL AS TIMESTAMP)"
    exact = f"timezone('UTC', {_with_offset(text)})"
    return exact if converted is None else f"coalesce({exact}, {converted})"


def _day(reading: Reading, text: str, company_zone: str) -> str:
    local = _local(reading, text)
    if ISO_OFFSET in reading.formats:
        exact = f"timezone({literal(company_zone)}, {_with_offset(text)})"
        local = exact if local is None else f"coalesce({exact}, {local})"
    return f"CAST({local or 'CAST(NULL AS TIMESTAMP)'} AS DATE)"


def plain_number(text: str) -> str:
    """Return the SQL of a number that needs no cleaning, exact to six places."""
    return f"TRY_CAST({text} AS DECIMAL(28,6))"


def _number(reading: Reading, text: str) -> str:
    if reading.plain:
        return plain_number(text)
    return f"coalesce({plain_number(text)}, {_marked_number(text, reading.decimal)})"


def _marked_number(text: str, decimal: str) -> str:
    """Return the SQL of a number with signs, currencies, thousands marks, scales (K, тыс, млн) or brackets."""
    lowered = f"lower({text})"
    digits = f"regexp_replace({lowered}, '[^0-9.,]|[.]$|(р|руб|[a-z]{{3}})[.]', '', 'g')"
    other = "." if decimal == "," else ","
    thousands_only = rf"'^[0-9]{{1,3}}([{other}][0-9]{{3}})+$'"
    last_comma = f"(instr(reverse({digits}), ',') < instr(reverse({digits}), '.'))"
    both = f"contains({digits}, ',') AND contains({digits}, '.')"
    unmarked = (
        f"CASE WHEN {both} AND {last_comma} THEN replace(replace({digits}, '.', ''), ',', '.') "
        f"WHEN {both} THEN replace({digits}, ',', '') "
        f"WHEN contains({digits}, '{decimal}') AND NOT regexp_matches({digits}, '[{decimal}].*[{decimal}]') "
        f"THEN replace({digits}, '{decimal}', '.') "
        f"WHEN regexp_matches({digits}, {thousands_only}) THEN replace({digits}, '{other}', '') "
        f"WHEN contains({digits}, '{decimal}') THEN replace({digits}, '{decimal}', '') "
        f"ELSE replace({digits}, ',', '.') END"
    )
    scale_text = f"regexp_extract({lowered}, '[0-9]\\s*({_SCALE})\\s*({_CURRENCY})?\\s*[-−)]?$', 1)"
    cases = " ".join(f"WHEN {literal(word)} THEN {10**power}" for word, power in _SCALES.items())
    scale = f"CASE {scale_text} {cases} ELSE 1 END"
    negative = f"regexp_matches({lowered}, '^[(]?\\s*({_CURRENCY})?\\s*[-−–]|[-−]$|^[(].*[)]$')"
    return (
        f"CASE WHEN regexp_full_match({lowered}, {literal(_NUMBER)}) THEN "
        f"TRY_CAST({unmarked} AS DECIMAL(28,6)) * {scale} * CASE WHEN {negative} THEN -1 ELSE 1 END END"
    )


def _duration(text: str) -> str:
    """Return the SQL of seconds: a number of them, M:SS, H:MM:SS, or `4 days, 21:19:46`."""
    clock = (
        r"^(?:([0-9]+)\s*(?:days?|дн\.?|дней|дня|день|d),?\s*)?(?:([0-9]+):)?([0-9]{1,4}):([0-9]{2})(?:[.,][0-9]+)?$"
    )
    pieces = [f"coalesce(TRY_CAST(regexp_extract({text}, {literal(clock)}, {n}) AS BIGINT), 0)" for n in (1, 2, 3, 4)]
    seconds = f"{pieces[0]} * 86400 + {pieces[1]} * 3600 + {pieces[2]} * 60 + {pieces[3]}"
    number = f"TRY_CAST(round(TRY_CAST(replace({text}, ',', '.') AS DECIMAL(28,6))) AS BIGINT)"
    clocked = f"CASE WHEN regexp_matches({text}, {literal(clock)}) THEN {seconds} END"
    return f"CASE WHEN contains({text}, ':') THEN {clocked} ELSE {number} END"


def _boolean(text: str) -> str:
    true, false = (", ".join(literal(word) for word in words) for words in (TRUE, FALSE))
    return f"CASE WHEN lower({text}) IN ({true}) THEN true WHEN lower({text}) IN ({false}) THEN false END"


def _phone(text: str) -> str:
    """Return the SQL of a phone's digits with + in front; Russian 8 and bare ten digits become +7; no digits: NULL."""
    digits = f"regexp_replace({text}, '[^0-9]', '', 'g')"
    return (
        f"CASE WHEN length({digits}) = 11 AND {digits}[1] IN ('7', '8') THEN '+7' || substr({digits}, 2) "
        f"WHEN length({digits}) = 10 AND {digits}[1] = '9' THEN '+7' || {digits} "
        f"WHEN length({digits}) >= 1 THEN CASE WHEN starts_with({text}, '+') THEN '+' ELSE '' END || {digits} END"
    )
