"""What people call metrics and kinds of activities."""

import pytest

from voronka import bootstrap
from voronka.lake.session import Session, literal
from voronka.transform.known_words import KIND, METRIC, by_word, coded, folded, nearest, no_metric, unknown, words


def value(session: Session, sql: str) -> object:
    return session.value(f"SELECT {sql}")


def test_every_metric_is_known_by_its_code_and_its_titles() -> None:
    catalogue = bootstrap.catalogue_of(None)
    assert set(words()[METRIC]) == set(catalogue.names)
    known = by_word(METRIC)
    for name in catalogue.names:
        title = catalogue.metrics[name].title
        assert known[folded(name)] == name
        assert {folded(title.ru), folded(title.en)} <= known.keys()


@pytest.mark.parametrize(
    ("group", "text", "code"),
    [
        (METRIC, "Выручка", "revenue"),
        (METRIC, " звонки ", "calls"),
        (METRIC, "Deals won", "deals_won"),
        (METRIC, "own_metric", "own_metric"),
        (KIND, "Встреча", "meeting"),
        (KIND, "КП отправлено", "proposal"),
        (KIND, "E-mail", "email"),
        (KIND, "Dance", "Dance"),
    ],
)
def test_a_known_word_becomes_its_code_and_any_other_stays(session: Session, group: str, text: str, code: str) -> None:
    assert value(session, coded(group, literal(text))) == code


def test_what_is_unknown_is_told(session: Session) -> None:
    assert value(session, unknown(KIND, "'Dance'")) is True
    assert value(session, unknown(KIND, "'call'")) is False
    assert value(session, unknown(KIND, "NULL")) is None
    assert value(session, no_metric("'Nonsense'")) is True
    assert value(session, no_metric("'own_metric'")) is False
    assert value(session, no_metric("'revenue'")) is False
    assert value(session, nearest(METRIC, "'Выручкаа'")) == "выручка"
    assert value(session, nearest(METRIC, "'зщшгн'")) is None
