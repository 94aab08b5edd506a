from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.merged_cells import MergedCells, Range

HEADER_ROW = 1


def filled(ranges: list[Range], *rows: list[str]) -> tuple[list[list[str]], list[tuple[str, int, tuple[int, ...]]]]:
    merged = MergedCells(ranges, HEADER_ROW)
    found = [merged.row(GridRow(number, cells)).cells for number, cells in enumerate(rows, HEADER_ROW + 1)]
    return found, [(flag.code, flag.rows, flag.first_rows) for flag in merged.flags()]


def test_a_text_holds_for_each_row_of_its_range() -> None:
    rows, flags = filled([(2, 2, 4, 2)], ["1", "Ann"], ["2"], ["3", "", "x"], ["4"])
    assert rows == [["1", "Ann"], ["2", "Ann"], ["3", "Ann", "x"], ["4"]]
    assert flags == [("merged_cells", 2, (3, 4))]


def test_a_day_holds_for_each_row_and_a_figure_for_the_first() -> None:
    ranges = [(2, 2, 3, 2), (2, 3, 3, 3)]
    rows, flags = filled(ranges, ["1", "2024-03-05", "1 500 ₽"], ["2"])
    assert rows == [["1", "2024-03-05", "1 500 ₽"], ["2", "2024-03-05"]]
    assert flags == [("merged_cells", 1, (3,)), ("merged_cells", 1, (3,))]


def test_ranges_that_begin_in_the_header_or_lie_in_one_row_fill_nothing() -> None:
    rows, flags = filled([(1, 1, 3, 1), (2, 1, 2, 3)], ["1", "Ann"], ["", "Bob"])
    assert rows == [["1", "Ann"], ["", "Bob"]]
    assert not flags


def test_ranges_one_below_the_other_fill_their_own_rows() -> None:
    rows, _ = filled([(2, 1, 3, 1), (4, 1, 5, 1)], ["a"], ["", "2"], ["b"], ["", "4"])
    assert rows == [["a"], ["a", "2"], ["b"], ["b", "4"]]


def test_rows_may_tell_their_own_ranges() -> None:
    merged = MergedCells((), HEADER_ROW)
    given = [GridRow(1, ["who"], spans=((0, 3),)), GridRow(2, ["Ann", "1"], spans=((0, 2),)), GridRow(3, ["", "2"])]
    assert [merged.row(row).cells for row in given] == [["who"], ["Ann", "1"], ["Ann", "2"]]
    assert [flag.first_rows for flag in merged.flags()] == [(3,)]
