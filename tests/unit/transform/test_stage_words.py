import pytest

from voronka.transform.stage_words import guess_stages, outcome_of


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Won", "won"),
        ("Closed Won", "won"),
        ("closedwon", "won"),
        ("C3:WON", "won"),
        ("142", "won"),
        ("Оплачена", "won"),
        ("Успешно реализовано", "won"),
        ("Closed Lost", "lost"),
        ("143", "lost"),
        ("7. Отказ", "lost"),
        ("Закрыто и не реализовано", "lost"),
        ("Junk Lead", "lost"),
        ("Архив: проиграна", "lost"),
        ("Отказ: цена", "lost"),
        ("Брак - чёрный список", "lost"),
        ("Продажи: переговоры", "open"),
        ("Closed - Not Converted", "lost"),
        ("Negotiation", "open"),
        ("Pre Qualified", "open"),
        ("Wonderful", "open"),
        ("Сконвертирован", "won"),
        ("Закрыта и не реализована", "lost"),
    ],
)
def test_a_plain_word_tells_the_outcome(text: str, outcome: str) -> None:
    assert outcome_of(text) == outcome


def test_numbers_before_the_names_give_the_order() -> None:
    found = guess_stages({"2. Demo": 5, "1. Contract": 9, "3. Won": 1}, "deals")
    assert [stage.text for stage in found] == ["1. Contract", "2. Demo", "3. Won"]


def test_the_stages_that_a_crm_begins_with_stand_in_its_order() -> None:
    order = ["Первичный контакт", "Переговоры", "Принимают решение", "Согласование договора", "Успешно реализовано"]
    found = guess_stages({text: place for place, text in enumerate(order)}, "deals")
    assert [stage.text for stage in found] == order


def test_a_milestone_is_guessed_from_its_own_word_only() -> None:
    found = guess_stages({"Qualified": 1, "Pre Qualified": 2, "Unqualified": 3}, "leads")
    assert {stage.text: stage.milestone for stage in found} == {
        "Qualified": "qualified",
        "Pre Qualified": None,
        "Unqualified": None,
    }


@pytest.mark.parametrize(
    ("closed", "outcome"),
    [
        ({"Закрыто и не реализовано": 3, "Чёрный список": 2}, "lost"),
        ({"Закрыто и не реализовано": 3, "Чёрный список": 1}, "open"),  # not all of its rows are closed
        ({"Первичный контакт": 4, "Закрыто и не реализовано": 2, "Чёрный список": 2}, "open"),  # an expected day
        ({"Первичный контакт": 4, "Закрыто и не реализовано": 3, "Чёрный список": 2}, "open"),  # tells nothing apart
        ({}, "open"),
    ],
)
def test_a_stage_whose_rows_are_all_closed_is_taken_for_lost_where_dates_tell(
    closed: dict[str, int], outcome: str
) -> None:
    found = guess_stages({"Первичный контакт": 4, "Закрыто и не реализовано": 3, "Чёрный список": 2}, "deals", closed)
    told = {stage.text: (stage.outcome, stage.is_known, stage.closed) for stage in found}
    assert told["Чёрный список"] == (outcome, False, closed.get("Чёрный список", 0))
    assert told["Первичный контакт"][0] == "open"
