"""The pages that are put together of blocks, by name."""

from collections.abc import Mapping

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.reports.accounts_page import accounts_page
from voronka.reports.activity_page import activity_page
from voronka.reports.calls_page import calls_page
from voronka.reports.channels_page import channels_page
from voronka.reports.leads_page import leads_page
from voronka.reports.page import Composer, Frame, Page, page
from voronka.reports.person_page import person_page
from voronka.reports.plan_page import plan_page
from voronka.reports.team_page import team_page

PAGES: Mapping[str, Composer] = {
    "activity": activity_page,
    "calls": calls_page,
    "team": team_page,
    "manager": person_page,
    "channels": channels_page,
    "leads": leads_page,
    "accounts": accounts_page,
    "plan": plan_page,
}
"""Who composes a page, by the page's name."""


def page_of(name: str, frame: Frame) -> Page:
    """Return a page by its name; QuestionError where there is none."""
    composer = PAGES.get(name)
    if composer is None:
        raise QuestionError(f"no page is named {name}", do=did_you_mean(name, PAGES))
    return page(name, composer, frame)
