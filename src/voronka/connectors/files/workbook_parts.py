"""Finds its way in an XLSX workbook: which sheets there are, in which parts, and what its cells' styles mean."""

import posixpath
from dataclasses import dataclass, field

from voronka.connectors.files.elements import Handlers, PartFaultError, local
from voronka.connectors.files.number_formats import BUILT_IN, GENERAL, kind_of_format
from voronka.connectors.files.package import Package

ROOT = "_rels/.rels"
USUAL_BOOK = "xl/workbook.xml"
TRUE = {"1", "true", "on"}


@dataclass(frozen=True)
class SheetPlace:
    """A sheet: its name, the part that holds it, whether people see it."""

    name: str
    part: str
    is_visible: bool = True


@dataclass(frozen=True)
class Book:
    """What a workbook says of itself; `formats` are the kinds of the styles, by their number."""

    sheets: tuple[SheetPlace, ...]
    texts_part: str | None
    formats: tuple[str, ...]
    is_1904: bool
    recalculates: bool


def read_book(package: Package) -> Book:
    """Return the book; PartFaultError where a part that has to be there is not, or is no sound XML."""
    part = book_part(package)
    if part is None:
        raise PartFaultError(f"it has no part {USUAL_BOOK}")
    listed = _BookReader()
    package.parse(part, listed)
    links = links_of(package, part)
    sheets = tuple(
        SheetPlace(name, links[link][1], is_visible)
        for name, link, is_visible in listed.sheets
        if link in links and links[link][0] == "worksheet"
    )
    by_kind = dict(links.values())
    styles = by_kind.get("styles")
    formats = _formats(package, styles) if styles and package.has(styles) else ()
    texts = by_kind.get("sharedStrings")
    has_texts = texts is not None and package.has(texts)
    return Book(sheets, texts if has_texts else None, formats, listed.is_1904, listed.recalculates)


def book_part(package: Package) -> str | None:
    """Return the name of the part that lists the sheets, None where there is none."""
    links = links_of(package, "") if package.has(ROOT) else {}
    part = next((target for kind, target in links.values() if kind == "officeDocument"), USUAL_BOOK)
    return part if package.has(part) else None


def links_of(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part refers to: the kind of the target and its name, by the link's id."""
    folder, name = posixpath.split(part)
    reader = _LinkReader()
    package.parse(posixpath.join(folder, "_rels", f"{name}.rels"), reader)
    return {
        link: (kind.rpartition("/")[2], posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for link, kind, target in reader.links
    }


@dataclass
class _LinkReader(Handlers):
    links: list[tuple[str, str, str]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship":
            self.links.append((attributes.get("Id", ""), attributes.get("Type", ""), attributes.get("Target", "")))


@dataclass
class _BookReader(Handlers):
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    is_1904: bool = False
    recalculates: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "sheet":
                known = {local(key): value for key, value in attributes.items()}
                is_visible = known.get("state", "visible") == "visible"
                self.sheets.append((known.get("name", ""), known.get("id", ""), is_visible))
            case "workbookPr":
                self.is_1904 = attributes.get("date1904", "") in TRUE
            case "calcPr":
                self.recalculates = attributes.get("fullCalcOnLoad", "") in TRUE


def _formats(package: Package, part: str) -> tuple[str, ...]:
    reader = _StyleReader()
    package.parse(part, reader)
    own = {number: kind_of_format(code) for number, code in reader.own.items()}
    return tuple(own.get(number) or BUILT_IN.get(number, GENERAL) for number in reader.used)


@dataclass
class _StyleReader(Handlers):
    """Gathers the formats that a workbook defines, and the number of the format of each style of a cell."""

    own: dict[int, str] = field(default_factory=dict)
    used: list[int] = field(default_factory=list)
    is_in_cells: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "numFmt":
                self.own[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            case "cellXfs":
                self.is_in_cells = True
            case "xf" if self.is_in_cells:
                self.used.append(_number(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self.is_in_cells = False


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
