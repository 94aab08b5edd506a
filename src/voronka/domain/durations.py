"""Lengths of time as people write and read them: `14d`, `36h`, `1d 12h`; 2 дн 3 ч."""

import re
from collections.abc import Mapping

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
UNITS: Mapping[str, tuple[int, str]] = {
    "week": (WEEK, r"w|weeks?|н|нед|недел[яиь]"),
    "day": (DAY, r"d|days?|д|дн|день|дня|дней"),
    "hour": (HOUR, r"h|hours?|ч|час|часа|часов"),
    "minute": (MINUTE, r"m|min|minutes?|м|мин|минут[аы]?"),
    "second": (1, r"s|sec|seconds?|с|сек|секунд[аы]?"),
}
"""Each unit with its seconds and how it may be written, in either language."""
SHORT: Mapping[str, tuple[tuple[int, str], ...]] = {
    "ru": ((DAY, "дн"), (HOUR, "ч"), (MINUTE, "мин"), (1, "с")),
    "en": ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s")),
}
_PART = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,6})?) *([^\W\d_]+)\.? *")


def length_of(text: str) -> float | None:
    """Return the seconds of a length with its units, as `14d`, `1.5h` or `1d 12h`; None where it is none.

    A day is 24 hours. A bare number is no length: it does not say of what.
    """
    written = text.strip().lower()
    if not written or _PART.sub("", written):
        return None
    found = [(amount, _seconds(unit)) for amount, unit in _PART.findall(written)]
    if any(seconds is None for _, seconds in found):
        return None
    return sum(float(amount.replace(",", ".")) * (seconds or 0) for amount, seconds in found)


def length_in_words(seconds: float | None, language: str) -> str:
    """Return a length in its two largest units that are not nothing, rounded to the smaller: `2 d 3 h`, `12 s`.

    Unknown is a dash; less than a second is said in its parts.
    """
    if seconds is None:
        return "–"
    if 0 < abs(seconds) < 1:
        return f"{seconds:.1g} {SHORT[language][-1][1]}"
    size, sign = abs(seconds), "-" if seconds < 0 else ""
    units = SHORT[language]
    largest = next((place for place, (unit, _) in enumerate(units) if size >= unit), len(units) - 1)
    smallest = min(largest + 1, len(units) - 1)
    left = _rounded(size, units[smallest][0])
    parts = []
    for unit, name in units[max(largest - 1, 0) : smallest + 1]:
        whole, left = divmod(left, unit)
        if whole:
            parts.append(f"{whole:,} {name}")
    return sign + (" ".join(parts) or f"0 {units[-1][1]}")


def _rounded(size: float, unit: int) -> int:
    return int(size / unit + 0.5) * unit


def _seconds(unit: str) -> int | None:
    return next((seconds for seconds, written in UNITS.values() if re.fullmatch(written, unit)), None)
