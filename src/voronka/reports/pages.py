"""The pages that are put together of blocks, by name."""

from collections.abc import Mapping

from voronka.domain.errors import QuestionError, did_you_mean
from voronka.reports.channels_page import channels_page
from voronka.reports.page import Composer, Frame, Page, page

PAGES: Mapping[str, Composer] = {
    "channels": channels_page,
}
"""Who composes a page, by the page's name."""


def page_of(name: str, frame: Frame) -> Page:
    """Return a page by its name; QuestionError where there is none."""
    composer = PAGES.get(name)
    if composer is None:
        raise QuestionError(f"no page is named {name}", do=did_you_mean(name, PAGES))
    return page(name, composer, frame)
