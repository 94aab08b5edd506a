"""Settings over HTTP: looked at, set, taken back, and in force at once."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.unit.web.conftest import HERE, Opener, sign_in
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.pipeline.building import build_core
from voronka.web.app import create_app
from voronka.web.settings_shapes import SettingsShown
from voronka.web.visitor import cookie_name

ADDRESS = "/api/settings"


@pytest.fixture
def company(open_company: Opener) -> OpenCompany:
    return open_company()


@pytest.fixture
def setting(company: OpenCompany, static: Path) -> Iterator[TestClient]:
    with TestClient(create_app(company, static=static), base_url=HERE) as client:
        sign_in(client, company)
        yield client


def seen(client: TestClient) -> str:
    return SettingsShown.model_validate(client.get(ADDRESS).json()).seen


def test_what_is_saved_stands_in_the_file_and_is_in_force_with_the_next_request(
    setting: TestClient, company: OpenCompany
) -> None:
    assert setting.get("/api/session").json()["company"]["name"] == "Северный ветер"
    before = seen(setting)
    answer = setting.put(ADDRESS, json={"seen": before, "values": {"name": "Южный ветер", "currency": "KZT"}})
    assert answer.status_code == 200
    assert answer.json()["seen"] != before
    told = setting.get("/api/session").json()["company"]
    assert (told["name"], told["currency"]) == ("Южный ветер", "KZT")
    assert 'name = "Южный ветер"' in (company.folder / "voronka.toml").read_text("utf-8")
    back = setting.post(f"{ADDRESS}/undo", json={"number": answer.json()["changes"][0]["number"]})
    assert back.json()["seen"] == before
    assert setting.get("/api/session").json()["company"]["name"] == "Северный ветер"


def test_an_answer_kept_from_before_is_not_given_under_other_settings(setting: TestClient) -> None:
    asked = "/api/query?metric=leads&from=2026-02-01&to=2026-02-28"
    first = setting.get(asked)
    again = setting.get(asked, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    setting.put(ADDRESS, json={"seen": seen(setting), "values": {"currency": "KZT"}})
    assert setting.get(asked, headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_a_bad_value_is_refused_at_its_setting_in_the_readers_language(setting: TestClient) -> None:
    given = {"seen": seen(setting), "values": {"calendar.working_hours": "18:00-09:00"}}
    refused = setting.put(ADDRESS, json=given, headers={"accept-language": "ru"})
    assert refused.status_code == 400
    told = refused.json()["error"]
    assert (told["where"], told["what"]) == (
        "calendar.working_hours",
        "рабочий день кончается раньше, чем начинается: 18:00-09:00",
    )


def test_of_two_who_save_the_second_is_told_what_the_first_has_changed(setting: TestClient) -> None:
    stamp = seen(setting)
    assert setting.put(ADDRESS, json={"seen": stamp, "values": {"currency": "KZT"}}).status_code == 200
    late = setting.put(ADDRESS, json={"seen": stamp, "values": {"name": "Юг"}}, headers={"accept-language": "ru"})
    assert late.status_code == 409
    assert late.json()["error"]["what"].startswith("настройки тем временем изменены")
    assert "currency" in late.json()["error"]["what"]
    assert setting.get("/api/session").json()["company"]["name"] == "Северный ветер"


@pytest.mark.parametrize("name", ["engine.threads", "web.port", "roles.sdr.people", "nothing"])
def test_what_no_page_sets_cannot_be_set_here(setting: TestClient, name: str) -> None:
    refused = setting.put(ADDRESS, json={"seen": seen(setting), "values": {name: 1}})
    assert (refused.status_code, "no setting" in refused.json()["error"]["what"]) == (400, True)


def test_a_role_is_added_named_and_taken_back_in_the_file(setting: TestClient, company: OpenCompany) -> None:
    values = {"title.ru": "Охотник", "title.en": "Hunter", "metrics": ["calls", "revenue"], "result": "revenue"}
    given = {f"roles.teams.{key}": value for key, value in values.items()}
    made = setting.put(ADDRESS, json={"seen": seen(setting), "values": given}).json()
    told = {each["name"]: each["value"] for each in made["settings"] if each["name"].startswith("roles.teams.")}
    assert told == given
    said = tomllib.loads((company.folder / "voronka.toml").read_text("utf-8"))["roles"]["teams"]
    assert said["title"] == {"ru": "Охотник", "en": "Hunter"}
    roles = {each["code"]: each["title"]["ru"] for each in setting.get("/api/staff").json()["roles"]}
    assert roles["teams"] == "Охотник"
    taken_back = setting.post(f"{ADDRESS}/undo", json={"number": made["changes"][0]["number"]})
    assert taken_back.status_code == 200
    assert "roles" not in tomllib.loads((company.folder / "voronka.toml").read_text("utf-8"))


def test_an_unknown_variant_and_an_unknown_metric_are_refused_at_their_settings(setting: TestClient) -> None:
    told = setting.get(ADDRESS).json()
    variant = next(each["name"] for each in told["settings"] if each["kind"] == "variant")
    for name, value in ((variant, {"use": "no_such"}), ("roles.ae.metrics", ["no_such"])):
        refused = setting.put(ADDRESS, json={"seen": told["seen"], "values": {name: value}})
        assert (refused.status_code, refused.json()["error"]["where"]) == (400, name)


def test_an_analyst_looks_and_does_not_change(setting: TestClient, company: OpenCompany) -> None:
    user = company.people.accounts.add_user("Аня", None, "analyst")
    with TestClient(setting.app, base_url=HERE) as client:
        client.cookies.set(cookie_name(company), company.people.sessions.start(user.user_id), domain="localhost.local")
        told = client.get(ADDRESS).json()
        assert not told["may_change"]
        refused = client.put(ADDRESS, json={"seen": told["seen"], "values": {"name": "Юг"}})
    assert refused.status_code == 403


def test_a_rule_moves_the_figures_with_the_next_build_and_taken_back_moves_them_back(
    setting: TestClient, company: OpenCompany
) -> None:
    """Of the three leads those of 27 February and 1 April came by the site, that of 28 February by Avito."""

    def hot() -> object:
        with bootstrap.workplace(str(company.folder), company.clock) as work:
            build_core(work, bootstrap.additive_metrics(work.folder, work.settings), lambda *_: None)
        asked = "/api/query?metric=leads&from=2026-02-01&to=2026-04-30&where=temperature%3Dhot"
        return setting.get(asked).json()["totals"]["leads"]

    assert hot() == 0
    rule = {"temperature.hot": "channel = 'Сайт'"}
    done = setting.put(ADDRESS, json={"seen": seen(setting), "values": rule}).json()
    assert hot() == 2
    setting.post(f"{ADDRESS}/undo", json={"number": done["changes"][0]["number"]})
    assert hot() == 0
