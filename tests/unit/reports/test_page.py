from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, metrics_over
from tests.reports.companies import company
from voronka.domain.errors import RetryError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter
from voronka.reports.findings import Finding
from voronka.reports.page import Contents, Frame, PageAsked, WorkingDays, of_one_version, page
from voronka.settings import Settings

MONDAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
NOTHING = Finding("nothing", "neutral", {})


def framed(asked: PageAsked = PageAsked(), lake: MemoryEngine | None = None) -> Frame:  # noqa: B008 - frozen
    return Frame(metrics_over(lake or company("whole"), MONDAY), asked, Scope.everything(), NOW, Settings())


def test_the_running_month_is_asked_until_today_against_like_days() -> None:
    frame = framed()
    assert frame.period == Period(date(2026, 3, 1), date(2026, 3, 31))
    assert frame.facts == Period(date(2026, 3, 1), MONDAY)
    assert frame.compared == Period(date(2026, 2, 1), date(2026, 2, 16))
    assert framed(PageAsked(compare=None)).compared is None


def test_a_period_to_come_has_no_facts_yet() -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    frame = framed(PageAsked(period=april))
    assert (frame.facts_until, frame.facts) == (None, april)


@pytest.mark.parametrize(
    ("last", "grain"), [(date(2026, 2, 4), "day"), (date(2026, 2, 5), "week"), (date(2026, 7, 10), "month")]
)
def test_a_longer_period_is_shown_by_longer_parts(last: date, grain: str) -> None:
    # from 1 January: 35 days, 36 days, 191 days
    assert framed(PageAsked(period=Period(date(2026, 1, 1), last))).grain == grain


def test_filters_are_by_id_each_once_in_the_order_of_the_page() -> None:
    asked = PageAsked(teams=("w", "w"), employees=(None,), roles=("ae",))
    assert asked.filters() == (Filter("team", ("w",)), Filter("employee", (None,)), Filter("role", ("ae",)))
    assert PageAsked().filters() == ()


def test_working_days_are_unknown_where_the_calendar_does_not_hold_them() -> None:
    assert framed().working_days() == WorkingDays(None, None, None)
    two = PageAsked(period=Period(date(2026, 3, 13), date(2026, 3, 15)), compare=None)
    assert framed(two).working_days() == WorkingDays(1, 1, None)


def test_records_of_a_list_pass_the_filters_of_the_page() -> None:
    listed = framed(PageAsked(teams=("w",))).records("deals_won", "amount", "desc")
    assert [row["id"] for row in listed.rows] == ["crm:1", "crm:2"]
    some = framed().records("deals_won", "amount", "desc", None, Filter("employee", ("c",)))
    assert [row["id"] for row in some.rows] == ["crm:4"]


def test_a_page_carries_its_days_and_what_the_composer_put_in() -> None:
    made = page("sales", lambda frame: Contents(NOTHING, blocks={"won": frame.asker.ask("deals_won")}), framed())
    assert (made.name, made.today, made.day.day) == ("sales", MONDAY, date(2026, 3, 13))
    assert made.contents.blocks["won"].total("deals_won") == 3
    assert made.contents.versions() == ["1"]


def test_a_page_is_put_together_again_where_a_build_ended_meanwhile() -> None:
    lake = company("whole")

    def composed(frame: Frame) -> Contents:
        blocks = {"before": frame.asker.ask("deals_won")}
        lake.version = 2
        return Contents(NOTHING, blocks={**blocks, "after": frame.asker.ask("deals_lost")})

    assert page("sales", composed, framed(lake=lake)).contents.versions() == ["2", "2"]


def test_data_that_never_rest_are_told() -> None:
    versions = iter(range(100))
    with pytest.raises(RetryError):
        of_one_version(lambda: [str(next(versions)), str(next(versions))], lambda made: made)
