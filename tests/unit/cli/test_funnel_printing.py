"""What is printed of a funnel."""

import numpy as np

from voronka.analyses.event_log import event_log
from voronka.analyses.funnel import Funnel, FunnelStep, reached
from voronka.analyses.funnel_figures import figures
from voronka.cli.funnel_printing import WORDS, Section, Walked, csv_rows, json_object


def walked(window: int | None) -> Walked:
    log = event_log("aab", "XYX", np.array([0, 1_500_000, 0]))
    funnel = Funnel((FunnelStep("X", (0,)), FunnelStep("Y", (1,))), window=window)
    return Walked(log, funnel, reached(log, funnel))


def test_programs_get_steps_of_all_and_groups_beside_them() -> None:
    found = walked(2_000_000)
    whole = Section("", figures(found.log, found.funnel, found.steps))
    told = json_object(found, [whole], None)
    assert (told["cases"], told["events"], told["window_seconds"]) == (2, 3, 2.0)
    assert told["steps"][1]["median_seconds"] == 1.5
    assert "groups" not in told
    grouped = json_object(found, [whole, Section("2026-01", whole.steps)], "month")
    assert (grouped["by"], grouped["groups"][0]["month"]) == ("month", "2026-01")
    assert grouped["groups"][0]["steps"] == grouped["steps"] == told["steps"]


def test_rows_of_cohorts_leave_out_the_whole() -> None:
    found = walked(None)
    whole = Section("", figures(found.log, found.funnel, found.steps))
    assert [row["cases"] for row in csv_rows([whole], None)] == [2, 1]
    assert [row["month"] for row in csv_rows([whole, Section("2026-01", whole.steps)], "month")] == ["2026-01"] * 2


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["ru"].keys() == WORDS["en"].keys()
