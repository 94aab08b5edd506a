"""Reads durations as seconds: numbers in a unit, clocks, `4 days, 21:19:46`, `5 мин 12 с`, PT1H2M, times of cells."""

import re
from collections.abc import Mapping

from voronka.lake.session import literal
from voronka.transform.number_readers import bound

HOURS_MINUTES = "h:mm"
UNITS: Mapping[str, str] = {"ms": "0.001", "": "1", "min": "60", "h": "3600", "days": "86400", HOURS_MINUTES: "1"}
"""Units of bare numbers with their seconds; '' are seconds. Under h:mm two parts are hours and minutes, else minutes
and seconds."""
_CLOCK_TOLD = re.compile(
    r"(?<![^\W\d_])(?:h{1,2}|ч{1,2})\s?:\s?(?:m{1,2}|м{1,2}|min|мин)(?![^\W\d_]|\s?:)", re.IGNORECASE
)
UNIT_WORDS: Mapping[str, tuple[str, ...]] = {
    "ms": (
        *("ms", "msec", "msecs", "millis", "millisecond", "milliseconds"),
        *("мс", "мсек", "миллисекунд", "миллисекунды", "миллисекундах"),
    ),
    "": (
        *("sec", "secs", "second", "seconds"),
        *("сек", "секунд", "секунды", "секундах"),
    ),
    "min": ("min", "mins", "minute", "minutes", "мин", "минут", "минуты", "минута", "минутах"),
    "h": ("hour", "hours", "hr", "hrs", "ч", "час", "часы", "часов", "часа", "часах"),
}
"""What headers call the units of bare numbers."""
_DAYS = r"(?:([0-9]+) ?(?:days?|дн|дней|дня|день|сут|суток|сутки|d|д)\.?,? ?)?"
_CLOCK = rf"^{_DAYS}(?:([0-9]+):([0-5]?[0-9])|([0-9]{{1,4}})):([0-5][0-9](?:[.,][0-9]+)?) ?(?:мин\.?|min\.?)?$"
_CELL = r"^(1899-12-3[01]|1900-01-[0-3][0-9])[t ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?$"
_AMOUNT = r"([0-9]+(?:[.,][0-9]+)?)"
_SPELLED = (
    rf"^{_DAYS}(?:{_AMOUNT} ?(?:hours?|hrs?|h|часов|часа|час|ч)\.?,? ?)?"
    rf"(?:{_AMOUNT} ?(?:minutes?|mins?|m|минут[аы]?|мин|м)\.?,? ?)?"
    rf"(?:{_AMOUNT} ?(?:seconds?|secs?|s|секунд[аы]?|сек|с)\.?,? ?)?"
    rf"(?:{_AMOUNT} ?(?:milliseconds?|msec|ms|мсек|мс)\.?)?$"
)
_ISO = rf"^p(?:([0-9]+)d)?(?:t(?:{_AMOUNT}h)?(?:{_AMOUNT}m)?(?:{_AMOUNT}s)?)?()$"
_SECONDS = (86400, 3600, 60, 1, 0.001)


def unit_of(header: str) -> str:
    """Return the unit that a header names last or in brackets, '' if it names none.

    Such as `Talk time, ms`, `durationMin`, `Длительность (ч:мм)`.
    """
    if _CLOCK_TOLD.search(header):
        return HOURS_MINUTES
    plain = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", header).lower()
    words = re.findall(r"[a-zа-яё]+", plain)
    inside = re.findall(r"[(\[]\s*(?:in\s|в\s)?\s*([a-zа-яё]+)\.?\s*[)\]]", plain)
    told = [*inside, *(words[-1:] if len(words) > 1 else ())]
    return next((unit for unit, names in UNIT_WORDS.items() if any(word in names for word in told)), "")


def duration(text: str, number: str, unit: str) -> str:
    """Return the SQL of whole seconds; `number` is the SQL of the text as a bare number, which counts in `unit`."""
    bare = f"TRY_CAST(round({number}{f' * {UNITS[unit]}' if unit else ''}) AS BIGINT)"
    words = f"CASE WHEN regexp_matches({text}, '[0-9] ?[^0-9 .,:-]|^[pP]') THEN {_spelled(text)} END"
    is_short = unit == HOURS_MINUTES
    return f"CASE WHEN contains({text}, ':') THEN {_clock(text, is_short=is_short)} ELSE coalesce({bare}, {words}) END"


def _clock(text: str, *, is_short: bool) -> str:
    given = {n: f"coalesce(TRY_CAST(_p.a{n} AS BIGINT), 0)" for n in (1, 2, 3, 4)}
    rest = "CAST(round(TRY_CAST(replace(_p.a5, ',', '.') AS DECIMAL(18,6))) AS BIGINT)"
    seconds = f"{given[1]} * 86400 + {given[2]} * 3600 + ({given[3]} + {given[4]}) * 60 + {rest}"
    if is_short:
        seconds = f"CASE WHEN _p.a4 <> '' THEN {given[1]} * 86400 + {given[4]} * 3600 + {rest} * 60 ELSE {seconds} END"
    parts = f"regexp_extract(lower({text}), {literal(_CLOCK)}, ['a1', 'a2', 'a3', 'a4', 'a5'])"
    whole = bound("_p", parts, f"CASE WHEN _p.a5 <> '' THEN {seconds} END")
    return f"CASE WHEN {text}[5] = '-' THEN {_cell(text)} ELSE {whole} END"


def _cell(text: str) -> str:
    """Return the SQL of the seconds of a workbook's cell that shows a duration as a time after the end of 1899."""
    parts = f"regexp_extract(lower({text}), {literal(_CELL)}, ['d', 'h', 'm', 's'])"
    days = "CASE WHEN _p.d < '1900' THEN 0 ELSE CAST(right(_p.d, 2) AS BIGINT) END"
    seconds = f"{days} * 86400 + CAST(_p.h AS BIGINT) * 3600 + CAST(_p.m AS BIGINT) * 60 + CAST(_p.s AS BIGINT)"
    return bound("_p", parts, f"CASE WHEN _p.d <> '' THEN {seconds} END")


def _spelled(text: str) -> str:
    plain = f"trim(regexp_replace(lower({text}), '[\\s\\x{{00A0}}\\x{{202F}}]+', ' ', 'g'))"
    names = [f"a{n}" for n in range(5)]
    listed = ", ".join(literal(name) for name in names)
    pattern = f"CASE WHEN s[1] = 'p' THEN {_extracted(_ISO, listed)} ELSE {_extracted(_SPELLED, listed)} END"
    seconds = " + ".join(
        f"coalesce(TRY_CAST(replace(_p.{name}, ',', '.') AS DECIMAL(18,6)), 0) * {number}"
        for name, number in zip(names, _SECONDS, strict=True)
    )
    filled = " || ".join(f"_p.{name}" for name in names)
    return bound(
        "s", plain, bound("_p", pattern, f"CASE WHEN {filled} <> '' THEN CAST(round({seconds}) AS BIGINT) END")
    )


def _extracted(pattern: str, listed: str) -> str:
    return f"regexp_extract(s, {literal(pattern)}, [{listed}])"
