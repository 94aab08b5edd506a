"""Reads a month, a quarter or a year written as one text: its first and its last day."""

from collections.abc import Mapping

from voronka.lake.session import literal
from voronka.transform.number_readers import bound

_MONTHS: Mapping[int, tuple[str, ...]] = {
    1: ("янв", "jan"),
    2: ("фев", "feb"),
    3: ("мар", "mar"),
    4: ("апр", "apr"),
    5: ("мая", "май", "may"),
    6: ("июн", "jun"),
    7: ("июл", "jul"),
    8: ("авг", "aug"),
    9: ("сен", "sep"),
    10: ("окт", "oct"),
    11: ("ноя", "nov"),
    12: ("дек", "dec"),
}
_SPOKEN = r"^([а-яa-z]{3,9})[ .,'-]*((?:19|20)[0-9]{2})(?: ?г(?:ода|\.)?)?$"
_YEAR_MONTH = r"^((?:19|20)[0-9]{2})[-./](0?[1-9]|1[0-2])$"
_MONTH_YEAR = r"^(0?[1-9]|1[0-2])[-./]((?:19|20)[0-9]{2})$"
_FIRST_ISO = r"^((?:19|20)[0-9]{2})-([01][0-9])-01(?:[ t]00:00(?::00(?:\.0+)?)?)?$"
_FIRST_DOTS = r"^01\.([01][0-9])\.((?:19|20)[0-9]{2})(?: 0?0:00(?::00)?)?$"
_QUARTER = (
    r"^(?:q ?([1-4])[ /,-]*|([1-4]) ?(?:q|кв\.?|квартал|-?й квартал)[ /,-]*"
    r"|(i{1,3}|iv) ?(?:кв\.?|квартал)[ ,]*)((?:19|20)[0-9]{2})(?: ?г(?:ода|\.)?)?$"
)
_YEAR_QUARTER = r"^((?:19|20)[0-9]{2})[ /,-]*(?:q ?([1-4])|([1-4]) ?кв\.?)$"
_YEAR = r"^((?:19|20)[0-9]{2})(?: ?г(?:од|\.)?)?$"
_ROMAN = "CASE {} WHEN 'i' THEN '1' WHEN 'ii' THEN '2' WHEN 'iii' THEN '3' WHEN 'iv' THEN '4' END"


def period_start(sql: str) -> str:
    """Return the SQL of the first day of a text's period in ISO form; NULL where it is no period."""
    return bound("said", _plain(sql), f"strftime({_first('said')}, '%Y-%m-%d')")


def period_end(sql: str) -> str:
    """Return the SQL of the last day of a text's period in ISO form; NULL where it is no period.

    The first day of a month alone stands for its month, as spreadsheets keep months.
    """
    text = "said"
    quarter, year = (f"regexp_matches({text}, {literal(each)})" for each in (f"{_QUARTER}|{_YEAR_QUARTER}", _YEAR))
    months = f"CASE WHEN {year} THEN 12 WHEN {quarter} THEN 3 ELSE 1 END"
    last = f"{_first(text)} + to_months({months}) - INTERVAL 1 DAY"
    return bound(text, _plain(sql), f"strftime({last}, '%Y-%m-%d')")


def _plain(sql: str) -> str:
    return f"lower(trim({sql}))"


def _first(text: str) -> str:
    """Return the SQL of the first day of the period that a text in small letters names."""

    def part(pattern: str, number: int) -> str:
        return f"nullif(regexp_extract({text}, {literal(pattern)}, {number}), '')"

    spoken = " ".join(f"WHEN {literal(word)} THEN '{month}'" for month, said in _MONTHS.items() for word in said)
    quarter = (
        f"coalesce({part(_QUARTER, 1)}, {part(_QUARTER, 2)}, {_ROMAN.format(part(_QUARTER, 3))}, "
        f"{part(_YEAR_QUARTER, 2)}, {part(_YEAR_QUARTER, 3)})"
    )
    month = (
        f"coalesce(CASE left({part(_SPOKEN, 1)}, 3) {spoken} END, {part(_YEAR_MONTH, 2)}, {part(_MONTH_YEAR, 1)}, "
        f"{part(_FIRST_ISO, 2)}, {part(_FIRST_DOTS, 1)}, CAST(CAST({quarter} AS INTEGER) * 3 - 2 AS TEXT), "
        f"CASE WHEN {part(_YEAR, 1)} IS NOT NULL THEN '1' END)"
    )
    year = (
        f"coalesce({part(_SPOKEN, 2)}, {part(_YEAR_MONTH, 1)}, {part(_MONTH_YEAR, 2)}, {part(_FIRST_ISO, 1)}, "
        f"{part(_FIRST_DOTS, 2)}, {part(_QUARTER, 4)}, {part(_YEAR_QUARTER, 1)}, {part(_YEAR, 1)})"
    )
    return f"TRY_CAST({year} || '-' || lpad({month}, 2, '0') || '-01' AS DATE)"
