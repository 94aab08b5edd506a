"""What is worth a look is told of whom it is beyond chance, opens those records alone, and accuses nobody."""

from datetime import date, datetime

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.analyses.presence import Held, Person
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.records import RecordsQuery
from voronka.reports.activity_page import activity_page
from voronka.reports.calls_page import calls_page
from voronka.reports.findings import Finding
from voronka.reports.page import Frame, PageAsked
from voronka.reports.worth_a_look import KINDS, counts_calls, role_days, whose, worth_a_look
from voronka.settings import Settings

FRIDAY = date(2026, 3, 13)
WEEKS = Period(date(2026, 3, 2), FRIDAY)
NOW = datetime(2026, 3, 13, 18, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
WORKED = [day for day in range(2, 14) if day not in (7, 8)]
MEMBERS = {
    "dim_employee": "employee_id | name\na | Anna\nb | Boris\nc | Clara\nd | Dina",
    "employee_team": """employee_id | team_id | role | valid_from | valid_to
                        a | w | sdr | 2025-01-01 | 9999-12-31
                        b | w | sdr | 2025-01-01 | 9999-12-31
                        c | w | sdr | 2025-01-01 | 9999-12-31
                        d | w | sdr | 2025-01-01 | 9999-12-31""",
    "dim_calendar": "day | is_working\n" + "\n".join(f"2026-03-{day:02} | {day in WORKED}" for day in range(2, 14)),
    "dim_check": "check_name | class | entity | title | is_made\n"
    + "\n".join(f"{name} | odd | call | {name} | true" for name in KINDS.values()),
    "fct_checked_records": "entity | employee_id | from_day | to_day | records\ncall | a | 2026-01-01 | 9999-12-31 | 9",
}


def issues(check: str, person: str, *days: str, detail: str = "") -> str:
    return "\n".join(
        f"{check} | odd | call | {person}{day}{n} | call {person}{day}{n} | {person} | w | sdr | {detail}"
        f" | {day} | 9999-12-31"
        for n, day in enumerate(days)
    )


def lake(*rows: str, **tables: str) -> MemoryEngine:
    who = "employee_id | team_id | role"
    head = f"check_name | class | entity | entity_id | record_id | {who} | detail | from_day | to_day"
    return lake_of(**{**MEMBERS, "fct_quality_issues": "\n".join([head, *rows]), **tables})


def framed(engine: MemoryEngine, scope: Scope | None = None) -> Frame:
    asked = PageAsked(period=WEEKS)
    return Frame(metrics_over(engine, FRIDAY), asked, scope or Scope.everything(), NOW, Settings())


def person(key: str, days: int = 10) -> Person:
    held = (Held("w", "sdr", date(2025, 1, 1), date.max),)
    return Person(key, key.upper(), held, frozenset(date(2026, 3, day) for day in WORKED[:days]))


PEOPLE = {key: person(key) for key in "abcd"}


def found(engine: MemoryEngine, kind: str = "call_series") -> Finding | None:
    return worth_a_look(framed(engine), PEOPLE, kind)


def test_series_of_many_days_are_told_with_the_newest_and_open_those_of_the_period() -> None:
    days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]
    before = issues("short_call_series", "a", "2026-02-25")
    newest = issues("short_call_series", "a", "2026-03-06", detail="12 × 5–5 s, 14:02–14:05").replace("060", "06x")
    other = issues("short_call_series", "b", "2026-03-03")
    engine = lake(issues("short_call_series", "a", *days[:4]), before, newest, other)
    told = found(engine)
    assert told is not None
    # five of ten days worked, the other three one of thirty: by hand Fisher's 1.8 in a thousand, times four people
    said = {"names": "A", "more": 0, "people": 1, "name": "A", "days": 5, "of_days": 10, "other_share": 10 / 3}
    series = {"count": 12, "shortest": 5, "longest": 5, "begin": "14:02", "end": "14:05", "at": "2026-03-06"}
    assert told.values == {**said, **series, "records": 5}
    assert told.open is not None
    ask = told.open.ask
    opened = framed(engine).metrics.records(
        RecordsQuery(metric="quality_issues", scope=Scope.everything(), where=ask.where, period=ask.period, limit=50)
    )
    assert sorted(str(row["from_day"]) for row in opened.rows) == days


def test_one_burst_of_a_day_is_no_habit() -> None:
    assert found(lake(issues("short_call_series", "a", *["2026-03-03"] * 9))) is None


def test_where_everybody_has_them_nobody_is_named() -> None:
    days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]
    assert found(lake(*(issues("short_call_series", one, *days) for one in "abcd"))) is None


def test_what_no_source_tells_is_not_looked_for() -> None:
    days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]
    told = issues("short_call_series", "a", *days)
    assert found(lake(told, dim_check=MEMBERS["dim_check"].replace("true", "false"))) is None
    assert found(lake(told, dim_check="check_name | is_made")) is None


def test_days_are_of_the_role_held_on_them() -> None:
    halved = Person(
        "a",
        "A",
        (Held("w", "sdr", date(2025, 1, 1), date(2026, 3, 4)), Held("w", "ae", date(2026, 3, 4), date.max)),
        frozenset(date(2026, 3, day) for day in (2, 3, 4)),
    )
    assert role_days({"a": halved}, {"a": frozenset([date(2026, 3, 3), date(2026, 3, 8)])}) == [
        {"a": (0, 1)},
        {"a": (1, 2)},
    ]


def test_each_kind_stands_on_its_page() -> None:
    days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]
    engine = lake(*(issues(check, "a", *days) for check in KINDS.values()))
    assert [each.kind for each in calls_page(framed(engine)).findings] == ["call_series", "own_calls"]
    told = [each.kind for each in activity_page(framed(engine)).findings]
    assert told == ["tasks_without_contact", "entered_late"]


def test_what_a_series_makes_large_is_a_count_of_calls_alone_or_among_other_work() -> None:
    catalogue = framed(lake()).metrics.catalogue
    gamed = {
        name: counts_calls(catalogue, name) for name in ("calls", "activities", "talk_time", "reach_rate", "leads")
    }
    assert gamed == {"calls": True, "activities": True, "talk_time": False, "reach_rate": False, "leads": False}


def test_a_finding_tells_whose_it_is_and_none_is_nobodys() -> None:
    days = [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6)]
    assert whose(found(lake(issues("short_call_series", "a", *days)))) == {"a"}
    assert whose(None) == frozenset()
