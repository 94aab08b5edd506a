"""Reads how many records a file says it holds, in the remarks around its table: `Всего записей: 3`, `(3 rows)`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from voronka.domain.flags import Flag

_NUMBER = r"(?P<n>[0-9]{1,3}(?:[ \u00a0\u202f,][0-9]{3})+|[0-9]+)"
_RECORDS = r"(?:строк[аи]?|запис(?:ь|и|ей)|rows?|records?)"
"""Leads or calls may be what a row of advertising counts: only words for rows are meant."""
_LEAD = r"(?:всего|итого|итог|общее|найдено|выгружено|экспортировано|total|grand total|found|exported)"
_EXPORTED = r"(?:выгружено|экспортировано|в (?:выгрузке|файле)|exported)"
_THINGS = (
    r"(?:сдел(?:ок|ки|ка)|лид(?:ов|а|ы)?|контакт(?:ов|а|ы)?|звон(?:ков|ка|ки|ок)|заяв(?:ок|ки|ка)|компани[йия]"
    r"|клиент(?:ов|а|ы)?|задач[аи]?|оплат[аы]?|плат[её]ж(?:ей|а|и)?|deals?|leads?|contacts?|calls?|companies|tasks?|payments?)"
)
_COUNT_OF = r"(?:количество|кол-во|число|count(?: of)?|number(?: of)?|no\.?(?: of)?)"
_PATTERNS = tuple(
    re.compile(rf"[\W_]*{pattern}[\W_]*", re.IGNORECASE)
    for pattern in (
        rf"(?:{_LEAD}\s+)?(?:{_COUNT_OF}\s+)?{_RECORDS}(?:\s+(?:всего|total))?\s*[:=–—-]?\s*{_NUMBER}",
        rf"(?:{_LEAD}\s*:?\s*)?{_NUMBER}\s+{_RECORDS}(?:\s+(?:всего|total|selected|exported|returned|found|in set))?",
        rf"(?:показан[оы]|showing|{_RECORDS})\s*:?\s*(?:[0-9]+\s*[–—-]\s*)?[0-9]+\s+(?:из|of)\s+{_NUMBER}(?:\s+{_RECORDS})?",
        rf"{_EXPORTED}\s+{_THINGS}\s*[:=–—-]?\s*{_NUMBER}(?:\s+(?:из|of)\s+[0-9]+)?",
        rf"{_EXPORTED}\s*:?\s*{_NUMBER}\s+{_THINGS}(?:\s+(?:из|of)\s+[0-9]+)?",
    )
)
_LONGEST = 80
COUNT_DIFFERS = "count_differs"


def stated_counts(cells: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Return how many records a remark says there are, each time it does, and how many filled cells say so."""
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    found, used, place = [], 0, 0
    while place < len(filled):
        told = _stated(filled[place : place + 2])
        if told is not None:
            found.append(told[0])
            used += told[1]
        place += 1 if told is None else told[1]
    return tuple(found), used


def counts_above(titles: Iterable[tuple[int, Sequence[str]]], rows: int) -> Iterator[Flag]:
    """Yield a flag for each count above the header that is not that of the file's rows."""
    for line, cells in titles:
        for told in stated_counts(cells)[0]:
            if told != rows:
                yield Flag(COUNT_DIFFERS, f"line {line} says {told:,} records; the file has {rows:,}", 1, (line,))


def _stated(filled: Sequence[str]) -> tuple[int, int] | None:
    for used in range(1, len(filled) + 1):
        text = " ".join(filled[:used])
        for pattern in _PATTERNS:
            if len(text) <= _LONGEST and (found := pattern.fullmatch(text)):
                return int(re.sub(r"[^0-9]", "", found["n"])), used
    return None
