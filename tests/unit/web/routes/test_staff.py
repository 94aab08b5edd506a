"""People, teams and times over HTTP: stated, refused, undone. Анна and Яна (who left) are in Север, Ёлкин in Юг."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from voronka.bootstrap import OpenCompany

ANNA, YOLKIN, NORTH, SOUTH = "name:анна", "name:елкин", "name:север", "name:юг"


@pytest.fixture
def head(signed_in: TestClient, company: OpenCompany) -> TestClient:
    """Return the browser of somebody who may change people; a build waits, so that no other one is begun."""
    company.people.jobs.ask("build", {}, "Анна")
    return signed_in


def told(head: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = head.get("/api/staff").json()
    return found


def act(head: TestClient, path: str, **body: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - what JSON can say
    given = body if path == "undo" else {"latest": told(head)["latest"], **body}
    answer = head.post(f"/api/staff/{path}?lang=ru", json=given, headers={"accept-language": "ru"})
    return answer.status_code, answer.json()


def of(head: TestClient, kind: str, own: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in told(head)[kind] if each["id"] == own)
    return found


def places(head: TestClient, own: str) -> list[tuple[Any, ...]]:
    return [
        (each["team_id"], each["first"], each["last"], each["is_stated"]) for each in of(head, "people", own)["places"]
    ]


def move(head: TestClient, **body: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - what JSON can say
    return act(
        head, "move", **{"people": [ANNA], "team_id": SOUTH, "role": "ae", "first": "2026-02-01", "last": None, **body}
    )


def test_somebody_is_moved_for_good_moved_back_for_days_and_all_is_undone(head: TestClient) -> None:
    assert move(head)[0] == 200
    assert of(head, "people", ANNA)["team_id"] == SOUTH
    assert of(head, "teams", SOUTH)["people"] == 2
    assert move(head, team_id=NORTH, first="2026-02-10", last="2026-02-11")[0] == 200
    assert places(head, ANNA) == [
        (SOUTH, "2026-02-12", None, True),
        (NORTH, "2026-02-10", "2026-02-11", True),
        (SOUTH, "2026-02-01", "2026-02-09", True),
        (NORTH, None, "2026-01-31", False),
    ]
    assert act(head, "unmove", id=ANNA, first="2026-02-12")[0] == 200
    assert places(head, ANNA)[0] == (NORTH, "2026-02-12", None, False)
    for edit in (3, 2, 1):
        assert act(head, "undo", edit=edit)[0] == 200
    assert places(head, ANNA) == [(NORTH, None, None, False)]
    edits = told(head)["edits"]
    assert [(each["action"], each["names"], each["is_undone"]) for each in edits] == [
        ("unmove", ["Анна"], True),
        ("move", ["Анна"], True),
        ("move", ["Анна"], True),
    ]


def test_a_name_and_days_are_stated_where_they_differ_and_are_as_told_again_when_left_empty(head: TestClient) -> None:
    same = {"id": ANNA, "name": "Анна", "hired_on": None, "left_on": None}
    assert act(head, "people", **same) == (200, {"edit": None, "changed": 0, "faults": []})
    assert act(head, "people", **{**same, "name": " Анна  Белова ", "hired_on": "2025-05-01"})[1]["changed"] == 1
    found = of(head, "people", ANNA)
    assert (found["name"], found["hired_on"], found["stated"]) == ("Анна Белова", "2025-05-01", ["name", "hired_on"])
    status, fault = act(head, "people", **{**same, "hired_on": "2025-05-01", "left_on": "2025-04-01"})
    assert (status, fault["error"]["what"]) == (400, "дата увольнения раньше даты приёма")
    assert act(head, "people", **{**same, "name": None})[1]["changed"] == 1
    assert of(head, "people", ANNA)["stated"] == []


def test_a_team_is_made_led_renamed_and_closed_when_nobody_is_in_it(head: TestClient) -> None:
    bare = {"lead_id": None, "parent_id": None, "closed_on": None}
    assert act(head, "teams", id=None, name="Запад", **{**bare, "lead_id": YOLKIN, "parent_id": SOUTH})[0] == 200
    made = of(head, "teams", "voronka:team1")
    assert (made["name"], made["lead_id"], made["parent_id"]) == ("Запад", YOLKIN, SOUTH)
    assert move(head, team_id="voronka:team1")[0] == 200
    closed = {**bare, "closed_on": "2026-03-01"}
    status, fault = act(head, "teams", id="voronka:team1", name="Запад", **closed)
    assert (status, fault["error"]["what"]) == (400, "в команде после закрытия остаются люди: Анна")
    assert act(head, "unmove", id=ANNA, first="2026-02-01")[0] == 200
    assert act(head, "teams", id="voronka:team1", name="Новый запад", **closed)[0] == 200
    found = of(head, "teams", "voronka:team1")
    assert (found["name"], found["is_open"], found["people"]) == ("Новый запад", False, 0)
    status, fault = move(head, team_id="voronka:team1")
    assert (status, fault["error"]["what"]) == (400, "команда «Новый запад» закрыта")


def test_teams_are_told_apart_by_name_and_stand_in_no_circle(head: TestClient) -> None:
    bare = {"lead_id": None, "parent_id": None, "closed_on": None}
    assert act(head, "teams", id=None, name="СЕВЕР", **bare)[1]["error"]["what"] == "команда «СЕВЕР» уже есть"
    assert act(head, "teams", id=NORTH, name="Север", **{**bare, "parent_id": SOUTH})[0] == 200
    status, fault = act(head, "teams", id=SOUTH, name="Юг", **{**bare, "parent_id": NORTH})
    assert (status, fault["error"]["what"]) == (400, "команда не может входить сама в себя")
    assert act(head, "teams", id="nobody", name="x", **bare)[1]["error"]["what"] == "команды с id nobody нет"


def test_times_away_are_entered_pasted_and_taken_back(head: TestClient) -> None:
    away = {"person_id": ANNA, "kind": "absence", "reason": "sick", "first": "2026-03-02", "last": "2026-03-04"}
    assert act(head, "times", **away)[1]["changed"] == 1
    assert act(head, "times", **away)[1]["edit"] is None
    assert [
        each["line"] for each in act(head, "times/paste", text="Анна\t05.03.2026\nНикто\t05.03.2026")[1]["faults"]
    ] == [2]
    assert act(head, "times/paste", text="Анна\t05.03.2026\nЕлкин\t06.03.2026\t07.03.2026")[1]["changed"] == 2
    shown = [
        (each["number"], each["person_id"], each["first"], each["last"], each["reason"]) for each in told(head)["times"]
    ]
    assert shown == [
        ("2.2", YOLKIN, "2026-03-06", "2026-03-07", "vacation"),
        ("2.1", ANNA, "2026-03-05", "2026-03-05", "vacation"),
        ("1.1", ANNA, "2026-03-02", "2026-03-04", "sick"),
    ]
    assert act(head, "untime", number="2.2")[0] == 200
    assert len(told(head)["times"]) == 2
    assert act(head, "untime", number="2.2")[1]["error"]["what"] == "этого периода уже нет"


def add(head: TestClient, **body: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - what JSON can say
    known = {"email": "lena@x.ru", "phone": "8 912 345-67-89", "extension": "204", "same_as": None}
    given = {"name": "Лена Отт", "known": known, "team_id": SOUTH, "role": "ae", "first": "2026-03-09", **body}
    return act(head, "newcomers", **given)


def test_somebody_of_whom_no_source_tells_is_added_changed_and_taken_back(head: TestClient) -> None:
    assert add(head)[0] == 200
    lena = of(head, "people", "voronka:person1")
    assert (lena["name"], lena["hired_on"], lena["team_id"], lena["places"][0]["first"]) == (
        "Лена Отт",
        "2026-03-09",
        None,  # they come on Monday
        "2026-03-09",
    )
    known = {"email": "lena@x.ru", "phone": "+79123456789", "extension": "204", "same_as": None}
    assert lena["made_here"] == known
    told_again = {"id": "voronka:person1", "name": "Лена Отт", "hired_on": "2026-03-09", "left_on": None}
    assert act(head, "people", **told_again, known={**known, "same_as": "crm:7"})[1]["changed"] == 1
    assert of(head, "people", "voronka:person1")["made_here"]["same_as"] == "crm:7"
    assert act(head, "people", **told_again, known={**known, "same_as": "7"})[1]["edit"] is None  # the same id
    assert [act(head, "undo", edit=edit)[0] for edit in (2, 1)] == [200, 200]
    assert len(told(head)["people"]) == 3


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({"name": "анна"}, "сотрудник «анна» уже есть"),
        ({"known": {"email": "lena"}}, "это не адрес почты: lena"),
        ({"known": {"phone": "да"}}, "это не номер телефона: да"),
        ({"known": {"extension": "два"}}, "внутренний номер — только цифры: два"),
        ({"known": {"same_as": "7"}}, "неясно, из какой системы id 7"),
        ({"known": {"same_as": "voronka:person9"}}, "id voronka:person9 уже у сотрудника, добавленного здесь"),
    ],
)
def test_who_cannot_be_told_from_others_is_not_added(head: TestClient, body: dict[str, Any], what: str) -> None:
    status, fault = add(head, **body)
    assert (status, fault["error"]["what"]) == (400, what)


def test_the_lists_go_out_as_files(head: TestClient) -> None:
    away = {"person_id": ANNA, "kind": "absence", "reason": "sick", "first": "2026-03-02", "last": "2026-03-04"}
    assert act(head, "times", **away)[0] == 200
    assert move(head)[0] == 200

    def lines(table: str) -> list[str]:
        text = head.get(f"/api/staff/table.csv?table={table}&lang=ru").content.decode("utf-8-sig")
        return text.splitlines()

    assert lines("people")[:3] == [
        "Сотрудник;Команда;Роль;С;По;Указано здесь;Принят;Уволен",
        "Анна;Юг;Менеджер по продажам;2026-02-01;;да;;",
        "Анна;Север;(не указано);;2026-01-31;нет;;",
    ]
    assert lines("times") == [
        "Сотрудник;Что;С;По;Часы;Дни недели",
        "Анна;больничный;2026-03-02;2026-03-04;(не указано);(не указано)",
    ]
    assert lines("teams")[0] == "Команда;Руководитель;Входит в;Людей;Закрыта с"
    assert head.get("/api/staff/table.xlsx?table=teams").content[:2] == b"PK"


def test_nobody_overwrites_what_they_have_not_seen(head: TestClient) -> None:
    assert move(head)[0] == 200
    status, fault = move(head, team_id=NORTH, latest=0)
    assert (status, fault["error"]["what"]) == (400, "это тем временем изменил кто-то ещё")
    assert move(head, people=["nobody"])[1]["error"]["what"] == "сотрудника с id nobody нет"
