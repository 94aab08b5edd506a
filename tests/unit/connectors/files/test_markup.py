from pathlib import Path

import pytest

from voronka.connectors.files.markup import Page


def page(folder: Path, text: str) -> Page:
    found = Page(folder)
    for place in range(0, len(text), 7):  # in pieces, as a file comes
        found.feed(text[place : place + 7])
    found.finish()
    return found


def rows(folder: Path, text: str) -> list[list[tuple[int, list[str]]]]:
    return [[(row.number, row.cells) for row in table.grid()] for table in page(folder, text).tables]


def test_cells_are_texts_without_markup(tmp_path: Path) -> None:
    text = """<html><head><title>Deals</title><style>td { color: red }</style></head><body><table>
      <thead><tr><th> ID </th><th><b>Name</b> of <i>deal</i></th></tr></thead>
      <tr><td>1</td><td>A &amp; B&nbsp;<br>second &#1071;</td></tr>
      <tr><td>2<td>unclosed<script>var x = "<td>no</td>"</script>
      <tr></tr><tr><td></td><td>&nbsp;</td></tr>
      <tr><td>3</td><td><p>one</p><p>two</p></td></tr></table></body>"""
    found = page(tmp_path, text)
    assert found.title == "Deals"
    assert [(row.number, row.cells) for row in found.tables[0].grid()] == [
        (1, ["ID", "Name of deal"]),
        (2, ["1", "A & B\nsecond Я"]),
        (3, ["2", "unclosed"]),
        (6, ["3", "one\ntwo"]),
    ]


def test_spanning_cells_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    text = """<table><tr><td rowspan=2>a</td><td colspan="2">b</td><td>c</td></tr>
      <tr><td>d</td><td>e</td><td>f</td></tr><tr><td>g</td><td rowspan=3>h</td></tr>
      <tr><td>i</td><td>j</td></tr></table>"""
    assert rows(tmp_path, text) == [
        [(1, ["a", "b", "", "c"]), (2, ["", "d", "e", "f"]), (3, ["g", "h"]), (4, ["i", "", "j"])]
    ]


def test_a_table_in_a_table_is_one_of_its_own(tmp_path: Path) -> None:
    found = page(tmp_path, "<table><tr><td>menu</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>")
    assert [table.has_tables_inside for table in found.tables] == [True, False]
    assert [(table.rows, table.width) for table in found.tables] == [(1, 2), (1, 2)]


@pytest.mark.parametrize("text", ['<input type="PASSWORD">', "<form><table><tr><td><input type=password></table>"])
def test_a_password_is_seen(tmp_path: Path, text: str) -> None:
    assert page(tmp_path, text).has_password


def test_a_table_without_an_end_keeps_its_last_row(tmp_path: Path) -> None:
    assert rows(tmp_path, "<table><tr><td>1</td><td>2") == [[(1, ["1", "2"])]]
    assert rows(tmp_path, "no table </td></tr></table>") == []
