"""The cases behind the numbers of the funnel of forty cases."""

import pytest

from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from voronka.domain.errors import QuestionError
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked
from voronka.reports.funnel_asked import FunnelAsked
from voronka.reports.funnel_cases import CasesBehind, cases_behind
from voronka.reports.funnel_page import funnel_look


def listed(by: str = "", **which: object) -> Records:
    asked = FunnelAsked(entity="journey", by=by)
    return cases_behind(framed(funnel_lake()), asked, CasesBehind(**which), CasesAsked(sort="title", order="asc"))  # type: ignore[arg-type]


def numbers(found: Records) -> list[int]:
    return sorted(int(str(row["title"]).removeprefix("Case ")) for row in found.rows)


def test_every_number_of_the_page_counts_the_cases_that_are_listed() -> None:
    table = funnel_look(framed(funnel_lake()), FunnelAsked(entity="journey")).tables()["steps"]
    for row in table.rows:
        assert listed(place=row["place"]).total == row["cases"]
        for behind in ("went_on", "lost", "open", "went_round"):
            assert listed(place=row["place"], behind=behind).total == row[behind], (row["place"], behind)


def test_they_are_those_that_it_counts() -> None:
    assert numbers(listed(place=2)) == list(range(21, 31))
    assert numbers(listed(place=1, behind="lost")) == list(range(31, 37))
    assert numbers(listed(place=1, behind="lost", reason="dear")) == list(range(31, 36))
    assert numbers(listed(place=1, behind="lost", reason="")) == [36]
    assert numbers(listed(place=1, behind="lost", reason="late")) == []  # named in February only
    assert numbers(listed(place=0, behind="dropped")) == [37, 38, 39, 40]


def test_a_group_is_chosen_by_its_key_and_those_of_none_by_nothing() -> None:
    assert numbers(listed("employee", group="name:anna")) == list(range(21, 31))
    assert numbers(listed("channel", place=1, group="")) == list(range(31, 37))
    assert numbers(listed("employee", group="name:nobody")) == []


def test_each_has_its_owner_and_its_amount() -> None:
    first = listed(place=1, behind="lost").rows[0]
    assert (first["employee"], first["amount"], first["outcome"]) == ("Boris", 50, "lost")


def test_a_step_that_there_is_not_is_told() -> None:
    with pytest.raises(QuestionError, match="the funnel has 4 steps, none at place 4"):
        listed(place=4)
