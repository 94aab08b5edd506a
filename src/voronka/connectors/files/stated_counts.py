"""Reads how many records a file says it holds, in the remarks around its table: `Всего записей: 3`, `(3 rows)`."""

import re
from collections.abc import Sequence

_NUMBER = r"(?P<n>[0-9]{1,3}(?:[ \u00a0\u202f,][0-9]{3})+|[0-9]+)"
_RECORDS = r"(?:строк[аи]?|запис(?:ь|и|ей)|rows?|records?)"
"""Leads or calls may be what a row of advertising counts: only words for rows are meant."""
_LEAD = r"(?:всего|итого|итог|общее|найдено|выгружено|экспортировано|total|grand total|found|exported)"
_COUNT_OF = r"(?:количество|кол-во|число|count(?: of)?|number(?: of)?|no\.?(?: of)?)"
_PATTERNS = tuple(
    re.compile(rf"[\W_]*{pattern}[\W_]*", re.IGNORECASE)
    for pattern in (
        rf"(?:{_LEAD}\s+)?(?:{_COUNT_OF}\s+)?{_RECORDS}(?:\s+(?:всего|total))?\s*[:=–—-]?\s*{_NUMBER}",
        rf"(?:{_LEAD}\s*:?\s*)?{_NUMBER}\s+{_RECORDS}(?:\s+(?:всего|total|selected|exported|returned|found|in set))?",
        rf"(?:показан[оы]|showing|{_RECORDS})\s*:?\s*(?:[0-9]+\s*[–—-]\s*)?[0-9]+\s+(?:из|of)\s+{_NUMBER}(?:\s+{_RECORDS})?",
    )
)
_LONGEST = 80


def stated_count(cells: Sequence[str]) -> tuple[int, int] | None:
    """Return how many records a remark says there are, and how many of its filled cells say so; None: it does not."""
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()][:2]
    for used in range(1, len(filled) + 1):
        text = " ".join(filled[:used])
        for pattern in _PATTERNS:
            if len(text) <= _LONGEST and (found := pattern.fullmatch(text)):
                return int(re.sub(r"[^0-9]", "", found["n"])), used
    return None
