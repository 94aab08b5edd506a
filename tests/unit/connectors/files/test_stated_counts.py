import pytest

from tests.unit.connectors.files.conftest import Read
from voronka.connectors.files.stated_counts import stated_counts


@pytest.mark.parametrize(
    ("cells", "count", "used"),
    [
        (("Всего записей: 3", "", ""), 3, 1),
        (("Всего записей:", "1 204", ""), 1204, 2),
        (("", "Количество строк", "12"), 12, 2),
        (("(3 rows)",), 3, 1),
        (("3 rows selected.",), 3, 1),
        (("Total records: 12,500",), 12500, 1),
        (("Всего: 3 записи", "30"), 3, 1),
        (("Показано 1-50 из 120 записей",), 120, 1),
        (("Выгружено сделок: 7 из 12",), 7, 1),
        (("Exported 1,204 leads",), 1204, 1),
    ],
)
def test_a_count_of_records_is_read_with_the_cells_that_say_it(cells: tuple[str, ...], count: int, used: int) -> None:
    assert stated_counts(cells) == ((count,), used)


@pytest.mark.parametrize(
    "cells",
    [
        ("Итого", "30"),
        ("Записей на странице: 50",),
        ("Страница 1 из 3",),
        ("Total leads: 50",),
        ("Отчёт за 2024",),
        ("3",),
        ("Всего: 30 000 ₽",),
        ("Выгружено: 15 марта",),
    ],
)
def test_other_remarks_state_no_count(cells: tuple[str, ...]) -> None:
    assert stated_counts(cells) == ((), 0)


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("Всего записей: 3;", ["line 4 says 3 records; the file has 2 above it"]),
        ("Всего записей;3", ["line 4 says 3 records; the file has 2 above it"]),
        ("Всего записей: 2;", []),
        ("Всего записей;2", []),
    ],
)
def test_a_count_that_is_not_that_of_the_rows_is_told(read: Read, below: str, told: list[str]) -> None:
    batch = read(f"ID;Сумма\n1;10\n2;20\n{below}\n")
    assert [flag.message for flag in batch.flags if flag.code == "count_differs"] == told
    assert batch.rows == 2
    assert batch.totals == ()  # the count of the rows is no sum of amounts


def test_counts_below_each_group_are_of_the_group_or_of_all_so_far(read: Read) -> None:
    rows = "ID;Сумма;Когда\n1;10;2024-01-01\n2;20;2024-01-02\n"
    batch = read(f"{rows}Всего записей: 2;;\n3;30;2024-01-03\nВсего записей: 1;;\nВсего записей: 3;;\n")
    assert [flag.code for flag in batch.flags] == []


def test_each_of_several_counts_in_one_line_is_read(read: Read) -> None:
    assert stated_counts(("Всего записей: 3", "", "Выгружено строк:", "2")) == ((3, 2), 3)
    batch = read("ID;Сумма;Когда;Чей\n1;10;a;b\n2;20;a;b\nВсего записей: 3;;Выгружено строк: 2;\n")
    assert [flag.message for flag in batch.flags] == ["line 4 says 3 records; the file has 2 above it"]


@pytest.mark.parametrize(("told", "flags"), [("2", []), ("3", ["line 1 says 3 records; the file has 2"])])
def test_a_count_above_the_header_is_held_against_the_rows(read: Read, told: str, flags: list[str]) -> None:
    for below in ("", "Итого;30\n"):  # read whole, and record by record
        batch = read(f"Всего записей: {told}\nID;Сумма\n1;10\n2;20\n{below}")
        assert [flag.message for flag in batch.flags if flag.code == "count_differs"] == flags
