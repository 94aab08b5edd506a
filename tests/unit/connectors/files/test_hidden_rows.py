import struct
import zipfile
from pathlib import Path

from tests.unit.connectors.files.old_workbooks import Hidden, old_workbook, ole
from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.hidden_rows import hidden_rows

LARGEST = 1_000_000
LINKS = (
    '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/one.bin"/>'
    '<Relationship Id="rId2" Type="x/worksheet" Target="worksheets/two.bin"/></Relationships>'
)


def test_hidden_rows_of_an_xls_are_those_of_the_sheet_asked(tmp_path: Path) -> None:
    many = {number: Hidden([float(number)]) if number % 100 == 0 else [float(number)] for number in range(3, 1001)}
    path = tmp_path / "old.xls"
    path.write_bytes(old_workbook(One={1: ["id"], 2: Hidden([1.0])}, Two={1: ["id"], **many}))
    assert _hidden(path, 0) == [2]
    assert _hidden(path, 1) == [100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]
    assert _hidden(path, 2) == []


def test_an_ole_file_that_is_not_whole_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    whole = old_workbook(One={1: ["id"], 2: Hidden([1.0])})
    for content in (whole[:100], whole[:700], ole("Other", b"x" * 5000)):
        path.write_bytes(content)
        assert _hidden(path, 0) == []


def test_hidden_rows_of_an_xlsb_are_found_across_blocks(tmp_path: Path) -> None:
    rows = b"".join(_row(number, is_hidden=number % 10_000 == 0) for number in range(1, 30_001))
    path = tmp_path / "new.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", _sheet("") + _sheet("rId1") + _sheet("rId2"))
        archive.writestr("xl/_rels/workbook.bin.rels", LINKS)
        archive.writestr("xl/worksheets/one.bin", _row(1, is_hidden=True) + _row(2, is_hidden=False))
        archive.writestr("xl/worksheets/two.bin", rows + _record(146, b"") + _row(40_000, is_hidden=True))
    assert _hidden(path, 0) == [1]
    assert _hidden(path, 1) == [10_000, 20_000, 30_000]


def _hidden(path: Path, sheet: int) -> list[int]:
    file = SourceFile(path, path.name, "", path.stat().st_size)
    return sorted(hidden_rows(file, sheet, LARGEST))


def _row(number: int, *, is_hidden: bool) -> bytes:
    return _record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if is_hidden else 0, 0, 0)) + _cell()


def _cell() -> bytes:
    return _record(2, struct.pack("<III", 0, 0, 0))


def _sheet(link: str) -> bytes:
    named = struct.pack("<I", len(link)) + link.encode("utf-16-le") if link else b"\xff" * 4
    return _record(156, struct.pack("<II", 0, 1) + named + struct.pack("<I", 1) + "x".encode("utf-16-le"))


def _record(kind: int, body: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return head + bytes([len(body)]) + body
