import csv
import io

import pytest

from tests.reports.framing import NOW, framed
from tests.unit.reports.test_team_compared import PEOPLE, WEEKS, WON, deals
from voronka.domain.errors import QuestionError
from voronka.reports.legend import Made
from voronka.reports.page import PageAsked
from voronka.reports.page_files import PageTableFile
from voronka.reports.tables import Language


def file(table: str, language: Language = "en") -> PageTableFile:
    engine = deals(WON, dict.fromkeys(PEOPLE, (20, 40)))
    return PageTableFile(framed(engine, PageAsked(period=WEEKS)), "team", table, language)


def read(made: PageTableFile) -> list[list[str]]:
    text = made.csv().written().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter="," if made.language == "en" else ";"))


def test_a_table_stands_in_the_file_in_words() -> None:
    heads, *rows = read(file("compared:ae:win_rate", "ru"))
    assert heads[:4] == ["Менеджер", "Среди своей роли", "Место от", "Место до"]
    assert "в пределах случайного" in {row[1] for row in rows}
    assert rows[-1][0] == "Итого"
    _, revenue, *_ = read(file("rates:ae"))
    assert revenue[:2] == ["AE", "Revenue"]


def test_a_workbook_says_what_its_columns_mean() -> None:
    made = file("compared:ae:win_rate").xlsx(Made("Wind", NOW))
    told = {line[0]: line[1] for line in made.definitions.lines}
    assert "empirical Bayes" in told["Estimate that allows for chance"]
    assert told["Win rate"].startswith("Deals won as a percentage")
    assert made.written()[:2] == b"PK"


def test_the_name_says_what_is_in_it() -> None:
    assert file("compared:ae:win_rate").file_name("csv") == "Comparison, Win rate, 2026-03-02—2026-03-13.csv"


def test_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(QuestionError) as told:
        file("standings").csv()
    assert "standings" in told.value.what
    assert "standing" in told.value.do
