"""A running server goes by the settings that the file holds."""

import logging

import pytest

from tests.unit.web.conftest import Opener
from voronka.bootstrap import OpenCompany
from voronka.web.following import Following


def write(company: OpenCompany, text: str) -> None:
    (company.folder / "voronka.toml").write_text(text, "utf-8")


def test_a_company_stays_the_same_one_until_its_file_says_something_else(open_company: Opener) -> None:
    company, heard = open_company(), list[OpenCompany]()
    following = Following(company, heard.append)
    assert following.now() is company
    text = (company.folder / "voronka.toml").read_text("utf-8")
    write(company, f"# looked over\n{text}")
    assert following.now() is company
    write(company, f'{text}language = "en"\n')
    found = following.now()
    assert (found.settings.language, company.settings.language) == ("en", "ru")
    assert found.settings_mark != company.settings_mark
    assert heard == [found]
    assert following.now() is found


def test_while_the_file_is_broken_the_last_good_settings_hold(
    open_company: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    company = open_company()
    following = Following(company, lambda _: None)
    text = (company.folder / "voronka.toml").read_text("utf-8")
    with caplog.at_level(logging.WARNING, "voronka.web"):
        for broken in ("name = ", f'{text}[roles.ae]\nmetrics = ["no_such"]\n'):
            write(company, broken)
            assert following.now() is company
            assert following.now() is company
    assert [record.message.split(":")[0] for record in caplog.records] == ["The settings from before hold"] * 2
    (company.folder / "voronka.toml").unlink()
    assert following.now() is company


def test_figures_are_asked_under_the_new_settings(open_company: Opener) -> None:
    company = open_company()
    following = Following(company, lambda _: None)
    text = (company.folder / "voronka.toml").read_text("utf-8")
    write(company, text.replace('currency = "RUB"', 'currency = "KZT"'))
    assert following.now().metrics.company.currency == "KZT"
