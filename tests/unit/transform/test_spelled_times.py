from datetime import datetime
from typing import Any

import pytest

from tests.company import at
from voronka.lake.session import Session, literal
from voronka.transform.spelled_times import spelled


def read(session: Session, text: str, *, day_first: bool = True) -> dict[str, Any] | None:
    found: dict[str, Any] | None = session.value(f"SELECT {spelled(literal(text), day_first=day_first)}")
    return found


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("5 марта 2024 г.", "2024-03-05"),
        ("05 мар. 2024", "2024-03-05"),
        ("«5» марта 2024 года", "2024-03-05"),
        ("Вт, 5 марта 2024 г. в 14:05", "2024-03-05 14:05"),
        ("вторник, 5 марта 2024 года, 14:05:30", "2024-03-05 14:05:30"),
        ("5 марта 2024 в 14 ч 05 мин", "2024-03-05 14:05"),
        ("05.03.2024 (вт)", "2024-03-05"),
        ("5-Mar-24", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Mar 5 2024 10:15PM", "2024-03-05 22:15"),
        ("March 5th, 2024 2 PM", "2024-03-05 14:00"),
        ("5 Mar 2024 12:30 am", "2024-03-05 00:30"),
        ("5 March 2024 at 3:07 p.m.", "2024-03-05 15:07"),
        ("Sept 5, 2024", "2024-09-05"),
        ("5. März 2024", "2024-03-05"),
        ("2024-Mar-05", "2024-03-05"),
        ("12:05 05.03.2024", "2024-03-05 12:05"),
        ("05.03.2024 14.05", "2024-03-05 14:05"),
        ("05.03.2024 24:00", "2024-03-06"),
        ("2024-03-05T10:15:60", "2024-03-05 10:16"),
        ("20240305T101500", "2024-03-05 10:15"),
        ("05.03.2024 10:15:00,125", "2024-03-05 10:15:00.125"),
        ("05.03.70", "1970-03-05"),
    ],
)
def test_a_time_in_words_is_read(session: Session, text: str, moment: str) -> None:
    found = read(session, text)
    assert found is not None
    assert (found["at"], found["minutes"]) == (at(moment), None)


@pytest.mark.parametrize(
    ("text", "moment", "minutes"),
    [
        ("Tue, 05 Mar 2024 10:15:00 +0300", "2024-03-05 10:15", 180),
        ("Tue Mar 05 2024 10:15:00 GMT+0300 (Moscow Standard Time)", "2024-03-05 10:15", 180),
        ("05.03.24 10:15 UTC-3:30", "2024-03-05 10:15", -210),
        ("20240305T101500Z", "2024-03-05 10:15", 0),
        ("05/Mar/2024:10:15:00 +0300", "2024-03-05 10:15", 180),
        ("2024-03-05 10:15:00 EST", "2024-03-05 10:15", -300),
    ],
)
def test_an_offset_or_the_name_of_a_zone_is_told(session: Session, text: str, moment: str, minutes: int) -> None:
    found = read(session, text)
    assert found is not None
    assert (found["at"], found["minutes"], found["is_moscow"]) == (at(moment), minutes, False)


def test_moscows_time_is_told_as_such(session: Session) -> None:
    for text in ("05.03.2012 10:15 мск", "05.03.2012 10:15 (МСК)", "Mon Mar 5 10:15:00 MSK 2012"):
        found = read(session, text)
        assert found == {"at": datetime(2012, 3, 5, 10, 15), "minutes": 0, "is_moscow": True, "is_timed": True}  # noqa: DTZ001


def test_the_order_of_day_and_month_is_as_said(session: Session) -> None:
    first, last = (read(session, "03/04/2024 10:15 UTC", day_first=day_first) for day_first in (True, False))
    assert first is not None
    assert last is not None
    assert (first["at"], last["at"]) == (at("2024-04-03 10:15"), at("2024-03-04 10:15"))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "вчера",
            "сегодня в 10:15",
            "yesterday",
            "31 февраля 2024",
            "5 марта",
            "март 2024",
            "10:15",
            "05.03.2024 25:00",
        ),
        *(
            "05.03.2024 10:75",
            "2024-03-05 10:15:00 Europe/Moscow",
            "2024-03-05 10:15:00[Europe/Moscow]",
            "5 мартини 2024",
        ),
        *("12500", "abc", "5 марта 2024 или 6 марта 2024", "с 5 марта 2024", "13/13/2024"),
    ],
)
def test_what_is_no_time_is_not_read(session: Session, text: str) -> None:
    assert read(session, text) is None
