"""The exports of known CRMs, recognised by their headers: what each calls our columns, and what only looks like one.

One file a vendor in layouts/. Of a layout: `must`: of each list one header is there; `signs`: at least `least` of
them are; `without`: none of these is; `columns`: ours, and the export's headers, of which the first that has values is
taken; `together`: ours of several headers; `not`: headers that are no column of ours, and why; `nulls`: spellings of
nothing. Headers are compared by their letters and digits alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import Field

from voronka.domain.documents import Document, read_own_yaml
from voronka.transform.header_names import known_headers, squeezed

_SHOWN = 3


class _Written(Document):
    """A layout as it is written."""

    table: str
    must: tuple[tuple[str, ...], ...] = ()
    signs: tuple[str, ...]
    least: int = 3
    without: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]]
    together: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_ours: dict[str, str] = Field(default_factory=dict, alias="not")
    nulls: tuple[str, ...] = ()


class _File(Document):
    """A vendor's file."""

    vendor: str
    layouts: tuple[_Written, ...]


@dataclass(frozen=True)
class Layout:
    """One export of one vendor, its headers without anything but letters and digits."""

    vendor: str
    table: str
    must: tuple[frozenset[str], ...]
    signs: frozenset[str]
    least: int
    without: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_ours: Mapping[str, str] = field(default_factory=dict)
    nulls: tuple[str, ...] = ()

    def found_in(self, headers: frozenset[str]) -> int:
        """Return how many signs are among squeezed headers, 0 where they are not this export's."""
        met = len(self.signs & headers)
        is_it = met >= self.least and all(group & headers for group in self.must) and not self.without & headers
        return met if is_it else 0


@dataclass(frozen=True)
class Recognised:
    """The layout that a file's headers answer to, and those that tell it."""

    layout: Layout
    told_by: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Return why, in words."""
        shown = ", ".join(f"«{header}»" for header in self.told_by[:_SHOWN])
        return f"the headers are those of {self.layout.vendor}'s export of {self.layout.table}, such as {shown}"


def recognised_layout(headers: Sequence[str], into: str | None = None) -> Recognised | None:
    """Return the export that the headers are of, the one most of whose signs are there; None: of no known one.

    into: only exports of this table count.
    """
    plain = frozenset(squeezed(header) for header in headers)
    fitting = [(layout.found_in(plain), layout) for layout in layouts() if into in {None, layout.table}]
    most = max((found for found, _ in fitting), default=0)
    best = [layout for found, layout in fitting if found == most]
    if most == 0 or len({(layout.vendor, layout.table) for layout in best}) > 1:
        return None
    return Recognised(best[0], tuple(header for header in headers if squeezed(header) in best[0].signs))


@cache
def known_words() -> frozenset[str]:
    """Return every name that a header is known by, of a table or an export, its letters and digits in one piece."""
    found = set(known_headers())
    for layout in layouts():
        found |= layout.signs | set(layout.not_ours)
        for names in (*layout.columns.values(), *layout.together.values()):
            found |= set(names)
    return frozenset(found)


@cache
def layouts() -> tuple[Layout, ...]:
    """Return all known exports."""
    folder = Path(__file__).with_name("layouts")
    return tuple(_all(sorted(folder.glob("*.yml"))))


def _all(files: Iterable[Path]) -> Iterable[Layout]:
    for file in files:
        held = _File.model_validate(read_own_yaml(file.read_text(encoding="utf-8")))
        for each in held.layouts:
            yield Layout(
                held.vendor,
                each.table,
                tuple(_set(group) for group in each.must),
                _set(each.signs),
                each.least,
                _set(each.without),
                _squeezed(each.columns),
                _squeezed(each.together),
                {squeezed(header): why for header, why in each.not_ours.items()},
                each.nulls,
            )


def _squeezed(columns: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {ours: tuple(squeezed(name) for name in names) for ours, names in columns.items()}


def _set(names: Iterable[str]) -> frozenset[str]:
    return frozenset(squeezed(name) for name in names)
