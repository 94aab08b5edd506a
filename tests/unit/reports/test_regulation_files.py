"""Regulations as files: the same two that bind four records on a Monday."""

import io

import openpyxl

from tests.unit.reports.test_leads_regulations import NOW, frame_of
from voronka.reports.legend import Made
from voronka.reports.links import RecordLinks
from voronka.reports.regulation_files import TableName, regulation_file

LINKS = RecordLinks({})


def lines(name: TableName, language: str) -> list[str]:
    file = regulation_file(frame_of(), LINKS, name, "ru" if language == "ru" else "en")
    return file.csv().written().decode("utf-8-sig").splitlines()


def test_what_runs_now_goes_out_with_its_state_in_words() -> None:
    head, *rows = lines("due", "ru")
    assert head == "Регламент;Состояние;Запись;Сотрудник;Срок;Просрочено на"
    assert [row.split(";")[1] for row in rows] == ["срок идёт", "просрочено"]
    assert [row.split(";")[5] for row in rows] == ["-1", "0,5"]


def test_the_register_tells_the_clock_in_words() -> None:
    head, first, second = lines("register", "en")
    assert head == "Regulation,Limit,Clock,Owner,Version,Reviewed"
    assert ("working time" in first, "calendar time" in second) == (True, True)


def test_a_workbook_tells_the_cut_and_is_called_by_what_it_holds() -> None:
    file = regulation_file(frame_of(), LINKS, "due", "ru")
    assert file.file_name("xlsx") == "Регламенты сроки сейчас.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(file.xlsx(Made("Север", NOW)).written()))
    cut = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)}
    assert (cut["Период"], cut["Компания"]) == ("всё время", "Север")
