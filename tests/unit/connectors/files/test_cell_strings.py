from pathlib import Path

import pytest

from tests.unit.connectors.files.workbooks import package, sheet_xml
from voronka.connectors.files import cell_strings
from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.cell_strings import SharedTexts, read_shared_texts
from voronka.connectors.files.package import open_package
from voronka.domain.errors import InputError

ITEMS = (
    "<si><t>plain</t></si>"
    '<si><t xml:space="preserve"> a &amp; b </t></si>'
    "<si><r><rPr/><t>of </t></r><r><t>runs</t></r><rPh sb='0' eb='1'><t>aid</t></rPh></si>"
    "<si><t/></si>"
    "<si><t>line_x000D_\nend</t></si>"
)
TEXTS = ["plain", " a & b ", "of runs", "", "line\nend"]


def taken(folder: Path, shared: str) -> SharedTexts:
    path = folder / "book.xlsx"
    path.write_bytes(package({"Deals": sheet_xml({})}, shared=shared))
    texts = SharedTexts(folder / "texts")
    with open_package(SourceFile(path, "book.xlsx", "", 1), 1 << 30) as inside:
        read_shared_texts(inside, "xl/sharedStrings.xml", texts)
    return texts


@pytest.mark.parametrize("in_memory", [16_000_000, 100, 0])
def test_texts_are_known_by_their_number_in_memory_and_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(cell_strings, "CHARACTERS_IN_MEMORY", in_memory)
    texts = taken(tmp_path, ITEMS)
    assert [texts.at(number) for number in range(5)] == TEXTS
    assert texts.at(0) == "plain"
    with pytest.raises(IndexError):
        texts.at(5)
    with pytest.raises(IndexError):
        texts.at(-1)
    texts.close()


def test_texts_that_end_in_the_middle_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no sound XML"):
        taken(tmp_path, "<si><t>one</si>")
