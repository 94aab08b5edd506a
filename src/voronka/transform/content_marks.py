"""What a table of the session holds, told by a mark: while that stays, whoever reads the table is not built anew.

A plan that is entered names people, so the list of all names mentioned is made anew, and with it would be all that
resolves names. Mostly it comes out as it was; then its mark does too, and nothing behind it is stale.
"""

import json
from collections.abc import Callable
from functools import cached_property

from voronka.lake.delta import DeltaStore
from voronka.lake.session import Session, delta_rows, quoted

MARKS = "core/_marks"
"""The one-row table of the marks found by the last build, by what their tables were made of."""


class ContentMarks:
    """The marks of a lake; what was found for tables made of the same is not looked for again."""

    def __init__(self, store: DeltaStore, session: Session) -> None:
        """Keep where the marks of the last build stand; they are read when first asked for."""
        self._store = store
        self._session = session
        self._met: dict[str, str] = {}

    @cached_property
    def _kept(self) -> dict[str, str]:
        rows = delta_rows(self._store, self._session, MARKS)
        return json.loads(rows[0]["marks"]) if rows else {}

    def of(self, name: str, made_of: str, make: Callable[[str], None] | None) -> str:
        """Return the mark of a table made of these; `make` it readable where it has to be looked at.

        Without `make` it is not looked at: then what it is made of stands for what it holds.
        """
        mark = self._met.get(made_of) or self._kept.get(made_of)
        if mark is None:
            if make is None:
                return made_of
            make(name)
            mark = self._look(name)
        self._met[made_of] = mark
        return mark

    def keep(self, hours: float) -> None:
        """Write down the marks that were met, where they are others than before; older ones go after so many hours."""
        if self._met != self._kept:
            told = {"m": json.dumps(self._met)}
            self._store.replace(MARKS, self._session.stream("SELECT $m AS marks", told), {})
            self._store.vacuum(MARKS, hours)

    def _look(self, name: str) -> str:
        shape = [(row["column_name"], row["column_type"]) for row in self._session.rows(f"DESCRIBE {quoted(name)}")]
        found = self._session.value(f"SELECT concat(count(*), ' ', sum(hash(t))) FROM {quoted(name)} AS t")
        return json.dumps([name, shape, found])
