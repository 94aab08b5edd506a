"""The path of another process as the page gets it: what each step is to those that were typed, the funnel."""

import pytest

from tests.reports.processes import metrics_of_processes
from voronka.domain.scope import Scope
from voronka.reports.log_path import LogAsked, log_path
from voronka.reports.plain import Plain
from voronka.reports.plain_log_path import plain_log_path


def told(*model: str, exits: tuple[str, ...] = ()) -> Plain:
    asked = LogAsked("desk", model, exits)
    return plain_log_path(log_path(metrics_of_processes(), Scope.everything(), asked), "v1")


def test_steps_stand_as_they_were_typed_and_the_others_behind_them() -> None:
    steps = told("open", "close", exits=("wait",))["steps"]
    assert [(each["key"], each["role"], each["position"]) for each in steps] == [
        ("open", "stage", 0),
        ("close", "stage", 1),
        ("take", "outside", None),
        ("wait", "exit", None),
    ]
    assert {each["role"] for each in told()["steps"]} == {"step"}
    assert told()["funnel"] == []


def test_the_funnel_has_shares_and_the_usual_time_from_step_to_step() -> None:
    first, second = told("open", "take")["funnel"]
    assert (first["cases"], first["dropped"], first["overall"]) == (4, 2, 100)
    assert (second["cases"], second["overall"], second["median_seconds"]) == (2, 50, 86_400)


def test_deviations_have_no_price_in_deals_won() -> None:
    plain = told("open", "take", "close")
    assert plain["fitness"] == pytest.approx(100 * (1 + 0.8 + 6 / 7 + 0.5) / 4, abs=20)
    assert [each["win_rate"] for each in plain["deviations"]] == [None] * len(plain["deviations"])
    assert (plain["rows"], plain["without"], plain["cases"], plain["conforming"]) == (11, 1, 4, 1)
