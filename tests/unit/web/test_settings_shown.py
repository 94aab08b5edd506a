"""The settings as pages show them: in force, as by default, and who changed what."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

from fastapi import Request

from tests.unit.web.conftest import NOW, Opener
from voronka.bootstrap import OpenCompany
from voronka.domain.scope import Scope
from voronka.pipeline.chronicle import Made
from voronka.pipeline.company_settings import SettingsFile, set_values
from voronka.web.settings_shapes import SettingShown, SettingsShown
from voronka.web.settings_shown import offered_to, settings_shown
from voronka.web.visitor import Visitor, rights_of


def looking(company: OpenCompany, role: str = "admin") -> Visitor:
    who = ("Анна", role, Scope.everything(), "ru", company, cast("Request", None))
    return Visitor(*who, rights=rights_of(role))


def of(found: SettingsShown, name: str) -> SettingShown:
    return next(each for each in found.settings if each.name == name)


def put(company: OpenCompany, values: dict[str, object], *, days: int = 0) -> None:
    visitor = looking(company)
    known = {each.name: each for each in offered_to(visitor, company.settings)}
    made = Made("Вера", NOW + timedelta(days=days))
    stamp = SettingsFile.of(company.folder).stamp
    set_values(company.folder, {known[name]: value for name, value in values.items()}, stamp, made, lambda _: None)


def test_each_setting_tells_what_is_in_force_and_what_stands_by_default(open_company: Opener) -> None:
    company = open_company('[calendar]\ndays_off = [2026-05-08]\n[roles.hunter]\nmetrics = ["calls"]\n')
    found = settings_shown(looking(company), "ru")
    days = of(found, "calendar.days_off")
    assert (days.value, days.usual, days.is_set, days.is_built) == (["2026-05-08"], [], True, True)
    hours = of(found, "calendar.working_hours")
    assert (hours.value, hours.usual, hours.is_set) == ("09:00-18:00", "09:00-18:00", False)
    assert (of(found, "roles.hunter.metrics").value, of(found, "roles.hunter.metrics").usual) == (["calls"], [])
    assert of(found, "roles.hunter.title.ru").usual == "hunter"
    assert of(found, "roles.ae.title.ru").value == "Менеджер по продажам"
    assert of(found, "temperature.hot_range").value == [85.0, 95.0]
    assert (found.fault, found.may_change, found.is_behind, found.changes) == ("", True, False, [])


def test_what_can_be_chosen_comes_with_it(open_company: Opener) -> None:
    found = settings_shown(looking(open_company()), "ru")
    assert "Europe/Moscow" in of(found, "time_zone").choices
    assert {"", "RU", "KZ"} <= set(of(found, "calendar.country").choices)
    assert "loss_reason" in of(found, "quality.required.deals").choices
    assert "segment" in of(found, "handover.required").choices
    variant = next(each for each in found.settings if each.kind == "variant")
    assert variant.value is None
    assert variant.usual["use"] == variant.choices[0]
    assert len(variant.choices) > 1


def test_changes_are_told_the_newest_first_and_figures_of_before_are_behind(open_company: Opener) -> None:
    company = open_company()
    put(company, {"name": "Юг"})
    assert not settings_shown(looking(company), "ru").is_behind
    put(company, {"calendar.days_off": ["2026-05-08"]}, days=1)
    found = settings_shown(looking(company), "ru")
    assert found.is_behind
    newest, first = found.changes
    assert [(each.name, each.was, each.now) for each in newest.steps] == [("calendar.days_off", None, ["2026-05-08"])]
    assert (newest.by, newest.can_undo, first.can_undo) == ("Вера", True, True)
    assert newest.at.isoformat() == "2026-03-03T12:00:00"  # Moscow's time


def test_who_may_not_change_them_is_told_so(open_company: Opener) -> None:
    company = open_company()
    assert settings_shown(looking(company, "head"), "ru").may_change
    assert not settings_shown(looking(company, "analyst"), "ru").may_change


def test_a_broken_file_is_told_beside_the_settings_that_hold(open_company: Opener) -> None:
    company = open_company()
    (company.folder / "voronka.toml").write_text("name = \n", "utf-8")
    found = settings_shown(looking(company), "en")
    assert found.fault.startswith("voronka.toml: not readable as TOML")
    assert (of(found, "name").value, found.seen, found.may_change) == ("Северный ветер", "", False)


def test_what_is_well_formed_and_does_not_hold_is_told_too(open_company: Opener) -> None:
    company = open_company()
    text = (company.folder / "voronka.toml").read_text("utf-8")
    (company.folder / "voronka.toml").write_text(f'{text}[roles.ae]\nresult = "revenu"\n', "utf-8")
    found = settings_shown(looking(replace(company)), "en")
    assert "`roles.ae.result`: no metric is named revenu" in found.fault
    assert found.may_change
