"""Scores of people by the weights of their roles, worked out by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.metrics.memory_engine import MemoryEngine, built_in, column, lake_of, query
from voronka.analyses.score import score
from voronka.domain.errors import QuestionError, SettingsError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics, MetricsCompany
from voronka.settings import ScoreSettings

MARCH = Period(date(2026, 3, 2), date(2026, 3, 31))
STAFF = """employee_id | team_id | role | valid_from | valid_to
           name:anna   | w       | sdr  | 2020-01-01 | 2026-04-01
           name:anna   | w       | ae   | 2026-04-01 | 9999-12-31
           name:boris  | e       | sdr  | 2020-01-01 | 9999-12-31"""
CALLS = """call_id | employee | started_at       | direction | answered
           1       | Anna     | 2026-03-02 10:00 | out       | true
           2       | Anna     | 2026-03-03 10:00 | out       | true
           3       | Boris    | 2026-03-03 10:00 | out       | true
           4       | Anna     | 2026-04-01 10:00 | out       | true"""
SDR = {"sdr": {"weights": {"calls": 1}, "targets": {"calls": 0.5}}}


def lake() -> MemoryEngine:
    days = [f"2026-03-0{day} | true" for day in range(2, 7)] + ["2026-03-07 | false", "2026-04-01 | true"]
    return lake_of(
        employee_team=STAFF,
        dim_team="team_id | name\nw | West\ne | East",
        dim_calendar="\n".join(["day | is_working", *days]),
        fct_calls=CALLS,
    )


def metrics_of(settings: Mapping[str, Any], today: date = date(2026, 3, 6)) -> Metrics:
    computed = {"score": score(ScoreSettings.model_validate(settings))}
    return Metrics(lake(), built_in(), MetricsCompany("RUB", lambda: today), computed)


def test_a_target_per_working_day_is_due_over_the_days_until_now() -> None:
    answer = metrics_of(SDR).query(query("score", by=["employee"], period=MARCH))
    # five days at 0.5: 2 of 2.5 and 1 of 2.5 calls
    assert column(answer, "employee", "score") == {"Anna": 80, "Boris": 40}
    assert answer.totals == {"score": 60}


def test_teams_and_roles_put_their_peoples_sums_together_and_filters_choose_among_people() -> None:
    metrics = metrics_of(SDR)
    by_team = metrics.query(query("score", by=["team"], period=MARCH))
    assert column(by_team, "team", "score") == {"West": 80, "East": 40}
    by_role = metrics.query(query("score", by=["role"], period=MARCH))
    assert column(by_role, "role", "score") == {"sdr": 60}
    for where in ("team=west", "employee=Anna", "employee=name:anna"):
        assert metrics.query(query("score", period=MARCH, where=[where])).totals == {"score": 80}
    assert metrics.query(query("score", period=MARCH, where=["role=ae"])).totals == {"score": None}
    assert metrics.query(query("score", period=MARCH, scope=Scope.of("name:boris"))).totals == {"score": 40}


def test_everybody_is_measured_by_the_role_of_the_periods_last_day() -> None:
    both = {**SDR, "ae": {"weights": {"calls": 1}, "targets": {"calls": 4}}}
    metrics = metrics_of(both, date(2026, 4, 1))
    answer = metrics.query(query("score", by=["employee", "month"], period=Period(MARCH.first, date(2026, 4, 30))))
    found = {(row["employee"], row["month"]): row["score"] for row in answer.rows}
    # in April Anna sells: one call of the four of its only day so far
    assert found == {
        ("Anna", "2026-03"): 80,
        ("Boris", "2026-03"): 40,
        ("Anna", "2026-04"): 25,
        ("Boris", "2026-04"): 0,
    }


def test_a_cap_keeps_much_of_one_metric_from_hiding_little_of_another() -> None:
    weights = {"calls": 1, "answer_rate": 1}
    settings = {"cap": 150, "sdr": {"weights": weights, "targets": {"calls": 0.01, "answer_rate": 200}}}
    assert metrics_of(settings).query(query("score", period=MARCH)).totals == {"score": 100}


def test_without_weights_or_targets_there_is_no_score_and_a_period_is_needed() -> None:
    answer = metrics_of({}).query(query("score", period=MARCH))
    assert answer.totals == {"score": None}
    assert [each.reason for each in answer.left_out] == ["not set: score.<role>.weights"]
    assert metrics_of({"sdr": {"weights": {"calls": 1}}}).query(query("score", period=MARCH)).totals == {"score": None}
    with pytest.raises(QuestionError, match="score is of a period"):
        metrics_of(SDR).query(query("score"))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"weights": {"callz": 1}}, r"score\.sdr\.weights: unknown metric: callz\. Did you mean calls"),
        ({"weights": {"calls": 1}, "targets": {"calss": 1}}, r"score\.sdr\.targets: unknown metric: calss"),
        ({"weights": {"missed_calls": 1}}, "cannot be made of missed_calls"),
        ({"weights": {"score": 1}}, "cannot be made of score"),
    ],
)
def test_a_score_is_made_of_metrics_of_which_more_is_better(table: Mapping[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        metrics_of({"sdr": table}).query(query("score", period=MARCH))
