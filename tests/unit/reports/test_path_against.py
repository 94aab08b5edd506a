"""The page's second cut: chosen in plain words, compared, with the cases behind either side, within the scope."""

from datetime import date
from typing import Any

import pytest

from tests.reports.paths import PIPELINES
from tests.reports.two_cuts import frame_of_cuts
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.reports.cases import CasesAsked
from voronka.reports.page import Frame
from voronka.reports.path_against import (
    Against,
    Kind,
    SideBehind,
    best_people,
    cases_of_side,
    held_against,
    plain_against,
    sides_of,
)
from voronka.reports.path_page import PathAsked, path_query

DEMO, NEW, TALK, WON = "demo", "stage:sales:New", "stage:sales:Talk", "stage:sales:Won"


def query_of(frame: Frame, events: str = "all") -> JourneysQuery:
    return path_query(frame, PathAsked(events=events), PIPELINES)  # type: ignore[arg-type]


def told(kind: Kind, whom: str = "", frame: Frame | None = None) -> dict[str, Any]:
    frame, against = frame or frame_of_cuts(), Against(kind, whom)
    return plain_against(held_against(frame, query_of(frame), against), against)


def test_won_against_lost_says_what_differs_and_leaves_out_what_only_says_so() -> None:
    made = told("outcome")
    assert (made["one"]["title"]["ru"], made["one"]["cases"], made["other"]["cases"]) == ("выигранные", 24, 30)
    assert (made["is_enough"], made["compared"], made["refused"], made["without_ends"]) == (True, 8, None, True)
    first = made["shares"][0]
    # all of the won ones had a demo, of the lost ones ten of thirty
    assert (first["source"], first["target"], first["differs"]) == (None, DEMO, True)
    assert (first["cases_one"], first["cases_other"], first["share_one"], round(first["share_other"])) == (
        24,
        10,
        100,
        33,
    )
    assert WON not in {row["target"] for row in made["shares"]}
    assert made["titles"][NEW] == {"ru": "New", "en": "New"}


@pytest.mark.parametrize(("kind", "whom"), [("outcome", ""), ("employee", "Anna"), ("best_win_rate", "")])
def test_behind_every_share_of_either_side_stand_as_many_cases(kind: Kind, whom: str) -> None:
    frame = frame_of_cuts()
    made = told(kind, whom)
    for row in made["shares"]:
        for side in ("one", "other"):
            behind = SideBehind(side, row["source"] or "", row["target"])
            listed = cases_of_side(frame, query_of(frame), Against(kind, whom), behind, CasesAsked())
            assert listed.total == row[f"cases_{side}"]
    everyone = cases_of_side(frame, query_of(frame), Against(kind, whom), SideBehind("other"), CasesAsked())
    assert everyone.total == made["other"]["cases"] == 30
    assert (
        cases_of_side(
            frame, query_of(frame), Against(kind, whom), SideBehind("one", "", "stage:sales:Gone"), CasesAsked()
        ).total
        == 0
    )


def test_a_member_stands_against_all_others_whatever_the_page_is_filtered_by() -> None:
    made = told("employee", "Boris", frame_of_cuts(employees=("Anna",)))
    assert (made["one"]["title"]["ru"], made["one"]["cases"], made["other"]["cases"]) == ("Борис", 20, 34)
    made = told("channel", "ads", frame_of_cuts(employees=("Anna",)))
    assert (made["one"]["cases"], made["other"]["cases"], made["is_enough"]) == (8, 16, False)


def test_days_before_stand_against_days_after() -> None:
    made = told("since", "2026-03-10")
    # Anna's cases were closed on the ninth, those of the others on the twelfth
    assert (made["one"]["from"], made["one"]["to"], made["one"]["cases"]) == ("2026-03-10", "2026-03-31", 30)
    assert (made["other"]["from"], made["other"]["to"], made["other"]["cases"]) == ("2026-03-01", "2026-03-09", 24)
    assert told("since", "2026-03-01")["refused"] == "day"
    with pytest.raises(QuestionError, match="no day"):
        told("since", "March")


def test_the_period_before_is_that_of_the_page() -> None:
    frame = frame_of_cuts(period=Period(date(2026, 4, 1), date(2026, 4, 30)))
    sides = sides_of(frame, query_of(frame), Against("previous"))
    one, other = sides.one.query.period, sides.other.query.period
    assert one == Period(date(2026, 4, 1), date(2026, 4, 10))
    assert other == Period(date(2026, 3, 1), date(2026, 3, 10))


def test_the_best_are_the_first_quarter_of_those_who_closed_enough() -> None:
    frame = frame_of_cuts()
    (best,) = best_people(frame.metrics, query_of(frame), by_revenue=False)
    # of Anna, Boris and Vera one
    assert (best.id, best.name, best.closed, best.value) == ("Anna", "Анна", 24, 100)
    (best,) = best_people(frame.metrics, query_of(frame), by_revenue=True)
    assert (best.id, best.value) == ("Anna", 240)
    made = told("best_revenue")
    assert (made["one"]["cases"], made["other"]["cases"], [each["id"] for each in made["best"]]) == (24, 30, ["Anna"])


def test_where_there_is_nobody_to_be_better_than_it_is_said() -> None:
    assert told("best_win_rate", frame=frame_of_cuts(employees=("Anna",)))["refused"] == "people"
    assert told("employee", "Anna", frame_of_cuts(Scope.of("Anna")))["refused"] == "same"


def test_a_reader_of_one_persons_cases_compares_those_alone() -> None:
    # whoever sees what is Boris' sees Vera's cases too, which he owned; nothing of Anna's
    frame = frame_of_cuts(Scope.of("Boris"))
    made = told("outcome", frame=frame)
    assert (made["one"]["cases"], made["other"]["cases"]) == (0, 30)
    listed = cases_of_side(frame, query_of(frame), Against("outcome"), SideBehind("other"), CasesAsked(limit=100))
    assert {row["id"] for row in listed.rows} == {f"d:{number}" for number in range(25, 55)}
    assert cases_of_side(frame, query_of(frame), Against("outcome"), SideBehind("one"), CasesAsked()).total == 0
    # the best are sought among those whom the reader may see
    assert told("best_win_rate", frame=frame)["refused"] == "people"
    with pytest.raises(QuestionError, match="Unknown employee"):
        told("employee", "Anna", frame)


def test_a_member_has_to_be_named() -> None:
    with pytest.raises(QuestionError, match="No team was named"):
        told("team")
    frame = frame_of_cuts()
    with pytest.raises(QuestionError, match="no two cuts"):
        cases_of_side(frame, query_of(frame), Against("since", "2026-03-01"), SideBehind("one"), CasesAsked())
