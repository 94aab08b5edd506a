"""Takes the rows below a header one after another and writes those that are records, without remarks and totals."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from voronka.connectors.files.broken_exports import EXPORT_CUT, says_cut
from voronka.connectors.files.characters import HINT, INVISIBLE, LOST_CHARACTERS, MOJIBAKE_CODE, looked_at, shown
from voronka.connectors.files.closing_rows import Kind, RowKinds
from voronka.connectors.files.stated_counts import COUNT_DIFFERS, stated_counts
from voronka.connectors.files.table import TableWriter
from voronka.domain.flags import FIRST_ROWS, Flag

CLOSING_ROWS_MAX = 30
GROUPED_MIN = 4  # columns
LONGEST_SAID = 160  # characters of a remark that are shown
REPEATED_HEADER = "repeated_header"
TRAILING_NUL = "trailing_nul"
SAID = {
    INVISIBLE: "characters that nobody sees were taken out of values",
    LOST_CHARACTERS: "letters were lost before the file was written (? or \ufffd stands in their place)",
    MOJIBAKE_CODE: "text was read in a wrong encoding before the file was written (РџСЂРё, Ã©); it stays as it is",
    REPEATED_HEADER: "the header is repeated among the rows, as where exports were put together; it was left out",
    TRAILING_NUL: "the file ends in zero bytes, as after a crash or a full disk; they were cut off",
}
Totals = tuple[tuple[int, tuple[str | None, ...]], ...]


@dataclass
class Tally:
    """Which rows are doubtful, by the code of the doubt."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[int]] = field(default_factory=dict)

    def take(self, code: str, row: int) -> None:
        """Count a row."""
        self.counts[code] += 1
        rows = self.first.setdefault(code, [])
        if len(rows) < FIRST_ROWS:
            rows.append(row)

    def flags(self) -> tuple[Flag, ...]:
        """Return a flag for each code, in the order in which they were met."""
        return tuple(Flag(code, SAID[code], rows, tuple(self.first[code])) for code, rows in self.counts.items())


@dataclass(frozen=True)
class _Waiting:
    """A row that may be a remark below the table: it is one when nothing but such rows follows."""

    row: int
    cells: Sequence[str]
    text: str
    fault: str | None


class TableBody:
    """The rows of a table below its header; `end` must be called after the last of them.

    `header` are the names as they stand in the file, `known` the folded words that headers are known by.
    """

    def __init__(self, table: TableWriter, header: Sequence[str], known: Collection[str] = frozenset()) -> None:
        self.kinds = RowKinds(header, known)
        self.tally = Tally()
        self.closing_rows = 0
        self._table = table
        self._total_rows = 0
        self._counts: list[tuple[int, tuple[int, ...], int]] = []
        self._cut: list[tuple[int, str]] = []
        self._totals: list[tuple[int, tuple[str | None, ...]]] = []
        self._waiting: list[_Waiting] = []
        self._is_below_other = False
        self._is_below_gap = False
        self._is_in_another = False

    @property
    def is_calm(self) -> bool:
        """Say whether an ordinary record may be written without asking."""
        return not (self._waiting or self._is_below_other or self._is_below_gap or self._is_in_another)

    @property
    def totals(self) -> Totals:
        """Return the rows of totals, with their numbers."""
        return tuple(self._totals)

    def row(self, number: int, cells: list[str], text: str | None = None) -> None:
        """Take a row of exactly one value for each column; `text` is the row as it stands where that can be copied."""
        kind = self.kinds.of(cells)
        if kind is not Kind.DATA:
            self._beside(kind, number, cells)
        elif self._is_below_other:
            self._table.bad(number, self._table.joined(cells), "other_header")
        elif (self._table.rows and self.kinds.may_close(cells, is_whole=True)) or self._may_name_first_group(cells):
            self._wait(_Waiting(number, cells, "", None))
        elif self._is_of_another(cells):
            self._leave_out()
            self._table.bad(number, self._table.joined(cells), "other_header")
        elif self.kinds.is_lone(cells):
            self._release()
            self._table.bad(number, self._table.joined(cells), "too_few_fields")
        else:
            self.kinds.learn(cells)
            self._release()
            self._write(number, cells, text)

    def _may_name_first_group(self, cells: Sequence[str]) -> bool:
        """Say whether a row in front of all records may be the name of their first group; the next of them tells."""
        return not self._table.rows and not self._waiting and len(cells) >= GROUPED_MIN and not any(cells[1:])

    def gap(self) -> None:
        """Take a blank row: what stands below it may be another table."""
        self._is_below_gap = True

    def _is_of_another(self, cells: Sequence[str]) -> bool:
        """Say whether a row belongs to another table below this one, which a blank row and a title or names begin."""
        begins = self._is_below_gap and self.kinds.may_head_another(cells)
        self._is_below_gap = False
        self._is_in_another = begins or (self._is_in_another and self.kinds.is_sparse(cells))
        return self._is_in_another

    def fault(self, number: int, text: str, code: str, cells: Sequence[str] = ()) -> None:
        """Take a record that is not whole; `cells` are its values as far as they can be told."""
        kind = self.kinds.of(cells) if cells else Kind.DATA
        if kind is not Kind.DATA:
            self._beside(kind, number, cells)
        elif self._is_below_other:
            self._table.bad(number, shown(text), "other_header")
        elif cells and self._table.rows and self.kinds.may_close(cells, is_whole=False):
            self._wait(_Waiting(number, cells, text, code))
        else:
            self._release()
            self._table.bad(number, shown(text), code)

    def left_out(self) -> dict[str, int]:
        """Return how many rows were no records: remarks below the table and totals."""
        return {"closing_rows": self.closing_rows, "total_rows": self._total_rows}

    def end(self) -> tuple[Flag, ...]:
        """Leave out the remarks below the table and return what is doubtful."""
        self._leave_out()
        return (*self.tally.flags(), *self._count_flags(), *self._cut_flags())

    def _beside(self, kind: Kind, number: int, cells: Sequence[str]) -> None:
        if kind is Kind.HEADER:
            self._leave_out()
            self._is_below_other = self._is_in_another = False
            self.tally.take(REPEATED_HEADER, number)
        elif kind is Kind.OTHER_HEADER:
            self._leave_out()
            self._is_below_other = True
        elif kind is Kind.BLANK:
            self.gap()
        elif kind is Kind.TOTAL:
            self._total_rows += 1
            is_count_alone = self._counted(number, cells) == sum(1 for cell in cells if cell.strip())
            if not (is_count_alone or self._is_below_other) and len(cells) == len(self.kinds.header):
                self._totals.append((number, tuple(cell or None for cell in cells)))

    def _write(self, number: int, cells: list[str], text: str | None) -> None:
        if HINT.search(text if text is not None else "\n".join(cells)):
            cells, codes = looked_at(cells)
            for code in sorted(codes):
                self.tally.take(code, number)
            text = None
        if text is None:
            self._table.good(number, cells)
        else:
            self._table.plain(number, text)

    def _wait(self, row: _Waiting) -> None:
        self._waiting.append(row)
        if len(self._waiting) > CLOSING_ROWS_MAX:
            self._release()

    def _release(self) -> None:
        for each in self._waiting:
            if each.fault is not None:
                self._table.bad(each.row, shown(each.text), each.fault)
            elif self.kinds.is_lone(each.cells):
                self._table.bad(each.row, self._table.joined(each.cells), "too_few_fields")
            else:
                self._write(each.row, list(each.cells), None)
        self._waiting.clear()

    def _leave_out(self) -> None:
        if not self._table.rows:  # remarks stand below records
            self._release()
        self.closing_rows += len(self._waiting)
        for each in self._waiting:
            self._counted(each.row, each.cells)
            said = " ".join(cell.strip() for cell in each.cells if cell.strip())
            if says_cut(said):
                self._cut.append((each.row, said))
        self._waiting.clear()

    def _counted(self, number: int, cells: Sequence[str]) -> int:
        """Keep how many records a remark says there are; return how many of its cells say so, 0 where none does."""
        counts, used = ((), 0) if self._is_below_other else stated_counts(cells)
        if counts:
            self._counts.append((number, counts, self._table.rows))
        return used

    def _cut_flags(self) -> Iterator[Flag]:
        for number, said in self._cut:
            told = (
                f"line {number} says that the export is not whole, so that rows may be missing: {said[:LONGEST_SAID]}"
            )
            yield Flag(EXPORT_CUT, told, 1, (number,))

    def _count_flags(self) -> Iterator[Flag]:
        """Yield a flag for each count that is neither of the rows above it, of those since the last one, nor of all."""
        before = 0
        for number, counts, above in self._counts:
            for told in counts:
                if told not in {above, above - before, self._table.rows}:
                    said = f"line {number} says {told:,} records; the file has {above:,} above it"
                    yield Flag(COUNT_DIFFERS, said, 1, (number,))
            before = above
