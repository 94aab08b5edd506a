"""Hand-overs beside a path: between people and roles, what waits now, the cases behind, within the scope."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.reports.test_hand_overs import metrics
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.reports.cases import CasesAsked
from voronka.reports.hand_overs import Joints, joints_of
from voronka.reports.links import RecordLinks
from voronka.reports.path_hands import (
    HandsAsked,
    HandsBehind,
    HandsBeside,
    cases_handed,
    hands_beside,
    joint_rows_beside,
    plain_hands,
)

OWNERS = """number|entity|entity_id|employee|part|from_day|to_day
1|lead|crm:1|Anna|owner|2026-01-01|2026-12-31
2|deal|crm:8|Boris|owner|2026-01-01|2026-12-31"""
TEAMS = """employee|team|role|valid_from|valid_to
Anna|West|sdr|2026-01-01|2026-03-06
Anna|West|lead|2026-03-06|
Boris|West|ae|2026-03-06|"""


def asked(**more: Any) -> JourneysQuery:  # noqa: ANN401 - JourneysQuery's own
    return JourneysQuery(**{"scope": Scope.everything(), **more})


def told(hands: HandsAsked = HandsAsked(), **more: Any) -> dict[str, Any]:  # noqa: ANN401, B008 - frozen
    company = metrics(owners=OWNERS, teams=TEAMS)
    return plain_hands(company, hands_beside(company, asked(**more), hands), hands, RecordLinks({}))


def listed(which: str, hands: HandsAsked = HandsAsked(), giver: str = "", taker: str = "", **more: Any) -> list[str]:  # noqa: ANN401, B008
    behind = HandsBehind(which, giver, taker)  # type: ignore[arg-type]
    company = metrics(owners=OWNERS, teams=TEAMS)
    found = cases_handed(company, asked(**more), hands, behind, CasesAsked())
    return [str(row["id"]) for row in found.rows]


def test_a_pair_tells_what_was_lost_and_what_waits_now() -> None:
    made = told()
    (row,) = made["rows"]
    assert (row["giver_name"], row["taker_name"], row["handed"], row["cases"]) == ("Анна", "Борис", 2, 2)
    assert (row["without_contact"], row["emptied"], row["without_task"], row["now_cases"]) == (1, 1, 1, 1)
    (stuck,) = made["stuck"]
    assert (stuck["id"], stuck["working_hours"], stuck["giver_name"]) == ("crm:8", 16, "Анна")
    assert (made["stuck_count"], made["handed_cases"], made["cases"]) == (1, 2, 2)


@pytest.mark.parametrize(
    ("which", "cases"),
    [
        ("handed", ["crm:7", "crm:8"]),
        ("late", ["crm:8"]),
        ("emptied", ["crm:7"]),
        ("taskless", ["crm:8"]),
        ("now", ["crm:8"]),
        ("stuck", ["crm:8"]),
    ],
)
def test_behind_each_figure_stand_its_cases(which: str, cases: list[str]) -> None:
    assert sorted(listed(which, giver="name:anna", taker="name:boris")) == cases
    assert listed(which, giver="name:boris") == []


def test_who_waits_now_is_told_of_a_period_in_which_nobody_was_handed_over() -> None:
    company = metrics(owners=OWNERS, teams=TEAMS)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    (row,) = joint_rows_beside(hands_beside(company, asked(period=february), HandsAsked()))
    assert (row["from_name"], row["to_name"], row["handed"], row["without_contact"]) == ("Анна", "Борис", 0, 0)
    assert (row["now"], row["now_amount"]) == (1, 60)
    (row,) = joint_rows_beside(hands_beside(company, asked(), HandsAsked()))
    assert (row["handed"], row["now"], row["now_amount"]) == (2, 1, 60)


def test_who_may_wait_longer_is_not_stuck() -> None:
    assert told(HandsAsked(within=17))["stuck_count"] == 0
    assert listed("stuck", HandsAsked(within=17)) == []
    assert listed("now", HandsAsked(within=17)) == ["crm:8"]


def of_pairs(*told: tuple[int, int]) -> Joints:
    """Return the joints of pairs, of each the hand-overs and those without a contact in time."""
    whole = joints_of(metrics(), asked())
    (plain,) = whole.joints
    pairs = [
        replace(plain, giver=0, taker=place, watched=watched, without_contact=late)
        for place, (watched, late) in enumerate(told)
    ]
    return replace(whole, joints=tuple(pairs), people=("a", "b", "c"))


@pytest.mark.parametrize(
    ("told", "worst"),
    [
        # 30 of 40 against 15 of 80 is no chance; of three pairs the worst is named
        ([(40, 30), (40, 8), (40, 7)], {"giver": "a", "taker": "a"}),
        # 11 of 17 against half of 100 may well be
        ([(17, 11), (50, 25), (50, 25)], None),
        # nine are too few to be held against the rest, and one pair has no rest
        ([(9, 9), (50, 1), (50, 1)], None),
        ([(40, 30)], None),
        # better than the rest is not worse
        ([(40, 1), (40, 9), (40, 9)], None),
    ],
)
def test_the_worst_pair_is_named_only_beyond_chance(told: list[tuple[int, int]], worst: dict[str, str] | None) -> None:
    found = of_pairs(*told)
    company = metrics()
    made = plain_hands(company, HandsBeside(found, found, joints_of(company, asked())), HandsAsked(), RecordLinks({}))
    assert made["worst"] == worst


def test_roles_are_those_of_the_day_else_the_nearest_known() -> None:
    # on the fifth Anna was an sdr; Boris, who came with a role on the sixth, had no other
    (row,) = told(HandsAsked(by="roles"))["rows"]
    assert (row["giver"], row["taker"], row["handed"], row["now_cases"]) == ("sdr", "ae", 2, 1)
    assert sorted(listed("handed", HandsAsked(by="roles"), giver="sdr", taker="ae")) == ["crm:7", "crm:8"]
    assert listed("handed", HandsAsked(by="roles"), giver="-") == []


def test_a_pipeline_chooses_cases_whose_lead_was_handed_over_too() -> None:
    made = told(pipeline="sales")
    # the lead of the first case is Anna's in another pipeline, its deal is Boris'
    assert (made["cases"], made["rows"][0]["handed"]) == (2, 2)
    assert told(pipeline="leads")["cases"] == 1
    assert listed("handed", pipeline="leads") == ["crm:7"]


def test_a_reader_sees_the_hand_overs_of_their_own_cases_alone() -> None:
    made = told(scope=Scope.of("name:boris"))
    (row,) = made["rows"]
    # the second case only; who gave it is a colleague without a name
    assert (row["handed"], row["giver_name"], row["taker_name"]) == (1, None, "Борис")
    assert (made["stuck"][0]["giver_name"], made["stuck_count"]) == (None, 1)
    assert listed("handed", scope=Scope.of("name:boris")) == ["crm:8"]
    assert listed("handed", scope=Scope.of("name:anna")) == ["crm:7"]
    assert listed("stuck", scope=Scope.of("name:anna")) == []
