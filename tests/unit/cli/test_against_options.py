"""Whose path is held against whose."""

from datetime import date

import pytest

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.against_options import other_asked
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.question import Filter

ONE = JourneysQuery(scope=Scope.everything(), where=(Filter("outcome", ("won",)), Filter("channel", ("Ads",))))
NOTHING = {"against": (), "against_first": None, "against_last": None}


def other(*against: str, one: JourneysQuery = ONE, **days: str) -> JourneysQuery | None:
    return other_asked({**NOTHING, "against": against, **days}, one, lambda: date(2026, 3, 1))


def test_a_filter_of_the_same_name_is_replaced_and_others_stay() -> None:
    found = other("outcome=lost")
    assert found is not None
    assert found.where == (Filter("channel", ("Ads",)), Filter("outcome", ("lost",)))
    assert other() is None


def test_the_rest_is_what_no_filter_leaves_out() -> None:
    found = other("rest")
    assert found is not None
    assert found.where == ()
    for wrong in (("rest", "outcome=lost"),):
        with pytest.raises(QuestionError, match="the rest of --where"):
            other(*wrong)
    with pytest.raises(QuestionError, match="the rest of --where"):
        other("rest", one=JourneysQuery(scope=Scope.everything()))


def test_other_days_are_compared_with_the_same_filters() -> None:
    found = other(against_first="2026-01-01", against_last="2026-01-31")
    assert found is not None
    assert found.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert found.where == ONE.where


def test_two_cuts_are_printed(voronka: Voronka, built_company: CompanyFolder) -> None:
    options = ("path", "--entity", "deal", "--kind", "created", "--where", "outcome=won", "--against", "outcome=lost")
    assert "3 и 1" in voronka(*options, company=built_company).stdout
    told = voronka(*options, "--format", "json", company=built_company).stdout
    assert '"is_enough": false' in told
    assert voronka(*options, "--format", "csv", company=built_company).stdout == ""
    assert voronka(*options, "--show", "edges", company=built_company).exit_code == 2
    assert voronka(*options, "--log", "x.csv", company=built_company).exit_code == 2
