"""The overview of a company that has nothing but a real table of deals."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.acceptance.real_companies import maven
from tests.company import CompanyFolder
from voronka import open_company
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.overview import Overview, overview
from voronka.reports.page import Frame, PageAsked
from voronka.reports.team_page import team_page
from voronka.settings import Settings

QUARTER = Period(date(2017, 10, 1), date(2017, 12, 31))


@pytest.fixture(scope="module")
def company(real_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    return maven(tmp_path_factory.mktemp("deals"), real_tables / "maven-crm" / "sales_pipeline.csv", real_tables)


@pytest.fixture(scope="module")
def page(company: CompanyFolder) -> Overview:
    asked = PageAsked(period=QUARTER)
    with open_company(company.folder) as opened:
        now = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
        return overview(Frame(opened.metrics, asked, Scope.everything(), now, Settings()))


def test_its_sales_are_those_of_the_table(page: Overview, real_tables: Path) -> None:
    with (real_tables / "maven-crm" / "sales_pipeline.csv").open(encoding="utf-8") as file:
        won = [row for row in csv.DictReader(file) if row["deal_stage"] == "Won"]
    mine = [float(row["close_value"]) for row in won if "2017-10-01" <= row["close_date"] <= "2017-12-31"]
    before = [float(row["close_value"]) for row in won if "2017-07-01" <= row["close_date"] <= "2017-09-30"]
    assert page.tiles.facts.total("revenue") == sum(mine)
    assert page.tiles.facts.total("deals_won") == len(mine)
    assert page.headline.kind == "revenue_no_plan"
    assert page.headline.values["revenue_previous"] == sum(before)
    by_month = {str(row["month"]): float(str(row["revenue"])) for row in page.revenue_by_month.answer.rows}
    assert len(by_month) == 13
    assert sum(by_month[month] for month in ("2017-10", "2017-11", "2017-12")) == sum(mine)


def test_what_it_lacks_is_told_and_nothing_is_made_up(page: Overview) -> None:
    assert page.tiles.facts.lacks("calls") == "not loaded: calls"
    assert page.funnel.lacks("leads") == "not loaded: leads"
    assert page.calls_by_hour.answer.rows == []
    assert page.unanswered.total("leads_unanswered") is None
    assert page.without_task.total("deals_without_task") is None
    assert (page.longest_unanswered.rows, page.largest_without_task.rows) == ([], [])
    assert "leads_unanswered" not in [finding.kind for finding in page.findings]


def test_the_page_of_the_team_says_that_win_rates_differ_by_chance_alone(company: CompanyFolder) -> None:
    # thirty sellers, 6,711 closed deals: chi-square 33.3 with 29 degrees of freedom, p = .26
    asked = PageAsked(period=Period(date(2017, 1, 1), date(2017, 12, 31)), compare=None)
    with open_company(company.folder) as opened:
        now = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
        tables = team_page(Frame(opened.metrics, asked, Scope.everything(), now, Settings())).tables
    rates = {row["metric"]: row for row in tables["rates:"].rows}
    rate = rates["win_rate"]
    assert (rate["people"], rate["test"], rate["freedom"], rate["differs"]) == (30, "chi_square", 29, False)
    assert (rate["statistic"], rate["chance"]) == pytest.approx((33.3, 0.26), abs=0.06)
    table = tables["compared::win_rate"]
    assert table.totals["among"] == 6711
    assert {str(row["side"]) for row in table.rows} <= {"alike", "perhaps_above", "perhaps_below"}
    assert all(int(str(row["place_high"])) - int(str(row["place_low"])) >= 9 for row in table.rows)
    assert rates["average_deal"]["differs"] is True  # what they sell is no chance
