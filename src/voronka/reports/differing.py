"""Which rows of an answer differ from all the others by more than chance, so that a page can draw the rest pale."""

from voronka.analyses.chance import LEVEL, shares_differ
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.reports.ask import Block, known
from voronka.reports.page import Table

DIFFERS = AnswerColumn("differs", Title("Отличается больше, чем случайно", "Differs beyond chance"), kind="dimension")


def counted(row: Row, share: str, of: str) -> tuple[float, float] | None:
    """Return of how many a share in percent is made: those that count, and all; None where it is unknown.

    A share of 0 tells nothing of its divisor: it is then as if there were none.
    """
    percent, count = known(row.get(share)), known(row.get(of))
    if percent is None or count is None:
        return None
    return count, 100 * count / percent if percent else 0.0


def differing(block: Block, key: str, share: str, of: str, level: float = LEVEL) -> Table:
    """Return for every row whether its share (percent, made of the count `of`) differs from that of all other rows."""
    columns = tuple(column for column in block.answer.columns if column.name == key)
    rows = tuple({key: row[key], DIFFERS.name: differs(row, block, share, of, level)} for row in block.answer.rows)
    return Table((*columns, DIFFERS), rows)


def differs(row: Row, block: Block, share: str, of: str, level: float = LEVEL) -> bool:
    """Say whether the share of a row differs from that of all other rows together by more than chance."""
    own, together = counted(row, share, of), counted(block.answer.totals, share, of)
    if own is None or together is None:
        return False
    others = (together[0] - own[0], together[1] - own[1])
    return shares_differ(*own, *others, level)
