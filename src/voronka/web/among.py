"""Which of a server's processes this one is, and where they keep what they know together."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Among:
    """One of `processes` that answer together, the first has the number 0; `place` is None where it is the only one."""

    place: Path | None = None
    number: int = 0
    processes: int = 1

    @property
    def is_first(self) -> bool:
        """Say whether this is the one that does what is done once."""
        return self.number == 0
