"""Where a record is seen in its own system: by the record's own address, else by its source's pattern."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from voronka.transform.sources import Source

WEB = re.compile(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>]*", re.IGNORECASE)
"""An address that a browser may be sent to: no other scheme, nothing that ends an attribute."""


ACTIVITIES = ("call", "email", "message", "meeting", "demo", "task", "proposal")
"""What shares one table: the kind stands in the ids there, since a system may number each kind from one."""


@dataclass(frozen=True)
class RecordLinks:
    """The patterns of all sources: by id space and what the record is."""

    patterns: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> "RecordLinks":
        """Return the links of the sources; of two that share an id space the first that names a record's page."""
        found: dict[tuple[str, str], str] = {}
        for source in sources:
            for entity, pattern in source.urls.items():
                found.setdefault((source.space, entity), pattern)
        return cls(found)

    def open(self, entity: str, key: object, own: object = None) -> str | None:
        """Return the address of a record, None where nobody knows it.

        Its id is '<id_space>:<id>', of an activity '<id_space>:<kind>:<id>'.
        """
        if isinstance(own, str) and WEB.fullmatch(own.strip()):
            return own.strip()
        space, colon, rest = key.partition(":") if isinstance(key, str) else ("", "", "")
        if entity in ACTIVITIES:
            rest = rest.removeprefix(f"{entity}:")
        pattern = self.patterns.get((space, entity)) if colon and rest else None
        return pattern.replace("{id}", quote(rest, safe="")) if pattern else None
