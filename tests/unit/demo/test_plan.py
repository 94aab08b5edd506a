import json
from datetime import datetime

import pytest

from voronka.demo.plan import DemoPlan, Story, Truth
from voronka.domain.errors import QuestionError

UNTIL = datetime.fromisoformat("2026-11-20 22:30")


def test_now_is_told_by_the_clock_of_the_company() -> None:
    plan = DemoPlan(until=UNTIL, months=3)
    # 22:30 UTC on the 20th is 01:30 on the 21st in Moscow: 20,778 days and an hour and a half since 1970
    assert plan.today == 20_778
    assert plan.now == 20_778 * 86_400 + 5_400


def test_the_data_begin_on_the_first_of_a_month_so_that_the_running_one_is_the_last() -> None:
    # three months: September, October, November; the 1st of September 2026 is 81 days before the 21st of November
    assert DemoPlan(until=UNTIL, months=3).first_day == 20_778 - 81


@pytest.mark.parametrize("wish", [{"managers": 4}, {"managers": 2001}, {"months": 2}, {"months": 61}, {"volume": 0}])
def test_a_size_out_of_bounds_is_refused(wish: dict[str, int]) -> None:
    with pytest.raises(QuestionError):
        DemoPlan(until=UNTIL, **wish)  # type: ignore[arg-type]


def test_subjects_draw_apart_and_alike_for_one_seed() -> None:
    plan = DemoPlan(until=UNTIL)
    assert plan.draws("leads").random() == plan.draws("leads").random()
    assert plan.draws("leads").random() != plan.draws("deals").random()
    assert plan.draws("leads").random() != DemoPlan(until=UNTIL, seed=2).draws("leads").random()


def test_the_truth_tells_its_stories_by_kind_and_as_json() -> None:
    truth = Truth((Story("lucky", who="crm:5", effect={"month": "2026-10"}),), {"crm/deals": 7})
    assert truth.of("lucky").who == "crm:5"
    assert json.loads(truth.as_json())["stories"][0]["effect"] == {"month": "2026-10"}
    with pytest.raises(KeyError):
        truth.of("laggard")
