"""A block of cells, pasted or of a file, read against a grid of plans: names and periods matched, numbers read.

Whatever does not fit is told of its cell, and nothing of the block is then stated.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.period import Period
from voronka.domain.plans import PlanScope
from voronka.domain.written_numbers import DecimalMark, told_mark, written_number
from voronka.reports.plan_grid import Grid, GridRow, Owner, folded, planned_of

EMPTIED = {"-", "–", "—"}
"""What takes a plan back; an empty cell leaves it as it is."""
KINDS: dict[str, PlanScope] = {
    "компания": "company",
    "вся компания": "company",
    "company": "company",
    "команда": "team",
    "team": "team",
    "сотрудник": "employee",
    "employee": "employee",
}
WHOSE, NAME, CODE = (("чей план", "whose"), ("имя", "name"), ("код", "id"))
"""The titles before the periods in a file of plans."""
_MONTHS = (
    ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_MAY = re.compile("^мая")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:\D.*)?")
_DOTTED = re.compile(r"(?:(\d{1,2})[./])?(\d{1,2})[./](\d{4})(?:\D.*)?")
_WORDED = re.compile(r"([^\W\d]{3,})[\s.,'-]*(\d{4}|\d{2})?\D*")
_QUARTERS = re.compile(r"(?:([1-4]|iv|i{1,3})\s*-?\s*(?:й\s*)?(?:кв|q)\D*|(?:кв\D*|q)\s*([1-4])\D*)(\d{4}|\d{2})?\D*")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Target:
    """Where a block goes that names nobody, or no periods: these lines from the chosen one on, from this column on."""

    owners: tuple[Owner, ...] = ()
    first: date | None = None


@dataclass(frozen=True)
class Marks:
    """What stands before the decimals of a block's numbers, where it is known; `usual`: where the numbers tell none."""

    known: DecimalMark | None = None
    usual: DecimalMark | None = None


@dataclass(frozen=True)
class Wish:
    """A plan that a block says of a cell of the grid; None takes it back."""

    owner: Owner
    period: Period
    value: Decimal | None


@dataclass(frozen=True)
class Misfit:
    """A cell of a block, counted from 1, and why it does not fit."""

    row: int
    column: int
    text: str
    fault: QuestionError


@dataclass(frozen=True)
class Block:
    """What a block says; with one that does not fit, nothing of it is stated."""

    wishes: tuple[Wish, ...]
    misfits: tuple[Misfit, ...]


def read_block(grid: Grid, lines: Sequence[Sequence[str]], target: Target, marks: Marks) -> Block:
    """Return what lines of cells say of a grid's plans."""
    return _Reading(grid, _trimmed(lines), target, marks).read()


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of a text as spreadsheets copy it: parted by tabs, quoted where a cell holds one or a line."""
    found, row, cell, quoted = list[list[str]](), list[str](), "", False
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = 0
    while place < len(text):
        sign = text[place]
        if quoted and sign == '"' and text[place + 1 : place + 2] == '"':
            cell, place = cell + '"', place + 1
        elif sign == '"' and (quoted or not cell):
            quoted = not quoted
        elif sign in "\t\n" and not quoted:
            row.append(cell)
            cell = ""
            if sign == "\n":
                found.append(row)
                row = []
        else:
            cell += sign
        place += 1
    return [*found, [*row, cell]] if cell or row else found


def named_period(text: str, columns: Sequence[Period]) -> Period | None:
    """Return the column that a title names: `март 2026`, `Mar-26`, `2026-03`, `1 кв. 2026`; None for no period's name.

    QuestionError where it names one that is not a column.
    """
    said = folded(text)
    start = _iso(said) or _dotted(said)
    if start is not None:
        found = [each for each in columns if each.first == start]
    elif (quarter := _QUARTERS.fullmatch(said)) is not None:
        number = quarter[1] or quarter[2]
        month = 3 * (_ROMAN.get(number) or int(number)) - 2
        found = [each for each in columns if each.first.month == month and each.days > 31 and _in(each, quarter[3])]  # noqa: PLR2004 - a month
    elif (worded := _WORDED.fullmatch(said)) is not None and (month := _month(worded[1])):
        found = [each for each in columns if each.first.month == month and each.first.day == 1 and _in(each, worded[2])]
    else:
        return None
    if len(found) != 1:
        raise QuestionError(f"no column here is {text.strip()}", do="Show the days that it is of")
    return found[0]


def _iso(said: str) -> date | None:
    found = _ISO.fullmatch(said)
    return _date(found[1], found[2], found[3] or "1") if found else None


def _dotted(said: str) -> date | None:
    found = _DOTTED.fullmatch(said)
    return _date(found[3], found[2], found[1] or "1") if found else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    word = _MAY.sub("май", word)
    return next((n for names in _MONTHS for n, name in enumerate(names, start=1) if word.startswith(name)), 0)


def _in(period: Period, year: str | None) -> bool:
    return year is None or period.first.year % 100 == int(year) % 100


@dataclass(frozen=True)
class _Line:
    """A line of a block: its number from 1, its cells."""

    number: int
    cells: Sequence[str]

    def at(self, place: int | None) -> str:
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""


class _Reading:
    def __init__(self, grid: Grid, lines: list[_Line], target: Target, marks: Marks) -> None:
        self.grid = grid
        self.lines = lines
        self.target = target
        self.misfits: list[Misfit] = []
        self.marks = marks
        self.mark = marks.known

    def read(self) -> Block:
        has_titles = bool(self.lines) and self._has_titles(self.lines[0])
        body = self.lines[1:] if has_titles else self.lines
        told = told_mark(text for line in body for text in line.cells)
        self.mark = self.marks.known or told or self.marks.usual
        columns, about = self._titled(self.lines[0]) if has_titles else self._untitled(body)
        wishes: dict[tuple[Owner, Period], Wish] = {}
        for place, line in enumerate(body):
            owner = self._owner(line, place, about)
            for column, period in columns.items() if owner else ():
                wish = self._wish(line, column, owner, period)
                if wish is not None and (wish.owner, wish.period) in wishes:
                    self._tell(line, column, QuestionError("this plan stands twice in what is pasted"))
                elif wish is not None:
                    wishes[wish.owner, wish.period] = wish
        if not wishes and not self.misfits:
            self.misfits.append(Misfit(1, 1, "", QuestionError("there is no plan in it")))
        return Block(tuple(wishes.values()) if not self.misfits else (), tuple(self.misfits))

    def _tell(self, line: _Line, column: int, fault: QuestionError) -> None:
        self.misfits.append(Misfit(line.number, column + 1, line.at(column), fault))

    def _has_titles(self, line: _Line) -> bool:
        return any(self._is_period(text) for text in line.cells)

    def _is_period(self, text: str) -> bool:
        try:
            return named_period(text, self.grid.asked.columns) is not None
        except QuestionError:
            return True

    def _titled(self, line: _Line) -> tuple[dict[int, Period], dict[str, int]]:
        """Return the periods by column, and where names, codes and kinds of owners stand."""
        columns, about = dict[int, Period](), dict[str, int]()
        for place, text in enumerate(line.cells):
            try:
                period = named_period(text, self.grid.asked.columns)
            except QuestionError as fault:
                self._tell(line, place, fault)
                continue
            said = folded(text)
            if period is not None:
                columns[place] = period
            elif said in WHOSE:
                about["whose"] = place
            elif said in CODE:
                about["code"] = place
            elif not columns and "name" not in about:
                about["name"] = place
            elif said:
                self._tell(line, place, QuestionError(f"not a period: {text.strip()}"))
        return columns, about

    def _untitled(self, body: Sequence[_Line]) -> tuple[dict[int, Period], dict[str, int]]:
        """Return the same of a block without titles: its columns follow each other from the chosen one."""
        names = any(self._is_name(line.at(0)) for line in body)
        width = max((len(line.cells) for line in body), default=0)
        start = 1 if names else 0
        known = self.grid.asked.columns
        first = next((n for n, each in enumerate(known) if each.first == self.target.first), None)
        if first is None:
            if body:
                self._tell(body[0], start, QuestionError("it is not known of which period the first column is"))
            return {}, {"name": 0} if names else {}
        for place in range(start + len(known) - first, width):
            if body:
                self._tell(body[0], place, QuestionError("there are more columns than periods to the right"))
        columns = {
            place: known[first + place - start] for place in range(start, min(width, start + len(known) - first))
        }
        return columns, {"name": 0} if names else {}

    def _is_name(self, text: str) -> bool:
        if not text or text in EMPTIED:
            return False
        try:
            written_number(text, self.mark or ".")
        except QuestionError:
            return any(sign.isalpha() for sign in text)
        return False

    def _owner(self, line: _Line, place: int, about: dict[str, int]) -> Owner | None:
        """Return whose line it is; None, and told, where that is not known, or where nothing stands in it."""
        if not about:
            if place < len(self.target.owners):
                return self.target.owners[place]
            if any(text.strip() for text in line.cells):
                self._tell(line, 0, QuestionError("there are more lines than people below"))
            return None
        at = about.get("name", about.get("code", 0))
        try:
            return self._named(line.at(about.get("whose")), line.at(about.get("name")), line.at(about.get("code")))
        except QuestionError as fault:
            if any(text.strip() for text in line.cells):
                self._tell(line, at, fault)
            return None

    def _named(self, whose: str, name: str, code: str) -> Owner:
        rows: Iterable[GridRow] = self.grid.rows
        if whose:
            rows = [row for row in rows if row.scope == KINDS.get(folded(whose))]
        known = list(rows)
        if code:
            known = [row for row in known if row.id == _undefused(code)]
        elif not (whose and KINDS.get(folded(whose)) == "company"):
            known = matching(_undefused(name), known)
        if len(known) == 1:
            return known[0].owner
        if known:
            raise QuestionError(f"several here are called {name}", do="Write the whole name")
        said = name or code or whose
        hint = did_you_mean(said, [row.name for row in self.grid.rows if row.name])
        raise QuestionError(f"nobody here is called {said}", do=hint if hint.startswith("Did") else "")

    def _wish(self, line: _Line, column: int, owner: Owner | None, period: Period) -> Wish | None:
        text = line.at(column)
        if not text or owner is None:
            return None
        try:
            value = None if text in EMPTIED else written_number(text, self.mark)
            planned_of(self.grid, owner, period, value)
        except QuestionError as fault:
            self._tell(line, column, fault)
            return None
        return Wish(owner, period, value)


def matching(name: str, rows: Sequence[GridRow]) -> list[GridRow]:
    """Return the lines that a name means: the whole name, else its words in any order, else some, or initials."""
    said = folded(name)
    if not said:
        return []
    if said in KINDS and KINDS[said] == "company":
        return [row for row in rows if row.scope == "company"]
    found = [row for row in rows if said in (folded(row.name), folded(row.id or ""))]
    words = said.replace(".", " ").split()
    found = found or [row for row in rows if sorted(folded(row.name).split()) == sorted(words)]
    return found or [row for row in rows if row.scope == "employee" and _fits(words, folded(row.name).split())]


def _fits(said: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether each word said is one of the name's, at least one of them whole, the others maybe initials."""
    left = list(name)
    for word in sorted(said, key=len, reverse=True):
        full = next((each for each in left if each == word or (len(word) == 1 and each.startswith(word))), None)
        if full is None:
            return False
        left.remove(full)
    return any(word in name for word in said)


def _undefused(text: str) -> str:
    return text.removeprefix("'")


def _trimmed(lines: Sequence[Sequence[str]]) -> list[_Line]:
    """Return the lines that hold something, without the empty cells at their ends."""
    found = []
    for number, cells in enumerate(lines, start=1):
        kept = list(cells)
        while kept and not kept[-1].strip():
            kept.pop()
        found.append(_Line(number, kept))
    while found and not found[-1].cells:
        found.pop()
    return found
