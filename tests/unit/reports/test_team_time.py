from datetime import date, datetime

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker
from voronka.reports.page import Frame, PageAsked, Table
from voronka.reports.people import people_of
from voronka.reports.team_time import RoleTime
from voronka.settings import Settings

NOW = datetime(2026, 3, 3, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
DAYS = Period(date(2026, 3, 2), date(2026, 3, 3))
SOLD = {"a": 900, "b": 800, "c": 100, "d": 90, "e": 80, "f": 70}
CALLS = {"a": 9, "b": 10, "c": 2, "d": 3, "e": 2, "f": 1}


def lake(calls: dict[str, int], people: str = "abcdef") -> MemoryEngine:
    head = "call_id | employee_id | team_id | started_role | started_at | direction | answered | talk_seconds"
    made = [
        f"{who}{day}.{n} | {who} | w | ae | 2026-03-{day:02} 10:00 | out | true | 60"
        for who in people
        for day in (2, 3)
        for n in range(calls[who])
    ]
    deals = "deal_id | employee_id | team_id | closed_role | closed_at | outcome | amount_home"
    won = [f"{who} | {who} | w | ae | 2026-03-02 10:00 | won | {SOLD[who]}" for who in people]
    return lake_of(
        fct_calls="\n".join([head, *made]),
        fct_deals="\n".join([deals, *won]),
        dim_employee="employee_id | name\n" + "\n".join(f"{who} | {who.upper()}" for who in people),
        employee_team="employee_id | team_id | role | valid_from | valid_to\n"
        + "\n".join(f"{who} | w | ae | 2025-01-01 | 9999-12-31" for who in people),
        dim_calendar="day | is_working\n2026-03-02 | true\n2026-03-03 | true",
    )


def made(engine: MemoryEngine) -> dict[str, Table]:
    asked = PageAsked(period=DAYS)
    frame = Frame(metrics_over(engine, date(2026, 3, 3)), asked, Scope.everything(), NOW, Settings())
    asker = Asker(frame.metrics, frame.scope, (Filter("role", ("ae",)),))
    return RoleTime(frame, asker, "ae", people_of(frame)).tables()


def test_the_best_by_the_roles_result_are_set_against_the_rest() -> None:
    tables = made(lake(CALLS))
    assert [(row["employee"], row["result"]) for row in tables["best:ae"].rows] == [("A", 450), ("B", 400)]
    assert tables["best:ae"].totals == {"others": 4}
    uses = {row["work"]: row for row in tables["time:ae"].rows}
    assert set(uses) == {"outgoing_calls", "talk_time"}  # what nobody did, or no source tells, is not compared
    calls = uses["outgoing_calls"]
    assert (calls["best"], calls["rest"], calls["difference"]) == (9.5, 2.0, 7.5)
    assert calls["differs"] is True
    assert uses["talk_time"]["best"] == pytest.approx(9.5 / 60)
    assert (uses["talk_time"]["unit"], uses["talk_time"]["title_en"]) == ("hours", "Talk time")


def test_too_few_people_are_not_told_apart() -> None:
    assert made(lake(CALLS, "abcd")) == {}
