"""Why leads are late on the page of leads: the days judged, who waits for whom, the tables as files."""

from datetime import datetime

import pytest

from tests.metrics.memory_engine import built_in, lake_of
from tests.unit.reports.test_lateness import CALENDAR, HEAD, LEADS_TOLD, TIME
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.late_section import late_file, late_section
from voronka.reports.legend import Made
from voronka.reports.page import Frame, PageAsked
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-03-05 17:00")


@pytest.fixture(scope="module")
def frame() -> Frame:
    told = "\n".join(f"{line}|open" for line in LEADS_TOLD.splitlines())
    lake = lake_of(fct_leads=f"{HEAD}|outcome\n{told}", dim_calendar=CALENDAR, employee_time=TIME)
    metrics = Metrics(lake, built_in(), MetricsCompany(currency="RUB", today=NOW.date, zone="UTC", now=lambda: NOW))
    return Frame(metrics, PageAsked(), Scope.everything(), NOW, Settings())


def test_half_a_year_is_judged_and_said_in_both_languages(frame: Frame) -> None:
    made = late_section(frame)
    assert made.asked.period is not None
    assert str(made.asked.period.first) == "2025-09-07"  # 180 days until March the 5th
    assert (made.found.leads, made.found.late) == (4, 2)
    assert made.words()["ru"][0].startswith("Поздно ответили (или не ответили) на 50 % лидов")
    assert made.words()["en"][0].startswith("50% of leads")
    assert {row["part"] for row in made.tables["parts"].rows} == {"weekday", "hour", "at_work"}


def test_who_has_leads_waiting_and_is_at_work_now(frame: Frame) -> None:
    queues = late_section(frame).tables["queues"]
    # at 17:00 the company works until 20:00: Boris is back from his absence, Vera's shift is over
    assert [(row["employee"], row["is_at_work"]) for row in queues.rows] == [("Vera", False), ("Boris", True)]
    assert [row["waiting"] for row in queues.rows] == [2, 0]
    assert (queues.totals["waiting_away"], queues.totals["people"], queues.totals["at_work"]) == (2, 2, 1)


def test_tables_go_out_in_the_readers_words(frame: Frame) -> None:
    file = late_file(frame, "parts", "ru")
    assert file.file_name("csv").endswith(".csv")
    text = file.csv().written().decode("utf-8-sig")
    assert "день недели" in text
    assert "четверг" in text
    assert late_file(frame, "queues", "en").xlsx(Made("Company", NOW)).written()[:2] == b"PK"
