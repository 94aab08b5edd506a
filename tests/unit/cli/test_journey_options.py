"""The options that choose the company's own cases, and the question that they ask."""

from datetime import date
from typing import Any

import click
import pytest
from click.testing import CliRunner

from voronka.cli.journey_options import journey_options, journeys_asked, refuse_own
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.journeys import USUAL, JourneysQuery
from voronka.metrics.question import Filter


def asked(*arguments: str) -> dict[str, Any]:
    taken: dict[str, Any] = {}

    @click.command()
    @journey_options
    def command(**options: Any) -> None:  # noqa: ANN401 - click's
        taken.update(options)

    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.stderr
    return taken


def today() -> date:
    return date(2026, 3, 31)


def test_without_options_all_usual_cases_are_asked_for() -> None:
    found = journeys_asked(asked(), today)
    assert found == JourneysQuery(scope=Scope.everything())
    assert found.kinds == USUAL
    refuse_own(asked())


def test_every_option_is_part_of_the_question() -> None:
    options = ("--pipeline", "sales", "--entity", "deal", "--kind", "stage", "--kind", "payment", "--axis", "closed")
    chosen = ("--from", "2026-03-01", "--where", "team=North", "--where", "team=South")
    assert journeys_asked(asked(*options, *chosen), today) == JourneysQuery(
        scope=Scope.everything(),
        where=(Filter("team", ("North", "South")),),
        period=Period(date(2026, 3, 1), date(2026, 3, 31)),
        axis="closed",
        entity="deal",
        kinds=("stage", "payment"),
        pipeline="sales",
    )


@pytest.mark.parametrize(
    "option", ["--pipeline=x", "--entity=deal", "--kind=stage", "--from=2026-01-01", "--where=a=b"]
)
def test_none_of_them_goes_with_a_file(option: str) -> None:
    with pytest.raises(QuestionError, match=f"{option.partition('=')[0]} is of your own cases"):
        refuse_own(asked(option))
