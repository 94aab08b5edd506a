"""Blocks pasted into the grid of plans: names, periods and numbers matched, what does not fit told by its cell."""

from datetime import date
from decimal import Decimal

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.reports.plan_block import Block, Marks, Target, cells_of, matching, named_period, read_block
from voronka.reports.plan_grid import Cell, Grid, GridAsked, GridRow, Stood, grid_columns

MONTHS = grid_columns("month", date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 2))
ANNA, BORIS = ("employee", "a"), ("employee", "b")


def row(scope: str, key: str | None, name: str) -> GridRow:
    cells = tuple(Cell(each, stated_as=key) for each in MONTHS)
    return GridRow(scope, key, name, None, cells)  # type: ignore[arg-type]


ROWS = (
    row("company", None, ""),
    row("team", "w", "Запад"),
    row("employee", "a", "Анна Пётровна Ли"),
    row("employee", "b", "Борис Ли"),
    row("employee", "s", "Семён"),
)
GRID = Grid(GridAsked("revenue", "month", MONTHS), is_flow=True, rows=ROWS, is_behind=False)


def read(text: str, target: Target = Target(), mark: str | None = None, grid: Grid = GRID) -> Block:  # noqa: B008 - frozen
    return read_block(grid, cells_of(text), target, Marks(usual=mark))  # type: ignore[arg-type]


def said(block: Block) -> list[tuple[object, ...]]:
    assert [(each.row, each.column, each.fault.what) for each in block.misfits] == []
    return [(wish.owner[1], wish.period.first.month, wish.value) for wish in block.wishes]


def misfits(block: Block) -> list[tuple[int, int, str, str]]:
    assert block.wishes == ()
    return [(each.row, each.column, each.text, each.fault.what) for each in block.misfits]


def test_a_block_with_names_and_months_goes_where_they_say() -> None:
    block = read("ФИО\tФевраль 2026\tмар.26\r\nСемён\t1\u00a0200,50\t900\r\nли борис\t\t—\r\nКомпания\t5 000\t\r\n")
    assert said(block) == [
        ("s", 2, Decimal("1200.50")),
        ("s", 3, Decimal(900)),
        ("b", 3, None),
        (None, 2, Decimal(5000)),
    ]


def test_a_block_of_numbers_goes_from_the_chosen_cell_on() -> None:
    target = Target((ANNA, BORIS), date(2026, 2, 1))  # type: ignore[arg-type]
    assert said(read("1\t2\n3\t4\n", target)) == [("a", 2, 1), ("a", 3, 2), ("b", 2, 3), ("b", 3, 4)]
    assert misfits(read("1\t2\t3\n4\n5", target)) == [
        (1, 3, "3", "there are more columns than periods to the right"),
        (3, 1, "5", "there are more lines than people below"),
    ]


def test_a_block_of_names_without_titles_begins_at_the_chosen_column() -> None:
    block = read("Семен\t10\nБорис Ли\t20", Target((), date(2026, 3, 1)))
    assert said(block) == [("s", 3, 10), ("b", 3, 20)]
    assert misfits(read("Семен\t10")) == [(1, 2, "10", "it is not known of which period the first column is")]


def test_what_does_not_fit_is_told_by_its_cell_and_nothing_is_stated() -> None:
    block = read("Имя\tЯнв 2026\tМай 2026\nСемён\tмного\t1\nЛи\t5\nГлеб\t6\nБорис Ли\t1\nборис ли\t2\nСемён\t0,12345")
    assert misfits(block) == [
        (1, 3, "Май 2026", "no column here is Май 2026"),
        (2, 2, "много", "not a number: много"),
        (3, 1, "Ли", "several here are called Ли"),
        (4, 1, "Глеб", "nobody here is called Глеб"),
        (6, 2, "2", "this plan stands twice in what is pasted"),
        (7, 2, "0,12345", "a plan has at most 4 decimals: 0.12345"),
    ]


def test_a_number_that_may_be_two_is_read_by_those_beside_it_or_by_the_language() -> None:
    target = Target((ANNA, BORIS), date(2026, 1, 1))  # type: ignore[arg-type]
    assert said(read("1,234\n1,234.5", target)) == [("a", 1, 1234), ("b", 1, Decimal("1234.5"))]
    assert said(read("1,234\n0,5", target)) == [("a", 1, Decimal("1.234")), ("b", 1, Decimal("0.5"))]
    assert said(read("1,234", target, ".")) == [("a", 1, 1234)]
    assert misfits(read("1,234", target)) == [(1, 1, "1,234", "1,234 may be 1234 or 1.234")]


def test_a_file_names_whose_plan_it_is_and_by_which_code() -> None:
    lines = "Чей план\tИмя\tКод\tЯнварь 2026\nкоманда\tЗапад\tw\t7\nсотрудник\tкто-то\t'a\t8\nкомпания\tВетер\t\t9"
    assert said(read(lines)) == [("w", 1, 7), ("a", 1, 8), (None, 1, 9)]
    assert misfits(read("Whose\tId\tJan-26\nteam\ta\t7")) == [(2, 2, "a", "nobody here is called a")]


def test_a_plan_of_a_file_is_not_emptied_by_a_dash() -> None:
    cell = Cell(MONTHS[0], stood=Stood(MONTHS[0], Decimal(5), "file", "hr"), stated_as="a")
    grid = Grid(GRID.asked, is_flow=True, rows=(GridRow("employee", "a", "Анна", None, (cell,)),), is_behind=False)
    assert misfits(read("-", Target((ANNA,), date(2026, 1, 1)), grid=grid)) == [  # type: ignore[arg-type]
        (1, 1, "-", "a plan of a file cannot be emptied")
    ]


def test_nothing_is_no_block() -> None:
    assert misfits(read("\n\t\n")) == [(1, 1, "", "there is no plan in it")]


@pytest.mark.parametrize(
    ("name", "found"),
    [("анна  пётровна ли", ["a"]), ("Ли А.П.", ["a"]), ("Борис", ["b"]), ("Ли", ["a", "b"]), ("А.", []), ("w", ["w"])],
)
def test_names_are_known_in_any_order_by_parts_and_initials(name: str, found: list[str]) -> None:
    assert [each.id for each in matching(name, ROWS)] == found


@pytest.mark.parametrize(
    "title",
    ["Март 2026", "марта 26", "March 2026", "Mar-26", "мар", "2026-03", "03.2026", "01.03.2026", "2026-03-01 00:00"],
)
def test_a_month_is_known_by_its_names(title: str) -> None:
    assert named_period(title, MONTHS) == MONTHS[2]


@pytest.mark.parametrize("title", ["2 кв. 2026", "II квартал 2026", "Q2 2026", "2Q26", "кв. 2"])
def test_a_quarter_is_known_by_its_names(title: str) -> None:
    quarters = grid_columns("quarter", date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 2))
    assert named_period(title, quarters) == Period(date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize("title", ["Имя", "", "1200", "Итого", "1,5"])
def test_other_titles_name_no_period(title: str) -> None:
    assert named_period(title, MONTHS) is None


@pytest.mark.parametrize("title", ["Март 2025", "2026-03-15", "Q1 2026", "31.02.2026 x"])
def test_a_period_that_is_no_column_is_refused(title: str) -> None:
    if title.startswith("31"):
        assert named_period(title, MONTHS) is None
        return
    with pytest.raises(QuestionError, match="no column here"):
        named_period(title, MONTHS)


def test_cells_with_tabs_lines_and_quotes_stay_whole() -> None:
    assert cells_of('a\t"b\nc"\t"say ""d"""\n1\t\t2') == [["a", "b\nc", 'say "d"'], ["1", "", "2"]]
    assert cells_of("") == []
