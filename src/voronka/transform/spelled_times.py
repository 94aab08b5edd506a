"""Reads times in words and in rare spellings: `Вт, 5 марта 2024 г. в 14:05`, `March 5, 2024 2 PM`, `… GMT+0300`."""

from collections.abc import Mapping

from voronka.lake.session import literal
from voronka.transform.number_readers import bound

_MONTHS = (
    "янв|январь|января|jan|january|januar|янв.",
    "фев|февр|февраль|февраля|feb|february|februar",
    "мар|март|марта|mar|march|märz|mrz",
    "апр|апрель|апреля|apr|april",
    "май|мая|may|mai",
    "июн|июнь|июня|jun|june|juni",
    "июл|июль|июля|jul|july|juli",
    "авг|август|августа|aug|august",
    "сен|сент|сентябрь|сентября|sep|sept|september",
    "окт|октябрь|октября|oct|october|okt|oktober",
    "ноя|нояб|ноябрь|ноября|nov|november",
    "дек|декабрь|декабря|dec|december|dez|dezember",
)
_WEEKDAYS = (
    "понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun"
)
_ZONES: Mapping[str, int] = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "bst", "west"), 60),
    **dict.fromkeys(("eet", "cest"), 120),
    "eest": 180,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
"""Minutes that the zones are ahead of UTC."""
_MOSCOW = ("msk", "мск")
"""Moscow's time, which was 4 hours ahead of UTC for some years: the day tells how many."""
_ZONE = "|".join(sorted([*_ZONES, *_MOSCOW], key=len, reverse=True))
_CLOCK = (
    r"(?:^|[ t_:-])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)? ?([ap])?(?:\.?m\.?)?"
    rf"(?: ?({_ZONE}))?(?: ?([+-])([0-9]{{1,2}})(?::?([0-9]{{2}}))?)?(?: |$)"
)
_CLOCK_PARTS = ("h", "m", "s", "f", "half", "zone", "sign", "hours", "minutes")
_MARK = "[ ./,-]"
_HOURS_OFF = 14
"""Hours that a zone may be off UTC."""
_CENTURY = 70
"""Years of two digits from here on were of the last century."""


def spelled(text: str, *, day_first: bool) -> str:
    """Return the SQL of a struct of a text's time, NULL where it cannot be read.

    at: TIMESTAMP as written; minutes: its offset from UTC, NULL where none is said; is_moscow: the offset is from
    Moscow's time; is_timed: it has a time of day.
    """
    clock = f"regexp_extract(s, {literal(_CLOCK)}, [{', '.join(literal(part) for part in _CLOCK_PARTS)}])"
    rest = f"trim(regexp_replace(s, {literal(_CLOCK)}, ' '), ' .,')"
    day = bound("d", rest, bound("w", r"regexp_extract(d, '(\p{L}+)', 1)", _day(day_first=day_first)))
    made = bound("_c", clock, bound("y", day, f"CASE WHEN y IS NOT NULL AND {_is_clock()} THEN {_struct()} END"))
    return f"CASE WHEN {text} IS NOT NULL THEN {bound('s', _plain(text), made)} END"


def _plain(text: str) -> str:
    """Return the SQL of a text in small letters without weekdays, `г.`, `в`, `at`; its clock is written with colons."""
    steps = (
        (r"([+-][0-9:]{2,6}|[0-9]z) ?(?:\([^()]*\)|\[[^\]]*\])$", r"\1"),
        (rf"\(({_ZONE})\)$", r"\1"),
        (rf"(^|[^\p{{L}}(])\(?(?:{_WEEKDAYS})\)?(?:[ .,]+|$)", r"\1"),
        (r"([0-9])(?:st|nd|rd|th|-?го|-е)([^\p{L}]|$)", r"\1\2"),
        (r"([0-9]) ?(?:года|год|г)(?:[ ,.]+|$)", r"\1 "),
        (r"([ ,])(?:в|at|of|um|on) ", r"\1"),
        (r" of ", " "),
        (r"([0-9]{1,2}) ?(?:часов|часа|час|ч|h)\.? ?([0-9]{2}) ?(?:минут[аы]?|мин|м|min|m)?\.?(?: |$)", r"\1:\2 "),
        (r"^([0-9]{4})-?([0-9]{2})-?([0-9]{2})[t ]([0-9]{2})([0-9]{2})([0-9]{2})", r"\1-\2-\3 \4:\5:\6"),
        (r"^([0-9]{4})-?([0-9]{2})-?([0-9]{2})[t ]([0-9]{2})([0-9]{2})(z|[+-]|$)", r"\1-\2-\3 \4:\5\6"),
        (r"([0-9]{4}),? +([0-9]{1,2})\.([0-9]{2})(?:\.([0-9]{2}))?$", r"\1 \2:\3:0\4"),
        (r":0([0-9]{2})$", r":\1"),
        (r":0$", ":00"),
        (r"(^|[ t])([0-9]{1,2}) ?([ap])\.?m\.?( |$)", r"\1\2:00 \3m\4"),
        (r",([^0-9]|$)", r" \1"),
        (r" {2,}", " "),
    )
    spaces = "\u00a0\u202f\u2009\t\r\n«»\"„“”'"
    sql = f"translate(lower({text}), {literal(spaces + 'ё')}, {literal(' ' * len(spaces) + 'е')})"
    for pattern, by in steps:
        options = ", 'g'" if by == " " else ""
        sql = f"regexp_replace({sql}, {literal(pattern)}, {literal(by)}{options})"
    return f"trim({sql})"


def _day(*, day_first: bool) -> str:
    """Return the SQL of the DATE of `d`, the text without its clock, whose one word `w` is a month."""
    number = " ".join(
        f"WHEN w IN ({', '.join(literal(word) for word in words.split('|'))}) THEN '{place}'"
        for place, words in enumerate(_MONTHS, 1)
    )
    named = "CASE WHEN w = '' THEN d ELSE replace(replace(d, w || '.', '#'), w, '#') END"
    year = "([0-9]{4}|[0-9]{2})"
    numeric = "\\3-\\2-\\1" if day_first else "\\3-\\1-\\2"
    patterns = (
        (rf"^([0-9]{{1,2}}){_MARK}*#{_MARK}*{year}$", r"\2-#-\1"),
        (rf"^#{_MARK}*([0-9]{{1,2}}){_MARK}+{year}$", r"\2-#-\1"),
        (rf"^([0-9]{{4}}){_MARK}*#{_MARK}*([0-9]{{1,2}})$", r"\1-#-\2"),
        (rf"^([0-9]{{1,2}}) ?[./ -] ?([0-9]{{1,2}}) ?[./ -] ?{year}$", numeric),
        (r"^([0-9]{4}) ?[./ -] ?([0-9]{1,2}) ?[./ -] ?([0-9]{1,2})$", r"\1-\2-\3"),
        (r"^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3"),
    )
    cases = " ".join(
        f"WHEN regexp_matches(e, {literal(pattern)}) THEN regexp_replace(e, {literal(pattern)}, {literal(by)})"
        for pattern, by in patterns
    )
    whole = (
        "CASE WHEN e[3] = '-' THEN CASE WHEN e[:2] < '" + str(_CENTURY) + "' THEN '20' ELSE '19' END || e ELSE e END"
    )
    month = f"CASE WHEN contains(e, '#') THEN replace(e, '#', CASE {number} END) ELSE e END"
    date = bound("e", bound("e", f"CASE {cases} END", whole), f"TRY_CAST({month} AS DATE)")
    return bound("e", named, date)


def _given(part: str) -> str:
    return f"coalesce(TRY_CAST(_c.{part} AS BIGINT), 0)"


def _is_clock() -> str:
    """Return the SQL that says whether the clock `c` is one: none at all, or its parts and its offset in bounds."""
    h, m, s = (_given(part) for part in ("h", "m", "s"))
    near = f"{_given('hours')} <= {_HOURS_OFF} AND {_given('minutes')} <= 59"
    whole = f"({h} <= 23 AND {m} <= 59 AND {s} <= 60) OR ({h} = 24 AND {m} = 0 AND {s} = 0)"
    return f"(_c.h = '' OR ({near} AND ({whole})))"


def _struct() -> str:
    """Return the SQL of the struct of the day `y` and the clock `c`."""
    hour = _given("h")
    of_half = f"CASE WHEN _c.half = 'p' AND {hour} < 12 THEN 12 WHEN _c.half = 'a' AND {hour} = 12 THEN -12 ELSE 0 END"
    seconds = f"(({hour} + {of_half}) * 3600 + {_given('m')} * 60 + {_given('s')})"
    at = f"CAST(y AS TIMESTAMP) + to_microseconds({seconds} * 1000000 + CAST(left(rpad(_c.f, 6, '0'), 6) AS BIGINT))"
    zones = " ".join(f"WHEN '{zone}' THEN {minutes}" for zone, minutes in _ZONES.items())
    offset = f"CASE _c.sign WHEN '-' THEN -1 ELSE 1 END * ({_given('hours')} * 60 + {_given('minutes')})"
    minutes = f"CASE WHEN _c.zone <> '' OR _c.sign <> '' THEN CASE _c.zone {zones} ELSE 0 END + {offset} END"
    moscow = ", ".join(literal(zone) for zone in _MOSCOW)
    return (
        f"{{'at': {at}, 'minutes': CAST({minutes} AS BIGINT), 'is_moscow': _c.zone IN ({moscow}), "
        "'is_timed': _c.h <> ''}"
    )
