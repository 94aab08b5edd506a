"""Every page stands for every company: what is not loaded is told, and nothing breaks."""

from datetime import date

import pytest

from tests.metrics.memory_engine import lake_of
from tests.reports.companies import COMPANIES
from tests.reports.framing import calendar, framed
from voronka.domain.period import Period
from voronka.reports.page import PageAsked
from voronka.reports.pages import PAGES, page_of

FILTERS = {
    "nothing asked": PageAsked(),
    "a team": PageAsked(teams=("w",)),
    "a person": PageAsked(employees=("a",)),
    "a channel": PageAsked(channels=("ads",)),
    "a role": PageAsked(roles=("ae",)),
    "a period to come": PageAsked(period=Period(date(2026, 4, 1), date(2026, 4, 30))),
    "nothing compared": PageAsked(compare=None),
}
OF_ONE = "manager"
"""The page that is about one person: without one it only offers whom to choose."""


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("company", sorted(COMPANIES))
def test_a_page_is_put_together_of_what_there_is(company: str, name: str) -> None:
    engine = lake_of(**{**COMPANIES[company], "dim_calendar": calendar()})
    made = page_of(name, framed(engine, PageAsked(employees=("a",)) if name == OF_ONE else PageAsked()))
    assert made.name == name
    assert made.contents.headline.kind
    assert made.contents.blocks or made.contents.headline.kind == "nobody"


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("filters", sorted(FILTERS))
def test_a_page_can_be_cut_by_every_filter(filters: str, name: str) -> None:
    known = {"dim_channel": COMPANIES["whole"]["dim_channel"], "dim_calendar": calendar()}
    made = page_of(name, framed(lake_of(**{**COMPANIES["whole"], **known}), FILTERS[filters]))
    asked = {each.dimension for each in FILTERS[filters].filters()}
    for block in made.contents.blocks.values():
        assert (
            asked <= {each.dimension for each in block.ask.where} or not block.ask.metrics or name in {"plan", "team"}
        )
