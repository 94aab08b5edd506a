"""Which settings pages set: each is one of voronka.toml, each stands once."""

import pytest

from voronka.pipeline.settings_sections import SECTIONS, Offered, of_new_role, offered
from voronka.settings import SETTINGS, Settings

BESIDE_PAGES = {"engine", "limits", "web", "VORONKA_COMPANY"}
"""What whoever runs the server sets in the file."""


def test_every_setting_that_pages_set_is_one_of_the_file() -> None:
    known = {each.name for each in SETTINGS}
    found = [each for each in offered(Settings()) if each.section != "roles"]
    assert {each.name for each in found} - known == set()
    assert len({each.name for each in found}) == len(found)


def test_what_no_page_sets_is_the_servers_or_has_a_page_of_its_own() -> None:
    shown = {each.name for each in offered(Settings())}
    left = {each.name for each in SETTINGS if "<" not in each.name} - shown
    assert {name.split(".")[0] for name in left} == BESIDE_PAGES | {"variants"}


def test_no_secret_is_among_them() -> None:
    words = ("password", "secret", "token", "key")
    assert [each.name for each in offered(Settings()) if any(word in each.name for word in words)] == []


@pytest.mark.parametrize("name", ["roles.Hunter.metrics", "roles.hunter.people", "roles.a b.metrics", "score.cap"])
def test_what_is_no_setting_of_a_role_is_not_offered_for_a_new_one(name: str) -> None:
    assert of_new_role(name) is None


def test_a_new_role_has_the_settings_of_any() -> None:
    assert of_new_role("roles.hunter.title.ru") == Offered("roles.hunter.title.ru", "roles", "text")


def test_roles_and_metrics_with_variants_are_those_of_the_company() -> None:
    settings = Settings.model_validate({"roles": {"hunter": {"metrics": ["calls"]}, "of two": {}}})
    found = {each.name: each for each in offered(settings, ("win_rate",))}
    assert {"roles.hunter.metrics", "roles.sdr.result", "variants.win_rate"} <= found.keys()
    assert not any("of two" in name for name in found)
    assert found["variants.win_rate"].path == ("variants", "win_rate")
    assert {each.section for each in found.values()} == set(SECTIONS)


def test_what_is_worked_out_with_each_question_needs_no_new_build() -> None:
    built = {each.name: each.is_built for each in offered(Settings(), ("win_rate",))}
    assert [built[name] for name in ("name", "variants.win_rate", "roles.ae.metrics", "score.cap")] == [False] * 4
    assert all(built[name] for name in ("calendar.days_off", "time_zone", "temperature.hot", "quality.required.deals"))
