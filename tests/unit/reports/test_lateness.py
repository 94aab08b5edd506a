"""Why the company's leads are late: which leads count, who was at work, and what is said."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from tests.metrics.memory_engine import built_in, lake_of, query
from tests.unit.analyses.test_lateness import simulated
from voronka.analyses.lateness import lateness
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.reports.lateness import (
    COLUMNS,
    LEADS,
    answers_of,
    in_order,
    lateness_words,
    part_rows,
    plain_lateness,
    why_late,
)

SILENT = {"arrivals": "too_few", "queue": "too_few"}
NOW = datetime.fromisoformat("2026-03-05 17:00")
CALENDAR = """day | is_working | working_seconds | opens_at | closes_at | worked_before_seconds
2026-03-04 | true | 36000 | 2026-03-04 10:00 | 2026-03-04 20:00 | 0
2026-03-05 | true | 36000 | 2026-03-05 10:00 | 2026-03-05 20:00 | 36000
2026-03-06 | true | 36000 | 2026-03-06 10:00 | 2026-03-06 20:00 | 72000"""
TIME = """employee_id | starts_at | ends_at | kind
name:boris | 2026-03-05 12:00 | 2026-03-05 16:00 | absence
name:vera | 2026-03-05 06:00 | 2026-03-05 08:00 | shift"""
HEAD = (
    "lead_id|created_at|employee|created_working_clock|first_response_working_seconds|is_answered|response_due_at"
    "|is_answered_in_time|temperature"
)
LEADS_TOLD = """crm:2|2026-03-05 13:00|Boris|46800|60|true|2026-03-05 13:15|true|hot
crm:1|2026-03-05 11:00|Boris|39600|7200|true|2026-03-05 11:15|false|hot
crm:3|2026-03-05 07:00|Vera|36000||false|2026-03-05 10:15||cold
crm:4|2026-03-05 16:55|Vera|60900||false|2026-03-05 17:10||cold
crm:5||Anna||||||cold
crm:6|2026-03-04 21:00||36000|0|true|2026-03-05 10:15|true|cold"""


def metrics(leads: str = LEADS_TOLD) -> Metrics:
    lake = lake_of(fct_leads=f"{HEAD}\n{leads}", dim_calendar=CALENDAR, employee_time=TIME)
    return Metrics(lake, built_in(), MetricsCompany(currency="RUB", today=NOW.date, now=lambda: NOW))


def test_leads_stand_as_they_came_and_are_late_once_due() -> None:
    told = in_order(LEADS.rows(query(), metrics(), COLUMNS))
    found = answers_of(metrics(), told)
    assert told["lead_id"] == ["crm:6", "crm:3", "crm:1", "crm:2", "crm:4"]
    # 6, 3, 1, 2, 4; the fifth came at no known time
    assert found.came.tolist() == [36000, 36000, 39600, 46800, 60900]
    assert [None if np.isnan(each) else each for each in found.took] == [0, None, 7200, 60, None]
    assert [None if np.isnan(each) else each for each in found.late] == [0, 1, 1, 0, None]
    assert found.day.tolist() == [0, 1, 1, 1, 1]
    assert (found.weekday.tolist(), found.hour.tolist()) == ([3, 4, 4, 4, 4], [21, 7, 11, 13, 16])
    assert found.person.tolist() == [-1, 1, 0, 0, 1]
    # 61,200 seconds of working time have passed by 17:00 of the second day
    assert found.now == 61_200


def test_at_work_is_in_a_shift_else_in_the_companys_hours_and_not_absent() -> None:
    found = answers_of(metrics(), in_order(LEADS.rows(query(), metrics(), COLUMNS)))
    # after hours; in Vera's shift; in hours; absent; behind Vera's shift
    assert found.is_at_work.tolist() == [False, True, True, False, False]


def test_filters_choose_leads_and_not_their_load() -> None:
    asked = metrics()
    found = why_late(asked, query(where=["temperature=hot"]))
    assert (found.leads, found.late) == (2, 1)
    assert why_late(asked, query()).leads == 4


def test_without_leads_that_is_said() -> None:
    assert lateness_words(why_late(metrics("crm:5||Anna||||||cold"), query()), "ru") == [
        "Лидов, по которым уже наступил срок ответа, нет."
    ]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_effect_that_holds_is_said_to_be_established(language: str) -> None:
    said = lateness_words(lateness(simulated(1, effect=1.0)), language)
    assert sum("связь установлена." in line or line.endswith("established.") for line in said) >= 1


def test_days_that_are_late_are_named_and_load_is_not_blamed() -> None:
    found = lateness(simulated(2, busy=4.0))
    said = lateness_words(found, "ru")
    assert said[1].startswith("Позже всего отвечают: пятница — поздно ")
    assert "не установлена" in said[2]
    assert said[2].endswith("То, что похоже на загрузку, объясняют часы и дни недели.")
    told = plain_lateness(found)
    assert (told["leads"], len(told["effects"]), len(told["remains"])) == (found.leads, 8, 2)
    assert [row["value"] for row in part_rows(found) if row["part"] == "weekday"] == [1, 2, 3, 4, 5]


def test_too_few_leads_are_said_to_be_so() -> None:
    made = simulated(1)
    few = lateness(replace(made, is_asked=np.arange(len(made.came)) < 50))
    assert lateness_words(few, "en")[-1] == "Queue of the person as the lead comes: too few data to judge."


def test_where_low_load_is_as_late_that_is_said() -> None:
    found = lateness(simulated(1, effect=1.0))
    slow = replace(found.remains[1], share_low=60.0, share=50.0, percent=120.0)
    said = lateness_words(replace(found, remains=(slow,)), "ru")
    assert "поздно 60 %, не меньше, чем в среднем: опозданий от неё меньше не станет." in said[-1]
    assert "осталось бы" in lateness_words(found, "ru")[-1]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    many = replace(
        lateness(simulated(2, busy=4.0)), leads=2022, late=1081, share=5.34, hours=(), weekdays=(), effects=()
    )
    assert "5,3 % лидов: 1\u00a0081 из 2\u00a0022" in lateness_words(replace(many, verdicts=SILENT), "ru")[0]
    assert "5.3% of leads" in lateness_words(replace(many, verdicts=SILENT), "en")[0]
    assert "1,081 of 2,022" in lateness_words(replace(many, verdicts=SILENT), "en")[0]
