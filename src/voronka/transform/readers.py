"""Typed readers: SQL that turns a cleaned text into a time, a number, a duration ..., NULL where it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voronka.lake.session import literal
from voronka.transform.import_tables import Reader
from voronka.transform.sources import Read

SPACES = " \t\r\n\u00a0\u202f\u2009\ufeff"
NOTHING = ("-", "–", "—", "null", "none", "n/a", "#n/a", "(null)", "\\n")
"""Spellings of nothing in a typed column, beside the stream's own `nulls`; in a text column they are text."""
TRUE = ("1", "true", "t", "yes", "y", "да", "д", "истина", "+", "on", "1.0")
FALSE = ("0", "false", "f", "no", "n", "нет", "н", "ложь", "off", "0.0")
_CURRENCY = (
    r"(?:[$€£¥₽₸₴₺₹]|руб\.?|р\.?|грн\.?|тг\.?|(?:usd|eur|rub|rur|gbp|byn|kzt|uah|kgs|uzs|amd|azn|gel|cny|jpy|try|inr"
    r"|aed|chf|pln|czk|sek|nok|dkk|huf|ron|bgn|ils|cad|aud|nzd|brl|mxn|zar|krw|sgd|hkd|thb|vnd|idr|myr|php)\.?)"
)
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
    "млрд.": 9,
}
_SCALE = r"(?:k|к|тыс\.?|m|м|млн\.?|b|млрд\.?)"
_SIGNS = "$€£¥₽₸₴₺₹"
_GAP = r"[\s\x{00A0}\x{202F}\x{2009}]*"
_GROUPED = r"[0-9]{1,3}(?:[\s\x{00A0}\x{202F}\x{2009}'’][0-9]{3})+(?:[.,][0-9]*)?|[0-9][0-9.,]*"
_BODY = rf"{_CURRENCY}?{_GAP}[-−–]?{_GAP}({_GROUPED}){_GAP}({_SCALE})?{_GAP}{_CURRENCY}?{_GAP}(%?)"
_NUMBER = rf"^[-+−–]?{_GAP}{_BODY}{_GAP}[-−]?$"
"""A number as people write it; the groups are its digits with their marks, its scale, and a percent sign."""
THOUSANDS = {",": r"^[1-9][0-9]{0,2}(,[0-9]{2,3})*,[0-9]{3}$", ".": r"^[1-9][0-9]{0,2}(\.[0-9]{3})+$"}
"""Whole numbers whose only marks are these: in threes, behind a first group that is no zero."""
NUMERIC = frozenset({"number", "money", "integer", "share", "duration"})
"""Readers of numbers."""
SET = "set by the stream"
"""The note of a reading that the stream's options made."""
ISO, ISO_OFFSET = "iso", "iso_offset"


@dataclass(frozen=True)
class Reading:
    """How one column is read: decided once over a whole load and kept with it.

    formats: of a time, tried in order ('iso', 'iso_offset' or strptime's); zone: of its local times (a day without a
    time of day is the company's);
    plain: the numbers need no cleaning; decimal: the mark in those that do; percent: shares stand as percents.
    """

    reader: Reader
    formats: tuple[str, ...] = ()
    zone: str = ""
    plain: bool = False
    decimal: str = "."
    percent: bool = False
    note: str = ""

    def obeys(self, options: Read) -> bool:
        """Say whether it is as a stream's options have it: what they set is read so, nothing else as set by them."""
        if self.reader in {"time", "day"}:
            return options.dates in self.formats if options.dates != "auto" else self.note != SET
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
        return cls(**{**values, "formats": tuple(values["formats"])})


def cleaned(column: str, nulls: Sequence[str]) -> str:
    """Return the SQL of a column's text without spaces around it, NULL where it is empty or one of `nulls`."""
    spaces = literal(SPACES)  # trimming by a set is ten times dearer than a look at both ends
    is_padded = f"contains({spaces}, {column}[1]) OR contains({spaces}, {column}[-1])"
    text = f"CASE WHEN {is_padded} THEN trim({column}, {spaces}) ELSE {column} END"
    for null in dict.fromkeys(["", *(null.strip(SPACES) for null in nulls)]):
        text = f"nullif({text}, {literal(null)})"
    return text


def typed_text(text: str) -> str:
    """Return the SQL of a text that is to be read as a type: spellings of nothing are NULL."""
    listed = ", ".join(literal(word) for word in NOTHING)
    longest = max(len(word.encode()) for word in NOTHING)
    return f"CASE WHEN strlen({text}) <= {longest} AND lower({text}) IN ({listed}) THEN NULL ELSE {text} END"


def read(reading: Reading, text: str, company_zone: str) -> str:
    """Return the SQL of the value of a cleaned text."""
    makers: Mapping[str, Callable[[], str]] = {
        "time": lambda: _time(reading, text, company_zone),
        "day": lambda: _day(reading, text, company_zone),
        "number": lambda: f"CAST({_number(reading, text)} AS DOUBLE)",
        "money": lambda: f"TRY_CAST({_without_percent(reading, text)} AS DECIMAL(18,2))",
        "integer": lambda: _integer(reading, text),
        "share": lambda: _share(reading, text),
        "duration": lambda: _duration(reading, text),
        "boolean": lambda: _boolean(text),
        "phone": lambda: _phone(text),
        "email": lambda: f"CASE WHEN contains({text}, '@') THEN lower({text}) END",
    }
    return makers[reading.reader]() if reading.reader in makers else text


def _integer(reading: Reading, text: str) -> str:
    return _bound("n", _without_percent(reading, text), "CASE WHEN n = round(n) THEN TRY_CAST(n AS BIGINT) END")


def _bound(name: str, value: str, sql: str) -> str:
    """Return the SQL of an expression over a name that stands for a value: computed once, written once."""
    return f"list_transform([{value}], lambda {name}: {sql})[1]"


def _without_percent(reading: Reading, text: str) -> str:
    number = _number(reading, text)
    return number if reading.plain else f"CASE WHEN NOT contains({text}, '%') THEN {number} END"


def _share(reading: Reading, text: str) -> str:
    """Return the SQL of a share 0..1: what bears a percent sign is a percent, the rest as the column was decided."""
    number = f"CAST({_number(reading, text)} AS DOUBLE)"
    if reading.percent:
        return f"{number} / 100"
    return number if reading.plain else f"{number} / CASE WHEN contains({text}, '%') THEN 100 ELSE 1 END"


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
    """Return the SQL of the moment of a text that ends in an offset behind a time of day, NULL for any other."""
    offset = r":[0-9]{2}(\.[0-9]+)? ?(Z|[+-][0-9]{2}:?([0-9]{2})?)$"
    joined = f"regexp_replace({text}, ' (Z|[+-][0-9:]+)$', '\\1')"
    spelled = f"regexp_replace({joined}, '([+-][0-9]{{2}})([0-9]{{2}})$', '\\1:\\2')"
    return f"CASE WHEN regexp_matches({text}, {literal(offset)}) THEN TRY_CAST({spelled} AS TIMESTAMPTZ) END"


def _time(reading: Reading, text: str, company_zone: str) -> str:
    local = _local(reading, text)
    converted = None if local is None else _local_to_utc(local, text, reading.zone, company_zone)
    if ISO_OFFSET not in reading.formats:
        return converted or "CAST(NULL AS TIMESTAMP)"
    exact = f"timezone('UTC', {_with_offset(text)})"
    return exact if converted is None else f"coalesce({exact}, {converted})"


def _local_to_utc(local: str, text: str, zone: str, company_zone: str) -> str:
    """Return the SQL of a local time as UTC: a time of day is the source's, a day alone is the company's."""
    if zone == company_zone:
        return to_utc(local, zone)
    timed, day = to_utc(local, zone), to_utc(local, company_zone)
    return f"CASE WHEN contains({text}, ':') THEN {timed} ELSE {day} END"


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
    # where the comma is decimal, 1.234 has a thousands mark and is not plain
    is_comma = reading.decimal == ","
    plain = f"CASE WHEN NOT contains({text}, '.') THEN replace({text}, ',', '.') END" if is_comma else text
    usual, marked = _grouped_number(text, reading.decimal), _marked_number(text, reading.decimal)
    return f"coalesce({plain_number(plain)}, {usual}, CASE WHEN {text} IS NOT NULL THEN {marked} END)"


def _grouped_number(text: str, decimal: str) -> str:
    """Return the SQL of a number in threes, maybe with a sign of currency: the usual case, read the quick way."""
    marks = r",'\s\x{00A0}\x{202F}" if decimal == "." else r".'\s\x{00A0}\x{202F}"
    point = "[.]" if decimal == "." else ","
    pattern = rf"[{_SIGNS}]?-?[1-9][0-9]{{0,2}}(?:[{marks}][0-9]{{3}})*(?:{point}[0-9]+)?[\s\x{{00A0}}]?[{_SIGNS}]?"
    dropped = literal(f"{_SIGNS}'\u00a0\u202f " + ("," if decimal == "." else "."))
    digits = f"translate({text}, {dropped}, '')"
    digits = f"replace({digits}, ',', '.')" if decimal == "," else digits
    return f"CASE WHEN regexp_full_match({text}, {literal(pattern)}) THEN {plain_number(digits)} END"


def _marked_number(text: str, decimal: str) -> str:
    """Return the SQL of a number with signs, currencies, thousands marks, scales (K, тыс, млн) or brackets."""
    lowered = f"regexp_replace(lower({text}), '^\\(([^-−–].*)\\)$', '-\\1')"
    pattern = literal(_NUMBER)
    digits = f"regexp_replace(regexp_extract(s, {pattern}, 1), '[^0-9.,]', '', 'g')"
    cases = " ".join(f"WHEN {literal(word)} THEN {10**power}" for word, power in _SCALES.items())
    scale = f"CASE regexp_extract(s, {pattern}, 2) {cases} ELSE 1 END"
    sign = f"CASE WHEN regexp_matches(s, '^({_CURRENCY})?{_GAP}[-−–]|[-−]$') THEN -1 ELSE 1 END"
    value = f"TRY_CAST({_bound('d', digits, _unmarked('d', decimal))} AS DECIMAL(28,6)) * {scale} * {sign}"
    return _bound("s", lowered, f"CASE WHEN regexp_matches(s, {pattern}) THEN {value} END")


def _unmarked(digits: str, decimal: str) -> str:
    """Return the SQL of digits without thousands marks, with a decimal point; NULL where the marks make no number."""
    other = "." if decimal == "," else ","
    rules = (
        (r"^[0-9]{1,3}(,[0-9]{2,3})+\.[0-9]*$", f"replace({digits}, ',', '')"),
        (r"^[0-9]{1,3}(\.[0-9]{3})+,[0-9]*$", f"replace(replace({digits}, '.', ''), ',', '.')"),
        (rf"^[0-9]*[{decimal}]?[0-9]*$", f"replace({digits}, '{decimal}', '.')"),
        (THOUSANDS[other], f"replace({digits}, '{other}', '')"),
        (THOUSANDS[decimal], f"replace({digits}, '{decimal}', '')"),
        (rf"^[0-9]*[{other}][0-9]*$", f"replace({digits}, '{other}', '.')"),
    )
    whens = " ".join(f"WHEN regexp_matches({digits}, {literal(pattern)}) THEN {sql}" for pattern, sql in rules)
    return f"CASE {whens} END"


def _duration(reading: Reading, text: str) -> str:
    """Return the SQL of seconds: a number of them, M:SS, H:MM:SS, or `4 days, 21:19:46`."""
    days = r"^(?:([0-9]+)\s*(?:days?|дн\.?|дней|дня|день|d|д\.?),?\s*)?"
    clock = rf"{days}(?:([0-9]+):([0-5]?[0-9])|([0-9]{{1,4}})):([0-5][0-9](?:[.,][0-9]+)?)$"
    given = {n: f"coalesce(TRY_CAST(p[{n}] AS BIGINT), 0)" for n in (1, 2, 3, 4)}
    rest = "CAST(round(TRY_CAST(replace(p[5], ',', '.') AS DECIMAL(18,6))) AS BIGINT)"
    seconds = f"{given[1]} * 86400 + {given[2]} * 3600 + ({given[3]} + {given[4]}) * 60 + {rest}"
    pieces = ", ".join(f"regexp_extract(lower({text}), {literal(clock)}, {n})" for n in (1, 2, 3, 4, 5))
    number = f"TRY_CAST(round({_without_percent(reading, text)}) AS BIGINT)"
    return f"CASE WHEN contains({text}, ':') THEN {_bound('p', f'[{pieces}]', seconds)} ELSE {number} END"


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
