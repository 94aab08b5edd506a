"""Tells what a row below the header is: data, or what people and programs write around data."""

import re
from collections.abc import Collection, Sequence
from enum import Enum

from voronka.connectors.files.header_rows import folded

TOTAL_WORDS = (
    "итого", "итог", "всего", "общий итог", "общая сумма", "подытог", "промежуточный итог", "сумма итого", "сумма",
    "total", "totals", "grand total", "subtotal", "sub total", "sum total", "summe", "gesamt",
)  # fmt: skip
_TOTAL = re.compile(
    rf"[\s*\-–—]*(?:{'|'.join(TOTAL_WORDS)})(?:\s*\([^)]*\))?"
    r"(?:\s+(?:по|за|на|в|для|и|and|for|of|by|in|per|сумма|строк|записей)\b.*|[\s:=]+\d[\d\s]*(?:[^\W\d]+\.?)?)?[\s:.*=]*",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL_OF_ONE = re.compile(
    r"[\s*–—-]*(?:итого|всего|подытог|промежуточный итог|сумма итого|grand total|sub ?total)[\s:]+\S.*",
    re.IGNORECASE | re.DOTALL,
)
"""A total of whatever stands behind the word; `Total` alone begins the names of companies."""
_TOTAL_MARKED = re.compile(r"[\s*–—-]*(?:итог|total|totals)\s*:\s*\S.*", re.IGNORECASE | re.DOTALL)
_NO_VALUE = re.compile(r"[\s\-–—]+|[A-Z]{3}")
"""What stands in the columns that a total has nothing for: a dash, or the currency that all amounts are in."""
_PLAIN_WORDS = ("сумма",)
"""Words of totals that a record may begin with too: they count where the row is not filled."""
_LAST_WORDS = ("итого", "итог", "всего", "total", "subtotal")
_TOTAL_BEHIND = re.compile(rf"\S.*?[\s:–—-]+(?:{'|'.join(_LAST_WORDS)})[\s:.*]*", re.IGNORECASE | re.DOTALL)
"""A total of a group whose name stands before the word, as spreadsheets write them: `Анна Итог`."""
ENGINE_TOTAL = rf"\A[\s*–—-]*(?i:{'|'.join(TOTAL_WORDS)})|\A[^\n]*[\s:–—-](?i:{'|'.join(_LAST_WORDS)})[\s:.*]*(?:\n|\z)"
"""The same for the engine, looser: where a row begins so, its blank values left out."""
_FOOTER = re.compile(
    r"\W*(?:отч[её]т|сформирован|дата (?:выгрузк|формирован|отч[её]т|создан|экспорт)|выгру|экспорт|создан|показан"
    r"|найден|количество (?:строк|запис)|(?:всего|итого) (?:строк|запис)|строк\b|записей\b|страниц|стр\. |конец|подпис"
    r"|исполнител|ответственный за|руководител|примечани|\(?\d+ (?:rows?|records?|строк|запис)"
    r"|rows?\b.*\d|records?\b.*\d"
    r"|generated|exported|export(?:ed)? (?:on|at|by|date)|created (?:on|at|by)"
    r"|report|printed|page \d|end of|source:|notes?:"
    r"|copyright|©|confidential|powered by)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-=*_#~.+:\s]+")
_RULE_MIN = 3
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_NUMBER = re.compile(r"[\s(+\-−–$€£₽₸₴]*\d[\d\s.,'’\u00a0\u202f%)]*(?:[^\W\d]{1,4}\.?|[$€£₽₸₴%])?\s*")
_SPAN = re.compile(
    r"(?:\d+ ?(?:days?|дн|дней|дня|день|сут|суток|сутки|d|д)\.?,? ?)?\d+:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
    r"|(?:1899-12-3[01]|1900-01-[0-3]\d)[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?"
    r"|(?:\d+(?:[.,]\d+)? ?(?:days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|[dhms]|дн[а-я]*|сут[а-я]*|час[а-я]*"
    r"|мин[а-я]*|сек[а-я]*|[дчмс])\.?,? ?)+",
    re.IGNORECASE,
)
"""How long something took: a total of talk time is a figure as much as one of money."""
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_SQUEEZED = str.maketrans("ё", "е", " _-./()")
_TOTAL_STARTS = tuple({word.replace(" ", "")[:4] for word in TOTAL_WORDS})
_TOTAL_ENDS = tuple(_LAST_WORDS)
_SAMPLE = 50
_HEADER_CELLS_MIN = 2
_TWO_COLUMNS = 2
_ALIKE_MIN = 3
_WIDE = 4


class Kind(Enum):
    """What a row is."""

    DATA = "data"
    BLANK = "blank"
    HEADER = "header"
    OTHER_HEADER = "other_header"
    TOTAL = "total"


class RowKinds:
    """Tells rows apart by their cells; learns from the first of them what the first column's values look like."""

    def __init__(self, header: Sequence[str], known: Collection[str] = frozenset()) -> None:
        self.header = tuple(folded(name) for name in header)
        self._names = {name for name in self.header if name}
        self._words = self._names | set(known)
        self.has_wordy_header = not any(_DIGIT.match(name.strip()) for name in header[:1])
        self._digits = 0
        self._figures: set[int] = set()
        self._always: set[int] = set()
        self._worded: set[int] = set()
        self._solid = 0
        self._seen = 0

    def is_surely_data(self, first: str, last: str) -> bool:
        """Say quickly by the first and the last value of a full row whether it is surely data; False: look closer."""
        if first[:1].isdigit():
            return self.has_wordy_header
        plain = first.strip('" ').casefold().translate(_SQUEEZED)
        if not plain or plain in self._words or plain.startswith(_TOTAL_STARTS) or plain.endswith(_TOTAL_ENDS):
            return False
        return last.strip('" ').casefold().translate(_SQUEEZED) not in self._words

    def is_ordinary(self, first: str) -> bool:
        """Say quickly whether a row whose first value is this one is surely data: it begins with a digit."""
        return first[:1].isdigit() and self.has_wordy_header

    def learn(self, cells: Sequence[str]) -> None:
        """Take the values of a row that is data as an example."""
        first = cells[0]
        if self._seen < _SAMPLE and first:
            self._seen += 1
            figures = {place for place, cell in enumerate(cells) if _DIGIT.search(cell)}
            self._figures = figures if self._seen == 1 else self._figures & figures
            values = {place for place, cell in enumerate(cells) if cell and not cell.isspace()}
            self._always = values if self._seen == 1 else self._always & values
            self._worded |= {place for place in values if not _is_figure(cells[place])}
            self._digits += first.strip().isdigit()
            self._solid += not any(letter.isspace() for letter in first.strip())

    def of(self, cells: Sequence[str]) -> Kind:
        """Return what the row is."""
        if cells and self.is_ordinary(cells[0]):
            return Kind.DATA
        filled = [cell for cell in cells if cell and not cell.isspace()]
        if not filled or (all(map(_RULE.fullmatch, filled)) and len(max(filled, key=len)) >= _RULE_MIN):
            return Kind.BLANK
        if len(filled) >= _HEADER_CELLS_MIN and len(filled) * 2 >= len(self._names):
            kind = self._as_header(cells, filled)
            if kind is not Kind.DATA:
                return kind
        elif len(self.header) == 1 and folded(filled[0]) == self.header[0]:
            return Kind.HEADER
        return Kind.TOTAL if self._is_total(cells, filled) else Kind.DATA

    def _as_header(self, cells: Sequence[str], filled: Sequence[str]) -> Kind:
        if folded(cells[0]) not in self._words and folded(filled[-1]) not in self._words:
            return Kind.DATA
        names = tuple(folded(cell) for cell in cells)
        if _without_end(names) == _without_end(self.header):
            return Kind.HEADER
        told = sum(1 for name in names if name in self._words)
        has_value = any(_DIGIT.search(cell) and folded(cell) not in self._words for cell in filled)
        is_unlike = len(cells) != len(self.header) or bool(self._figures)  # figures stand where it has none
        is_header = told >= max(_HEADER_CELLS_MIN, (len(filled) + 1) // 2) and not has_value and is_unlike
        return Kind.OTHER_HEADER if is_header and self._is_new(names) else Kind.DATA

    def _is_new(self, names: Sequence[str]) -> bool:
        """Say whether a row of header words is one, and no record of a table about columns."""
        given = [name for name in names if name]
        return len(set(given)) == len(given) and (len(given) > _TWO_COLUMNS or set(given) <= self._names)

    def _is_total(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        if self._is_unnamed_total(cells, filled) or self._is_marked_total(cells, filled):
            return True
        if self._is_total_of_group(filled):
            return True
        if not filled[0].strip("-–—* ").casefold().startswith(_TOTAL_STARTS) and cells[0].strip():
            return False
        words = [cell for cell in filled if not is_figure(cell.strip())]
        if len(words) != 1 or not (_TOTAL.fullmatch(words[0]) or self._is_total_of_one(cells, filled)):
            return False
        if cells[0].strip() and cells[0] != words[0]:
            return False
        is_plain_word = words[0].strip(" :.*–—-").casefold() in _PLAIN_WORDS
        return len(filled) < len(self.header) or not (is_plain_word or any(map(_DATE.search, filled)))

    def _is_unnamed_total(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        """Say whether a row holds figures alone, and nothing of all that says whose and when in every other row."""
        told = self._always & self._worded
        if cells[0].strip() or not self.is_first_filled or len(told) < _TWO_COLUMNS:
            return False
        is_unnamed = not any(cells[place].strip() for place in told if place < len(cells))
        return is_unnamed and all(map(_is_figure, filled))

    @property
    def is_first_filled(self) -> bool:
        """Say whether every row so far has had a first value."""
        return self._seen >= _ALIKE_MIN and 0 in self._always

    def is_lone(self, cells: Sequence[str]) -> bool:
        """Say whether a row has nothing but a first value, though every other row has more, or a title in its place.

        So stands the name of a group above its rows.
        """
        if len(cells) < _WIDE or not cells[0].strip() or any(cell.strip() for cell in cells[1:]):
            return False
        return self.is_sparse(cells) or self._is_unlike(cells[0])

    def _is_marked_total(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        """Say whether a row is a total as reports on advertising end in: `Total: Account` where no such value stands.

        What stands behind it are figures, dashes and the currency.
        """
        is_marked = cells[0] == filled[0] and bool(_TOTAL_MARKED.fullmatch(filled[0]))
        if not is_marked or not self._is_unlike(filled[0]):
            return False
        others = [cell for cell in filled[1:] if not _NO_VALUE.fullmatch(cell)]
        return bool(others) and all(map(_is_figure, others))

    def _is_total_of_one(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        """Say whether a row that is mostly blank begins as a total of somebody or something does, with a figure."""
        is_sparse = len(cells) >= _WIDE and 1 < len(filled) <= len(cells) / 2
        return is_sparse and _TOTAL_OF_ONE.fullmatch(cells[0].strip()) is not None

    def _is_total_of_group(self, filled: Sequence[str]) -> bool:
        """Say whether a row that is mostly blank begins with a name and `Total`, and has nothing but figures behind."""
        width = len(self.header)
        is_sparse = width >= _WIDE and 1 < len(filled) <= width / 2
        return is_sparse and bool(_TOTAL_BEHIND.fullmatch(filled[0].strip())) and all(map(_is_figure, filled[1:]))

    def may_close(self, cells: Sequence[str], *, is_whole: bool) -> bool:
        """Say whether a row, if only such rows follow, is a remark below the table; `is_whole`: of the right width."""
        if is_whole and sum(map(bool, cells)) * 2 > max(len(cells), 3):
            return False
        filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
        if not filled:
            return True
        first, width = filled[0], len(self.header)
        says_so = bool(_FOOTER.match(first) or _RULE.fullmatch(first))
        if len(filled) == 1 and cells[0].strip():
            return (says_so or self._is_unlike(first)) and (width > 1 or not is_whole)
        if not is_whole:
            return says_so or (len(filled) == _TWO_COLUMNS and first.endswith(":"))
        is_remark = says_so or first.endswith(":")
        return is_remark and width >= _WIDE and len(filled) * 2 <= width and self._is_unlike(first)

    def is_sparse(self, cells: Sequence[str]) -> bool:
        """Say whether a row lacks most of the values that every row so far has had."""
        if self._seen < _ALIKE_MIN or len(self._always) < _WIDE:
            return False
        return sum(1 for place in self._always if cells[place].strip()) * 2 < len(self._always)

    def may_head_another(self, cells: Sequence[str]) -> bool:
        """Say whether a row below a gap begins another table: a title or names, where every row has had values."""
        return self.is_sparse(cells) and not any(map(_DIGIT.search, cells))

    def is_like(self, first: str) -> bool:
        """Say whether a value looks as those of the first column do."""
        return not self._is_unlike(first)

    def _is_unlike(self, first: str) -> bool:
        if not self._seen:
            return False
        if self._digits == self._seen:
            return not first.strip().isdigit() and bool(_LETTER.search(first))
        return self._solid == self._seen and any(letter.isspace() for letter in first.strip())


def is_figure(text: str) -> bool:
    """Say whether a text is one number, with whatever stands around amounts, or a span of time."""
    return bool(_NUMBER.fullmatch(text) or _SPAN.fullmatch(text))


def _is_figure(cell: str) -> bool:
    return is_figure(cell.strip()) and not _DATE.search(cell)


def _without_end(names: Sequence[str]) -> tuple[str, ...]:
    found = list(names)
    while found and not found[-1]:
        found.pop()
    return tuple(found)
