"""Files of plans that are given back, as lines of cells."""

import pytest

from voronka.domain.errors import InputError
from voronka.pipeline.plan_file import lines_of_file
from voronka.settings import LimitSettings


def test_separated_values_that_were_taken_out_tell_their_mark() -> None:
    text = "\ufeffЧей план;Имя;Код;Январь 2026\nкомпания;Ветер;;1,5\nсотрудник;Анна;a;\n"
    assert lines_of_file(text.encode(), "plans.csv", LimitSettings()) == (
        [["Чей план", "Имя", "Код", "Январь 2026"], ["компания", "Ветер", "", "1,5"], ["сотрудник", "Анна", "a", ""]],
        ",",
    )
    assert lines_of_file(b"Whose,Name,Id,March 2026\nteam,West,w,1.5\n", "plans.csv", LimitSettings())[1] == "."


def test_separated_values_of_somebody_else_tell_no_mark() -> None:
    lines, mark = lines_of_file("ФИО;Март 2026\nАнна;1,234\n".encode("cp1251"), "plans.csv", LimitSettings())
    assert (lines, mark) == ([["ФИО", "Март 2026"], ["Анна", "1,234"]], None)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(InputError):
        lines_of_file(b"", "plans.csv", LimitSettings())
