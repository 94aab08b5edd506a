"""Laws of the overview: every figure can be asked for alone, and nobody sees what is not theirs."""

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from tests.reports.companies import COMPANIES, company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.records import RecordsQuery
from voronka.reports.ask import Block
from voronka.reports.links import RecordLinks
from voronka.reports.overview import Overview, overview
from voronka.reports.page import Frame, PageAsked
from voronka.reports.plain import plain_overview
from voronka.settings import Settings

TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
HOURS = (time(9), time(18))
SCOPES = {"everybody's": Scope.everything(), "Anna's": Scope.of("a"), "nobody's": Scope.of()}
CUTS = {
    "all": PageAsked(),
    "a team": PageAsked(teams=("w",)),
    "people of no team": PageAsked(employees=("a", "c"), compare="year"),
    "a channel and none": PageAsked(channels=("ads", None)),
    "a quarter": PageAsked(period=Period(date(2026, 1, 1), date(2026, 3, 31)), compare=None),
}


def made(engine: MemoryEngine, scope: Scope, asked: PageAsked) -> Overview:
    return overview(Frame(metrics_over(engine, TODAY), asked, scope, NOW, Settings()))


def blocks(page: Overview) -> list[Block]:
    return [block for block in page.blocks() if block.ask.metrics]


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", ["whole", "only deals"])
def test_every_figure_is_the_answer_to_its_question_asked_alone(name: str, scope: str, cut: str) -> None:
    engine = company(name)
    page = made(engine, SCOPES[scope], CUTS[cut])
    alone = metrics_over(engine, TODAY)
    for block in blocks(page):
        answer = alone.query(block.ask.query(SCOPES[scope]))
        assert (answer.rows, answer.totals) == (block.answer.rows, block.answer.totals)


@pytest.mark.parametrize("name", COMPANIES)
def test_every_company_has_a_page_that_can_be_written_down(name: str) -> None:
    page = plain_overview(made(company(name), Scope.everything(), PageAsked()), RecordLinks({}), None)
    assert set(page["headline"]) == {"kind", "tone", "values", "ask", "open"}
    assert json.loads(json.dumps(page, default=float))["today"] == "2026-03-16"


@pytest.mark.parametrize("scope", ["everybody's", "Anna's"])
def test_a_finding_opens_as_many_records_as_it_counts(scope: str) -> None:
    engine = company("whole")
    metrics = metrics_over(engine, TODAY)
    page = made(engine, SCOPES[scope], PageAsked())
    counted = [finding for finding in page.findings if finding.open and "count" in finding.values]
    assert counted
    for finding in counted:
        assert finding.open is not None
        behind = finding.open.ask
        query = RecordsQuery(metric=finding.open.metric, scope=SCOPES[scope], where=behind.where, period=behind.period)
        assert metrics.records(query).total == finding.values["count"]


OTHERS = ("| b |", "| c |")


def without_others() -> MemoryEngine:
    """Return the whole company as if nobody but Anna had done anything; who there is stays."""
    facts = {name: text for name, text in COMPANIES["whole"].items() if name.startswith("fct_") and "ad_" not in name}
    mine = {
        name: "\n".join(line for line in text.splitlines() if not any(other in line for other in OTHERS))
        for name, text in facts.items()
    }
    return lake_of(**{**COMPANIES["whole"], **mine})


@pytest.mark.parametrize("cut", ["all", "a channel and none", "a quarter"])
def test_a_scoped_page_is_the_same_whatever_others_did(cut: str) -> None:
    def page(engine: MemoryEngine) -> dict[str, Any]:
        return plain_overview(made(engine, Scope.of("a"), CUTS[cut]), RecordLinks({}), None)

    assert page(company("whole")) == page(without_others())
    assert page(company("whole")) != plain_overview(
        made(company("whole"), Scope.everything(), CUTS[cut]), RecordLinks({}), None
    )


def test_a_scoped_page_names_nobody_else_and_no_advertising() -> None:
    text = json.dumps(
        plain_overview(made(company("whole"), Scope.of("a"), PageAsked()), RecordLinks({}), None), default=str
    )
    assert "Anna" in text
    assert [name for name in ("Boris", "Clara", "Radio", "Nine", "crm:6") if name in text] == []
