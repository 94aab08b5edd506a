"""Regulations under a page's filters: two that bind four records on a Monday."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.metrics.memory_engine import built_in, lake_of
from tests.unit.reports.test_regulations import DUES, STAGES
from voronka.analyses.regulation_median import regulation_median
from voronka.domain.scope import Scope
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.leads_regulations import Regulations, regulations_of
from voronka.reports.links import RecordLinks
from voronka.reports.page import Frame, PageAsked
from voronka.reports.regulations import Unregulated
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-03-02 09:00")
REGULATIONS = """regulation_id | title | position | minutes | clock | owner | version | reviewed_on
                 second        | Second | 2 | 90 | calendar | Anna | 2 | 2026-02-01
                 first         | First  | 1 | 30 | working  |      |   |"""


def frame_of(**page: object) -> Frame:
    engine = lake_of(dim_regulation=REGULATIONS, fct_dues=DUES, dim_stage=STAGES)
    company = MetricsCompany("RUB", NOW.date, "UTC", lambda: NOW)
    median = {"regulation_median": regulation_median(ZoneInfo("UTC"), lambda: NOW)}
    return Frame(
        Metrics(engine, built_in(), company, median),
        PageAsked(**page),  # type: ignore[arg-type]
        Scope.everything(),
        NOW,
        Settings(),
    )


def found(**page: object) -> Regulations:
    return regulations_of(frame_of(**page), RecordLinks({("crm", "deal"): "https://c/{id}"}))


def test_what_runs_now_is_listed_with_its_address_and_by_how_much_it_is_late() -> None:
    made = found()
    assert (made.waiting, made.overdue) == (1, 1)
    assert [(row["state"], row["employee"], row["over_hours"], row["open"]) for row in made.live.rows] == [
        ("waiting", "Boris", -1, "https://c/1"),
        ("overdue", "Anna", 0.5, None),
    ]
    assert {row["regulation"] for row in made.live.rows} == {"Second"}


def test_how_they_are_kept_is_of_the_period_and_the_filters_of_the_page() -> None:
    rows = found().kept.answer.rows
    assert [(row["regulation"], row["dues"], row["dues_kept"]) for row in rows] == [("Second", 4, 1)]
    anna = found(employees=("name:anna",))
    assert [row["dues"] for row in anna.kept.answer.rows] == [1]
    assert (anna.waiting, anna.overdue) == (0, 1)


def test_the_register_tells_limit_clock_owner_version_and_review() -> None:
    first, second = found().register.rows
    assert (first["regulation"], first["hours"], first["clock"], first["owner"]) == ("First", 0.5, "working", None)
    assert (second["owner"], second["version"], second["reviewed_on"]) == ("Anna", "2", date(2026, 2, 1))


def test_steps_that_nothing_binds_are_told() -> None:
    first, later = Title("First", "First"), Title("Later", "Later")
    assert found().unregulated == (Unregulated("sales", Title("sales", "sales"), (first, later)),)
