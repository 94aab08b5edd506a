import pytest

from voronka.lake.session import Session, literal
from voronka.transform.channel_names import heard, known_names


def told(session: Session, name: str) -> object:
    return session.value(f"SELECT {heard(literal(name))}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Авито", "AVITO"),
        ("https://www.avito.ru/rossiya", "avito"),
        ("Яндекс.Директ", "yandex_direct"),
        ("ВКонтакте", "vkontakte"),
        ("Телеграмм", "Telegram"),
        ("E-mail", "email"),
        ("Щука чат", "shuka-chat"),
    ],
)
def test_spellings_of_a_channel_meet(session: Session, one: str, other: str) -> None:
    assert told(session, one) == told(session, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Реклама №1", "Реклама №11"), ("Яндекс.Директ", "Яндекс.Карты"), ("Сайт", "Сайт 2")]
)
def test_channels_of_unlike_names_do_not_meet(session: Session, one: str, other: str) -> None:
    assert told(session, one) != told(session, other)


@pytest.mark.parametrize("name", ["—", " ", "谷歌"])
def test_a_name_without_letters_that_are_known_sounds_as_nothing(session: Session, name: str) -> None:
    assert told(session, name) == ""


def test_no_known_name_is_of_two_channels(session: Session) -> None:
    of: dict[object, set[str]] = {}
    for title, names in known_names().items():
        for name in names:
            of.setdefault(told(session, name), set()).add(title)
    assert [titles for titles in of.values() if len(titles) > 1] == []
    assert "" not in of
