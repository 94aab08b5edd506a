"""What is said of files in Russian."""

import re
from pathlib import Path

import pytest
import yaml

from voronka.domain.errors import InputError, QuestionError
from voronka.pipeline import sentences
from voronka.pipeline.sentences import deed_in, error_in, sentence_in

HOLE = re.compile(r"\{\w+\}")
WORDS: dict[str, str] = yaml.safe_load(Path(sentences.__file__).with_name("sentences.ru.yml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("the file is empty", "файл пуст"),
        (
            "header «Сумма» is a known name; 11 of 12 values are amounts",
            "«Сумма» — известное название; суммы: 11 из 12 значений",
        ),
        (
            "d.csv: the workbook has a password. Save it without a password, or as CSV.",
            "d.csv: книга закрыта паролем. Сохраните её без пароля или в CSV.",
        ),
        (
            "`won` lies before `made` (1 rows); the same row stands again: it counts once (2 rows)",
            "`won` раньше, чем `made` (строк: 1); та же строка повторяется: считается один раз (строк: 2)",
        ),
        (
            "unique and filled in 4 rows; there is no deal_id",
            "заполнен и не повторяется, строк: 4; deal_id в файле нет",
        ),
        (
            "line 9 says 7 in `Бюджет`; the rows above it make 5 (1 rows); the file is empty (2 rows)",
            "в строке 9 в `Бюджет` стоит 7, а строки выше дают 5 (строк: 1); файл пуст (строк: 2)",
        ),
        (
            "rows with the same `ID` (such as 18) differ in their content: the last of them counts (2 rows)",
            "строки с одним `ID` (например, 18) различаются: считается последняя (строк: 2)",
        ),
        ("a sentence that nobody has translated", "a sentence that nobody has translated"),
    ],
)
def test_a_sentence_is_said_in_russian_with_what_varies_in_it(english: str, russian: str) -> None:
    assert sentence_in("ru", english) == russian
    assert sentence_in("en", english) == english


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("Мария Ким invited as team_lead", "приглашён пользователь Мария Ким (руководитель команды)"),
        (
            "Anna: manager → head; employee crm:2; let in",
            "Anna: менеджер → руководитель продаж; сотрудник crm:2; вход открыт",
        ),
        ("token 3 of Anna (personal, 90 days)", "токен 3 пользователя Anna (телефоны и почта, дней: 90)"),
        ("loading of file Сделки.csv begun", "начата загрузка файла Сделки.csv"),
        ("team_lead crm:5", "руководитель команды crm:5"),
    ],
)
def test_what_was_done_is_said_in_russian_part_by_part(english: str, russian: str) -> None:
    assert deed_in("ru", english) == russian


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Mary Kim invited as team_lead", "Mary Kim invited as team lead"),
        ("Anna: manager → head; employee crm:2; let in", "Anna: manager → head of sales; employee crm:2; let in"),
        ("team_lead crm:5", "team lead crm:5"),
        ("loading of file team_lead.csv begun", "loading of file team_lead.csv begun"),
    ],
)
def test_roles_in_the_audit_log_are_said_in_english_by_their_names(kept: str, told: str) -> None:
    assert deed_in("en", kept) == told


@pytest.mark.parametrize(
    ("address", "english", "russian"),
    [
        ("GET /api/query.csv?metric=revenue", "table of figures (metric=revenue)", "таблица цифр (metric=revenue)"),
        ("POST /api/data/uploads/3f/load", "file loaded", "загружен файл"),
        ("POST /api/views/7", "view changed", "изменён вид"),
        ("GET /api/nothing/of/ours", "GET /api/nothing/of/ours", "GET /api/nothing/of/ours"),
    ],
)
def test_an_address_in_the_audit_log_is_told_by_what_it_is_for(address: str, english: str, russian: str) -> None:
    assert (deed_in("en", address), deed_in("ru", address)) == (english, russian)


def test_an_error_is_said_in_one_language_whole() -> None:
    known = InputError("there is no such file", where="a.csv", do="Did you mean b.csv?")
    assert error_in("ru", known) == "a.csv: такого файла нет. Может быть, b.csv?"
    assert error_in("en", known) == "a.csv: there is no such file. Did you mean b.csv?"
    unknown = QuestionError("nothing has this name: amounts", do="Did you mean b.csv?")
    assert error_in("ru", unknown) == "nothing has this name: amounts. Did you mean b.csv?"


def test_a_sentence_in_russian_says_all_that_varies_in_the_english_one() -> None:
    untold = {
        english: sorted(set(HOLE.findall(english)) - set(HOLE.findall(russian)))
        for english, russian in WORDS.items()
        if not set(HOLE.findall(russian)) <= set(HOLE.findall(english))
    }
    assert untold == {}
    assert [english for english, russian in WORDS.items() if not re.search("[а-яё]", russian, re.IGNORECASE)] == []
