"""A proposed mapping of one file, with the reason for everything in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voronka.transform.stage_words import StageGuess


@dataclass(frozen=True)
class ColumnProposal:
    """One line of `columns`: ours, theirs (a header or an expression), and why.

    confidence: 0 (a guess) to 1 (said by a person). samples: the most frequent values of the headers it is made of.
    """

    ours: str
    theirs: str
    reason: str
    confidence: float = 1.0
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class IgnoredHeader:
    """A header that nothing of ours is made of, with its most frequent values and why.

    ours: the column that its name says it is, and its values not; '' where the name says nothing.
    """

    header: str
    samples: tuple[str, ...]
    reason: str
    ours: str = ""


@dataclass(frozen=True)
class NullWord:
    """A spelling of nothing that the file has: in how many cells, and in which columns."""

    text: str
    cells: int
    headers: tuple[str, ...]


@dataclass(frozen=True)
class ValueProposal:
    """The texts of one of our columns that mean something else than they say, and why."""

    ours: str
    meanings: Mapping[str, str | bool]
    reason: str


@dataclass(frozen=True)
class Proposal:
    """A stream as it might be: `key` () is by content, None the table's own; `runner_up` '' where nothing else fits.

    vendor: whose export the headers tell it to be, '' where they are of no known one. twice: why its records may be
    read by another stream already, each a warning too.
    """

    stream: str
    into: str
    into_reason: str
    runner_up: str
    rows: int
    columns: tuple[ColumnProposal, ...]
    ignored: tuple[IgnoredHeader, ...]
    key: tuple[str, ...] | None
    key_reason: str
    nulls: tuple[NullWord, ...] = ()
    values: tuple[ValueProposal, ...] = ()
    stages: tuple[StageGuess, ...] = ()
    warnings: tuple[str, ...] = ()
    sheet: str | None = field(default=None)
    time_zone: str | None = None
    dates: str = "auto"
    vendor: str = ""
    twice: tuple[str, ...] = ()

    @property
    def mapping(self) -> dict[str, str]:
        """Return ours: theirs."""
        return {column.ours: column.theirs for column in self.columns}
