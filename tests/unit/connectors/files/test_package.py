import zipfile
from pathlib import Path

import pytest

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.elements import Handlers
from voronka.connectors.files.package import no_workbook, open_package
from voronka.domain.errors import InputError

ENOUGH = 1 << 30


def made(folder: Path, **parts: bytes) -> SourceFile:
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return SourceFile(path, "book.xlsx", "", path.stat().st_size)


def test_a_part_is_found_in_any_case_of_letters_and_with_any_slashes(tmp_path: Path) -> None:
    with open_package(made(tmp_path, **{"Book": b"<a>text</a>", "xl\\sheet": b""}), ENOUGH) as package:
        assert package.has("/book")
        assert package.has("xl/sheet")
        assert not package.has("other")
        assert b"".join(package.blocks("BOOK")) == b"<a>text</a>"


def test_a_part_is_parsed_and_one_that_is_no_xml_is_a_fault_of_the_file(tmp_path: Path) -> None:
    class Names(Handlers):
        seen: list[str] = []  # noqa: RUF012 - of this test alone

        def start(self, name: str, attributes: dict[str, str], /) -> None:
            self.seen.append(f"{name}{attributes}")

    file = made(tmp_path, good=b"<a><b c='d'/></a>", bad=b"<a><b></a>")
    names = Names()
    with open_package(file, ENOUGH) as package:
        package.parse("good", names)
    assert names.seen == ["a{}", "b{'c': 'd'}"]
    said = r"book\.xlsx: the workbook is damaged \(bad: mismatched tag"
    with pytest.raises(InputError, match=said), open_package(file, ENOUGH) as package:
        package.parse("bad", Handlers())


def test_what_all_parts_together_take_is_limited(tmp_path: Path) -> None:
    file = made(tmp_path, one=b"x" * 600, two=b"y" * 600)
    with pytest.raises(InputError, match=r"limits\.unpacked_bytes"), open_package(file, 1000):
        pass


def test_more_parts_than_a_workbook_has_are_refused(tmp_path: Path) -> None:
    file = made(tmp_path, **{f"part{number}": b"" for number in range(10_001)})
    with pytest.raises(InputError, match="10,001 parts"), open_package(file, ENOUGH):
        pass


def test_sizes_that_the_directory_tells_wrongly_do_not_help(tmp_path: Path) -> None:
    file = made(tmp_path, sheet=b"x" * 5_000_000)
    content = bytearray(file.path.read_bytes())
    told = (5_000_000).to_bytes(4, "little")
    assert content.count(told) == 2
    file.path.write_bytes(content.replace(told, (50).to_bytes(4, "little")))
    with pytest.raises(InputError, match="damaged"), open_package(file, ENOUGH) as package:
        list(package.blocks("sheet"))


def test_an_encrypted_part_is_a_password(tmp_path: Path) -> None:
    file = made(tmp_path, sheet=b"x")
    content = bytearray(file.path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.path.write_bytes(content)
    with pytest.raises(InputError, match="has a password"), open_package(file, ENOUGH):
        pass


def test_a_part_that_is_missing_and_a_cut_file_are_told(tmp_path: Path) -> None:
    file = made(tmp_path, sheet=b"x")
    with pytest.raises(InputError, match="no part other"), open_package(file, ENOUGH) as package:
        list(package.blocks("other"))
    file.path.write_bytes(file.path.read_bytes()[:-30])
    with pytest.raises(InputError, match="breaks off before its end"), open_package(file, ENOUGH):
        pass


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path, book=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(InputError, match="declares a document type"), open_package(file, ENOUGH) as package:
        package.parse("book", Handlers())


def test_an_archive_of_tables_says_what_it_holds() -> None:
    file = SourceFile(Path("a.zip"), "a.zip", "", 1)
    assert str(no_workbook(file, ["read.me", "deals.csv"])) == (
        "a.zip: this is a ZIP archive that holds deals.csv, not a workbook. Unpack it first."
    )
