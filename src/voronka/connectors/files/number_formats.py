"""Turns the number of a cell into the text that its format makes of it: a date, a time, a duration, percents, a number.

A workbook keeps dates as days since 1900 or 1904 and tells only by the format that they are dates.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import isfinite

GENERAL = "number"
BUILT_IN = dict.fromkeys((9, 10), "percent") | dict.fromkeys((*range(14, 18), *range(27, 32)), "date")
BUILT_IN |= dict.fromkeys((*range(50, 55), 36, 57, 58), "date") | dict.fromkeys((22,), "moment")
BUILT_IN |= dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), "time") | {46: "duration", 49: "text"}
CURRENCY = re.compile(
    r"\[\$([^\]-]*[^\]\s-])\s*(?:-[0-9A-Fa-f]+)?\]|\"\s*(руб(?:лей|\.)?|р\.?|[$€£¥₽₸₴₺₹₼₾₪₩₫฿])\s*\"|([$€£¥₽₸₴₺₹₼₾₪₩₫฿])",
    re.IGNORECASE,
)
LANGUAGE = re.compile(r"\[\$-[^\]]*\]")
CURRENCY_NAME = re.compile(r"[A-Z]{3}|руб(?:лей|\.)?|р\.|.{0,2}[$€£¥₽₸₴₺₹₼₾₪₩₫฿]|zł|Kč|Br", re.IGNORECASE)
LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
ELAPSED = re.compile(r"\[(?:h+|m+|s+|ч+|м+|с+)\]", re.IGNORECASE)
BRACKETS = re.compile(r"\[[^\]]*\]")
CLOCK = re.compile(r"h|s|am/pm|ч", re.IGNORECASE)
DAYS = re.compile(r"[ydgeг]", re.IGNORECASE)
MONTHS = re.compile(r"m{3,}|м{3,}", re.IGNORECASE)
PADDED = re.compile(r"0{2,}")
PLAIN = re.compile(r"-?[1-9]\d{0,14}|0")
FRACTION = re.compile(r"(-?\d+)\.(\d+)")
DIGITS_MAX = 15  # significant digits that a number cell keeps
EXACT_MAX = 1 << 53
SERIAL_MAX = 2_958_466  # the day after 9999-12-31
LEAP_BUG_DAY = 60  # 1900-02-29, which the spreadsheets count though it never was
DURATION_DAYS_MAX = 1000  # a clock above this many days is a moment shown without its day
DAY_SECONDS = 86_400
THOUSANDS_DIGITS = 3
SECOND = 1000  # milliseconds; less is what counting in days leaves over
SCIENTIFIC_MAX = 400  # digits that a number may have when it is written out


def kind_of_format(code: str) -> str:
    """Return what a format makes of a number: `date`, `moment`, `time`, `duration`, `percent`, `text` ...

    ... `zeros:N` for a number filled up with zeros to N digits, `money:SIGN` for one that is shown with a currency, or
    `number` for any other.
    """
    kind = _kind(code)
    sign = _currency(code) if kind == GENERAL else ""
    return f"money:{sign}" if sign else kind


def _currency(code: str) -> str:
    """Return the sign of the currency that a format shows, '' for none."""
    found = CURRENCY.search(LANGUAGE.sub("", code))
    sign = (found[1] or found[2] or found[3]).strip() if found else ""
    return sign if CURRENCY_NAME.fullmatch(sign) else ""


def _kind(code: str) -> str:
    first = LITERALS.sub("", code).split(";")[0]
    if ELAPSED.search(first):
        return "duration"
    bare = BRACKETS.sub("", first).strip()
    if bare == "@":
        return "text"
    if bare.casefold() in {"general", "основной", "standard"}:
        return GENERAL
    return _kind_of_bare(bare)


def _kind_of_bare(bare: str) -> str:
    if "0" in bare or "#" in bare or "?" in bare:
        has_clock = bool(CLOCK.search(bare.replace("E+", "").replace("E-", "")))
        if not has_clock and not DAYS.search(bare.replace("E+", "").replace("E-", "")):
            if PADDED.fullmatch(bare):
                return f"zeros:{len(bare)}"
            return "percent" if "%" in bare else GENERAL
    if DAYS.search(bare) or (MONTHS.search(bare) and not CLOCK.search(bare)):
        return "moment" if CLOCK.search(bare) else "date"
    return "time" if CLOCK.search(bare) else GENERAL


@dataclass(frozen=True)
class Epoch:
    """From which day a workbook counts: 1904 in those of old Macintosh programs, else 1900."""

    is_1904: bool = False

    def day(self, serial: int) -> str:
        """Return the day of a whole number, as the spreadsheet shows it; `1900-01-00` for zero."""
        if self.is_1904:
            return (date(1904, 1, 1) + timedelta(days=serial)).isoformat()
        if serial == 0:
            return "1900-01-00"
        if serial == LEAP_BUG_DAY:
            return "1900-02-29"
        return (date(1899, 12, 31 if serial < LEAP_BUG_DAY else 30) + timedelta(days=serial)).isoformat()

    def serial_max(self) -> int:
        """Return the number from which on there are no days."""
        return SERIAL_MAX - (1462 if self.is_1904 else 0)


def shown_number(value: str, kind: str, epoch: Epoch) -> str:
    """Return the text of a number cell; `value` is the number as the file writes it, whatever cannot be read stays.

    Dates are `2024-01-31`, moments `2024-01-31T10:05:00`, times and durations `26:03:05`, percents `45.5%`, amounts
    `12500.5 ₽` where the format shows a currency.
    """
    if kind in {GENERAL, "text"}:
        return plain_number(value)
    if kind.startswith("money:"):
        return f"{plain_number(value)} {kind[6:]}"
    if kind.startswith("zeros:"):
        number = plain_number(value)
        return number.zfill(int(kind[6:])) if PLAIN.fullmatch(number) and number[0] != "-" else number
    if kind == "percent":
        return _percent(value)
    try:
        days = float(value)
    except ValueError:
        return value
    return _time(days, kind, epoch, value)


def _time(days: float, kind: str, epoch: Epoch, value: str) -> str:
    if kind == "duration" or (kind == "time" and -DURATION_DAYS_MAX < days < DURATION_DAYS_MAX):
        return _duration(days)
    if not 0 <= days < epoch.serial_max():
        return plain_number(value)
    whole, rest = divmod(round(days * DAY_SECONDS * 1000), DAY_SECONDS * 1000)
    if kind == "date" and (rest < SECOND or whole == 0):
        return epoch.day(whole)
    return f"{epoch.day(whole)}T{_clock(rest, '02')}"


def _duration(days: float) -> str:
    milliseconds = round(abs(days) * DAY_SECONDS * 1000)
    return ("-" if days < 0 and milliseconds else "") + _clock(milliseconds, "")


def _clock(milliseconds: int, hours: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03d}".rstrip("0") if rest else ""
    return f"{seconds // 3600:{hours}}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"


def _percent(value: str) -> str:
    number = plain_number(value)
    try:
        return f"{plain_number(str(Decimal(number) * 100))}%"
    except ArithmeticError:
        return value


def plain_number(value: str) -> str:
    """Return a number in plain digits: no `.0`, `1.2340` for 1.234, at most 15 significant digits.

    A whole number of more digits is kept as it stands where its digits cannot have gone through a number cell (these
    round them); where they have, it is written with an exponent, so that a reader of ids sees the loss.
    """
    if PLAIN.fullmatch(value):
        return value
    parts = FRACTION.fullmatch(value)
    if parts and len(parts[1]) + len(parts[2]) <= DIGITS_MAX:
        fraction = parts[2].rstrip("0")
        return f"{parts[1]}.{_unlike_thousands(fraction)}" if fraction else str(int(parts[1]))
    try:
        number = Decimal(value.strip())
        near = float(number)
    except (ArithmeticError, ValueError):
        return value
    if not isfinite(near) or abs(number.adjusted()) > SCIENTIFIC_MAX:
        return value
    if number == number.to_integral_value():
        return _whole(number, near)
    return _digits(Decimal(f"{near:.{DIGITS_MAX}g}"))


def _whole(number: Decimal, near: float) -> str:
    was_rounded = number in {Decimal(near), Decimal(repr(near))}
    return f"{near:.{DIGITS_MAX - 1}E}" if abs(number) > EXACT_MAX and was_rounded else _digits(number)


def _digits(number: Decimal) -> str:
    whole, _, fraction = format(number, "f").partition(".")
    fraction = _unlike_thousands(fraction.rstrip("0"))
    return f"{whole}.{fraction}" if fraction else "0" if whole == "-0" else whole


def _unlike_thousands(fraction: str) -> str:
    """Return the digits after a point, never three: a reader of texts could take 1.234 for a thousand and more."""
    return f"{fraction}0" if len(fraction) == THOUSANDS_DIGITS else fraction


def moment_text(moment: datetime) -> str:
    """Return a moment as text, a day alone where it is midnight."""
    is_day = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    return moment.date().isoformat() if is_day else moment.isoformat()


def duration_text(span: timedelta) -> str:
    """Return a span as `H:MM:SS`, its hours counted on."""
    return _duration(span / timedelta(days=1))
