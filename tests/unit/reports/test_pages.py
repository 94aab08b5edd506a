from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import metrics_over
from tests.reports.companies import company
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.page import Frame, PageAsked
from voronka.reports.pages import PAGES, page_of
from voronka.settings import Settings


def framed(name: str, asked: PageAsked = PageAsked()) -> Frame:  # noqa: B008 - frozen
    now = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
    return Frame(metrics_over(company(name), date(2026, 3, 16)), asked, Scope.everything(), now, Settings())


def test_a_page_is_found_by_its_name() -> None:
    assert page_of("calls", framed("whole")).name == "calls"
    assert {"team", "activity", "calls"} <= set(PAGES)


def test_another_name_is_told_with_the_nearest() -> None:
    with pytest.raises(QuestionError) as told:
        page_of("cals", framed("whole"))
    assert "cals" in told.value.what
    assert "calls" in told.value.do
