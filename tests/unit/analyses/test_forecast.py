"""At what a period ends; Anna calls once and Boris twice on every working day, each call of half an hour."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, march, query
from voronka.analyses.forecast import forecast
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import FORECAST, Metrics, MetricsCompany
from voronka.metrics.records import RecordsQuery

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 3, 16)
"""A Monday: of March 2026 ten working days are behind, twelve to come, today among them."""
PEOPLE = ("employee_id | name | left_on", "a | Anna | ", "b | Boris | ")


def calls(first: date, last: date, done: Callable[[str, date], int]) -> str:
    """Return calls of each person: as many a day as `done` says."""
    lines = ["activity_id | kind | employee_id | started_at | answered | talk_seconds"]
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for who in ("a", "b"):
            lines += [f"{len(lines) + k} | call | {who} | {day} 10:00 | true | 1800" for k in range(done(who, day))]
    return "\n".join(lines)


def steadily(who: str, day: date) -> int:
    return (1 if who == "a" else 2) if day.weekday() < 5 else 0


@cache
def lake(first: date = date(2025, 3, 3), done: Callable[[str, date], int] = steadily, **more: str) -> MemoryEngine:
    known = {"dim_employee": "\n".join(PEOPLE), "fct_calls": calls(first, TODAY - timedelta(days=1), done)}
    return lake_of(**(known | more))


def metrics_of(engine: MemoryEngine, built: date = TODAY) -> Metrics:
    moment = datetime.fromisoformat(f"{built} 05:00")
    company = MetricsCompany("RUB", lambda: TODAY, "Europe/Moscow")
    return Metrics(engine, built_in(), company, {FORECAST: forecast(MOSCOW, lambda: moment)})


PARTS = ("calls_forecast", "calls_forecast_low", "calls_forecast_high")


def test_a_steady_month_ends_as_it_goes_on_and_its_past_says_how_surely() -> None:
    answer = metrics_of(lake()).query(query("calls", *PARTS, by=["employee"], period=march()))
    assert column(answer, "employee", "calls") == {"Anna": 10, "Boris": 20}
    for name in PARTS:
        assert column(answer, "employee", name) == pytest.approx({"Anna": 22, "Boris": 44})
        assert answer.totals[name] == pytest.approx(66)
    told = {each.name: (each.title.en, each.unit) for each in answer.columns}
    assert told["calls_forecast_low"] == ("Calls: forecast, at least", "count")


def test_bounds_are_as_wide_as_the_reckoning_was_off_before() -> None:
    def done(who: str, day: date) -> int:
        return steadily(who, day) + (3 if who == "a" and day == day.replace(day=28) and day.month % 2 else 0)

    totals = metrics_of(lake(done=done)).query(query(*PARTS, period=march())).totals
    end, low, high = (float(str(totals[name])) for name in PARTS)
    assert low < end < high
    assert end - low == pytest.approx(high - end)
    assert high - end == pytest.approx(3, abs=0.8)  # every other month brought three more than was reckoned


def test_a_total_is_forecast_on_its_own_and_who_left_brings_no_more() -> None:
    people = "\n".join([*PEOPLE[:2], "b | Boris | 2026-03-13"])
    answer = metrics_of(lake(dim_employee=people)).query(query(*PARTS, by=["employee"], period=march()))
    assert column(answer, "employee", "calls_forecast") == pytest.approx({"Anna": 22, "Boris": 20})
    assert answer.totals["calls_forecast"] == pytest.approx(66)


def test_today_brings_at_least_what_it_has_brought() -> None:
    more = [f"x{n} | call | a | 2026-03-16 10:00 | true | 1800" for n in range(5)]
    text = "\n".join([calls(date(2025, 3, 3), TODAY - timedelta(days=1), steadily), *more])
    answer = metrics_of(lake(fct_calls=text)).query(query(*PARTS, by=["employee"], period=march()))
    assert column(answer, "employee", "calls_forecast") == pytest.approx({"Anna": 26, "Boris": 44})


def test_a_period_that_is_over_is_a_fact_without_bounds() -> None:
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    answer = metrics_of(lake()).query(query(*PARTS, "average_call_forecast", by=["employee"], period=february))
    assert column(answer, "employee", "calls_forecast") == {"Anna": 20, "Boris": 40}
    assert answer.totals == {**dict.fromkeys(PARTS), "calls_forecast": 60, "average_call_forecast": 30}


def test_a_period_to_come_is_reckoned_whole() -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    totals = metrics_of(lake()).query(query("calls", *PARTS, period=april)).totals
    assert totals == pytest.approx({"calls": 0} | dict.fromkeys(PARTS, 66))  # 22 working days


def test_with_fewer_than_eight_past_periods_no_bounds_are_known() -> None:
    totals = metrics_of(lake(date(2025, 8, 1))).query(query(*PARTS, period=march())).totals
    assert totals["calls_forecast"] == pytest.approx(66)
    assert totals["calls_forecast_low"] is None
    assert totals["calls_forecast_high"] is None


def test_a_formula_is_worked_out_over_the_forecasts_of_its_parts() -> None:
    names = [f"average_call_forecast{bound}" for bound in ("", "_low", "_high")]
    totals = metrics_of(lake()).query(query(*names, "talk_time_forecast", period=march())).totals
    assert totals == pytest.approx(dict.fromkeys(names, 30) | {"talk_time_forecast": 33})


def test_what_holds_at_a_moment_is_as_it_is_now() -> None:
    deals = "deal_id | created_at       | outcome\n1 | 2026-03-02 10:00 | open\n2 | 2026-03-03 10:00 | open"
    engine = lake(fct_deals=deals, fct_deal_states=_states())
    names = [f"deals_open_forecast{bound}" for bound in ("", "_low", "_high")]
    totals = metrics_of(engine).query(query(*names, period=march())).totals
    assert totals == {names[0]: 2, names[1]: None, names[2]: None}


def _states() -> str:
    return "deal_id | from_day   | to_day\n1 | 2026-03-02 | 9999-12-31\n2 | 2026-03-03 | 9999-12-31"


def test_what_no_source_gives_has_no_forecast() -> None:
    totals = metrics_of(lake()).query(query("revenue_forecast", "win_rate_forecast", period=march())).totals
    assert totals == {"revenue_forecast": None, "win_rate_forecast": None}


def test_days_after_the_data_were_built_are_to_come() -> None:
    built = metrics_of(lake(), built=date(2026, 3, 9)).query(query(*PARTS, period=march())).totals
    assert built["calls_forecast"] == pytest.approx(66)


def test_a_forecast_is_of_what_the_asker_may_see() -> None:
    totals = metrics_of(lake()).query(query(*PARTS, period=march(), scope=Scope.of("a"))).totals
    assert totals["calls_forecast"] == pytest.approx(22)


def test_a_filter_and_other_cuts_hold_for_forecasts_too() -> None:
    answer = metrics_of(lake()).query(query(*PARTS, by=["direction"], where=["employee=Boris"], period=march()))
    assert answer.totals["calls_forecast"] == pytest.approx(44)


def test_weeks_and_other_periods_are_compared_with_those_of_whole_weeks_before() -> None:
    week = Period(date(2026, 3, 16), date(2026, 3, 22))
    totals = metrics_of(lake()).query(query(*PARTS, period=week)).totals
    assert totals == pytest.approx(dict.fromkeys(PARTS, 15))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "calls_forecast is of a period's end"),
        ({"period": march(), "compare": "previous"}, "neither compared nor cut by time"),
        ({"period": march(), "by": ["month"]}, "neither compared nor cut by time"),
    ],
)
def test_a_question_that_has_no_sense_is_refused(asked: dict[str, object], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        metrics_of(lake()).query(query("calls_forecast", **asked))  # type: ignore[arg-type]


def test_a_forecast_has_no_records() -> None:
    with pytest.raises(QuestionError, match="A forecast has no records: calls_forecast"):
        metrics_of(lake()).records(RecordsQuery(metric="calls_forecast", scope=Scope.everything(), period=march()))
