"""Workbooks made by hand for tests, in the smallest form that is one."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Raw(str):
    """The inside of a `c` element as it is to stand in the file; `{r}` is where its place belongs."""

    __slots__ = ()


Value = str | float | Raw | None


def cell(place: str, value: str | float) -> str:
    """Return the XML of a cell."""
    if isinstance(value, Raw):
        return value.replace("{r}", place)
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def letters(column: int) -> str:
    """Return the letters of a column by its 0-based position."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def sheet_xml(rows: Mapping[int, Sequence[Value]], after: str = "") -> str:
    """Return the XML of a sheet: rows by the number that the spreadsheet shows; `after` follows the data."""
    lines = []
    for number, row in rows.items():
        cells = (cell(f"{letters(i)}{number}", v) for i, v in enumerate(row) if v is not None)
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def workbook(**sheets: Mapping[int, Sequence[Value]]) -> bytes:
    """Make the smallest XLSX: sheets by name, rows by the number that the spreadsheet shows."""
    return package({name: sheet_xml(rows) for name, rows in sheets.items()})


def package(  # noqa: PLR0913 - each is a part that a workbook may have or lack
    sheets: Mapping[str, str],
    *,
    shared: str = "",
    styles: str = "",
    book: str = "",
    hidden: Iterable[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Make an XLSX of the XML of its sheets; `book` are elements of the workbook before its list of sheets."""
    names = list(enumerate(sheets, start=1))
    state = dict.fromkeys(hidden, ' state="hidden"')
    listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"{state.get(name, "")}/>' for i, name in names)
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in names
    )
    links += f'<Relationship Id="s1" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' * bool(shared)
    links += f'<Relationship Id="s2" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>' * bool(styles)
    root = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{root}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        **({"xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">{shared}</sst>'} if shared else {}),
        **({"xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'} if styles else {}),
        **{f"xl/worksheets/sheet{i}.xml": sheets[name] for i, name in names},
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
