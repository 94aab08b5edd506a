"""Which rows of an answer differ from all the others by more than chance, so that a page can draw the rest pale."""

from dataclasses import dataclass

from voronka.analyses.chance import LEVEL, level_among, shares_differ
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Block, known
from voronka.reports.page import Table

DIFFERS = AnswerColumn("differs", Title("Отличается больше, чем случайно", "Differs beyond chance"), kind="dimension")


@dataclass(frozen=True)
class Share:
    """A share in percent, the count in it, and the count that its divisor is at most: taken where the share is 0."""

    rate: str
    of: str
    among: str

    def counted(self, row: Row) -> tuple[float, float] | None:
        """Return of how many the share is made: those that count, and all; None where it is unknown."""
        percent, count, most = (known(row.get(name)) for name in (self.rate, self.of, self.among))
        if percent is None or count is None:
            return None
        return count, 100 * count / percent if percent else most or 0.0

    def differs(self, row: Row, block: Block, level: float = LEVEL) -> bool:
        """Say whether the share of a row differs from that of all other rows together by more than chance."""
        own, together = self.counted(row), self.counted(block.answer.totals)
        if own is None or together is None:
            return False
        return shares_differ(*own, together[0] - own[0], together[1] - own[1], level)

    def differing(self, block: Block, key: str, level: float = LEVEL) -> Table:
        """Return for every row of a block, by its key, whether it differs."""
        columns = tuple(column for column in block.answer.columns if column.name == key)
        rows = tuple({key: row[key], DIFFERS.name: self.differs(row, block, level)} for row in block.answer.rows)
        return Table((*columns, DIFFERS), rows)

    def others(self, row: Row, block: Block) -> float | None:
        """Return the share of all other rows together, in percent; None where it is unknown."""
        own, together = self.counted(row), self.counted(block.answer.totals)
        if own is None or together is None or together[1] <= own[1]:
            return None
        return 100 * (together[0] - own[0]) / (together[1] - own[1])

    def lowest(self, block: Block) -> tuple[Row, float] | None:
        """Return the row with the lowest share of those below the others' beyond chance, and the others' share.

        Chance is judged as for the strangest of so many rows, since that is the one that is named.
        """
        level = level_among(len(block.answer.rows))
        low = [(row, others) for row in block.answer.rows if (others := self._below(row, block, level)) is not None]
        return min(low, key=lambda found: known(found[0][self.rate]) or 0.0, default=None)

    def _below(self, row: Row, block: Block, level: float) -> float | None:
        rate, others = known(row.get(self.rate)), self.others(row, block)
        if rate is None or others is None or rate >= others or not self.differs(row, block, level):
            return None
        return others
