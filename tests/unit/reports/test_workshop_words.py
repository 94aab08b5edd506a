"""Hypotheses and verdicts in words."""

from dataclasses import replace
from datetime import date

import pytest

from voronka.domain.hypotheses import KINDS, Chosen, Claim, Found
from voronka.reports.workshop_words import CLAIMS, Names

STEPS = {"new": "Новый", "talk": "Разговор"}
RU = Names("ru", STEPS, {"team": {"w": "Запад"}})
EN = Names("en", {"new": "New", "talk": "Talk"}, {"team": {"w": "West"}})
TIME = Claim(kind="time", step="new", to="talk", bound="most", value=2.0 * 86_400, clock="working", chosen=Chosen())
BY_DAYS = replace(TIME, clock="calendar")
SHARE = Claim(kind="reach", step="new", to="talk", bound="least", value=62.5, chosen=Chosen())


def test_every_kind_and_bound_has_its_sentence() -> None:
    assert {*CLAIMS} == {(kind, bound) for kind in KINDS for bound in ("most", "least")}


def test_a_claim_is_a_sentence() -> None:
    assert RU.statement(TIME) == "От «Новый» до «Разговор» — не дольше 48 ч (медиана, рабочее время)"
    assert EN.statement(TIME) == "From New to Talk it takes at most 48 h (median, working time)"
    assert RU.statement(SHARE) == "Из тех, кто был на «Новый», до «Разговор» доходят не менее 62,5 %"
    assert EN.statement(SHARE) == "Of those at New at least 62.5% reach Talk"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Chosen(), "journeys"),
        (Chosen(axis="closed"), "journeys, closed"),
        (
            Chosen(pipeline="sales", entity="deal", first=date(2026, 1, 1), team="w"),
            "deals, pipeline: sales, created since 2026-01-01, team: West",
        ),
        (
            Chosen(axis="closed", first=date(2026, 1, 1), last=date(2026, 1, 31), where=(("channel", ("web", None)),)),
            "journeys, closed 2026-01-01 to 2026-01-31, channel: web, not given",
        ),
    ],
)
def test_the_cases_meant_are_told(chosen: Chosen, said: str) -> None:
    assert EN.cases(chosen) == said


def test_days_and_pipelines_are_told_as_the_language_does() -> None:
    names = Names("ru", STEPS, {"pipeline": {"sales": "Продажи"}})
    assert names.cases(Chosen(pipeline="sales", entity="lead", first=date(2026, 1, 2))) == (
        "лиды, воронка: Продажи, созданы с 02.01.2026"
    )


def test_what_was_measured_has_its_interval_and_an_end_without_limit() -> None:
    found = Found("not_established", "waiting", 90_000.0, 86_400.0, None, 10, 2)
    assert EN.measured(BY_DAYS, found) == "1 d 1 h (from 1 d, no upper limit)"
    assert EN.measured(TIME, found) == "25 h (from 24 h, no upper limit)"
    assert RU.measured(SHARE, Found("holds", "", 70.0, 62.51, 80.04)) == "70 % (от 62,5 % до 80 %)"
    assert EN.measured(SHARE, Found("not_established", "few", 50.0, cases=2)) == "50%"
    assert EN.measured(TIME, Found("not_established", "nobody")) == "–"
    assert [EN.amount(TIME, seconds) for seconds in (10.0, 90.0, 5400.0)] == ["0 min", "2 min", "1 h 30 min"]


def test_the_verdict_tells_why_nothing_is_established() -> None:
    assert EN.verdict(Found("holds", "")) == "holds"
    assert RU.verdict(Found("fails", "")) == "не подтверждается"
    assert RU.verdict(Found("not_established", "few")) == "не установлено: мало случаев"
