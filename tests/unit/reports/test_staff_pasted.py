"""Lists of times away as a spreadsheet copies them."""

from datetime import date, time

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.staff import PersonSaid
from voronka.reports.staff import StaffPerson
from voronka.reports.staff_pasted import read_times


def person(own: str, name: str) -> StaffPerson:
    return StaffPerson(own, name, None, None, None, (), own, PersonSaid(known_as=name))


PEOPLE = [person("1", "Анна Белова"), person("2", "Пётр Ким"), person("3", "Олег Ли"), person("4", "Олег Ли")]


def test_a_list_is_read_whichever_name_comes_first_and_however_days_are_written() -> None:
    text = "Кто\tС\tПо\tВид\nБелова Анна\t01.08.2026\t14.08.2026\tОтпуск\nПетр Ким\t2026-08-03\t\tбольничный лист\n"
    times, faults = read_times(text, PEOPLE)
    assert faults == []
    assert [(each.employee_id, each.first, each.last, each.reason) for each in times] == [
        ("1", date(2026, 8, 1), date(2026, 8, 14), "vacation"),
        ("2", date(2026, 8, 3), date(2026, 8, 3), "sick"),
    ]


def test_hours_make_it_a_part_of_the_day() -> None:
    times, _ = read_times("Анна Белова;03.08.2026;14:00-18:00;врач\nПетр Ким;03.08.2026;9.00 – 12.30", PEOPLE)
    assert [(each.first, each.opens, each.closes, each.reason) for each in times] == [
        (date(2026, 8, 3), time(14), time(18), "other"),
        (date(2026, 8, 3), time(9), time(12, 30), "vacation"),
    ]


def test_lines_that_do_not_fit_are_told_with_their_reason() -> None:
    text = (
        "Олег Ли; 01.08.2026; 02.08.2026\nНикто; 01.08.2026\nАнна Белова; завтра\nАнна Белова; 02.08.2026; 01.08.2026"
        "\nАнна Белова; 02.08.2026; 25:00-26:00; врач"
    )
    times, faults = read_times(text, PEOPLE)
    assert times == []
    assert [(each.line, each.fault.what) for each in faults] == [
        (1, "2 people are called Олег Ли"),
        (2, "nobody is called Никто"),
        (3, "the line has no day"),
        (4, "the last day comes before the first"),
        (5, "there are no hours 25:00-26:00"),
    ]


def test_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(QuestionError, match="a list has from one to 1000 lines"):
        read_times(" \n", PEOPLE)
