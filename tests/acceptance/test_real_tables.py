"""The real tables of ../shared/data, read as ARCHITECTURE.md's files say, give the figures that are known of them."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.real_companies import WITHOUT_ID, call_centre, maven, olist
from tests.acceptance.real_companies import zoho as zoho_company
from tests.company import CompanyFolder
from voronka import open_company

MAVEN_METRICS = (
    "win_rate",
    "deals_won",
    "deals_lost",
    "revenue",
    "average_deal",
    "median_deal",
    "cycle_days",
    "median_cycle_days",
)


def ask(company: CompanyFolder, *metrics: str, by: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return an answer's rows, numbers rounded to two places."""
    with open_company(company.folder) as opened:
        rows = opened.query(*metrics, by=by).rows
    return [{name: rounded(value) for name, value in row.items()} for row in rows]


def rounded(value: object) -> object:
    """Return a number with two places, anything else as it is."""
    try:
        return round(float(value), 2) if not isinstance(value, str) else value  # type: ignore[arg-type]
    except TypeError:
        return value


def by(company: CompanyFolder, metric: str, cut: str) -> dict[Any, Any]:
    """Return a metric's figures by the members of one cut."""
    return {row[cut]: row[metric] for row in ask(company, metric, by=(cut,))}


def check_maven(company: CompanyFolder) -> None:
    (total,) = ask(company, *MAVEN_METRICS)
    assert total == {
        "win_rate": 63.15,
        "deals_won": 4238,
        "deals_lost": 2473,
        "revenue": 10_005_534,
        "average_deal": 2360.91,
        "median_deal": 1117,
        "cycle_days": 51.78,
        "median_cycle_days": 57,
    }
    people = by(company, "win_rate", "employee")
    assert (people["Hayden Neloms"], people["Lajuana Vencill"]) == (70.39, 54.98)
    assert max(people.values()) == people["Hayden Neloms"]
    assert min(people.values()) == people["Lajuana Vencill"]
    assert by(company, "win_rate", "team") == {"West": 63.94, "Central": 62.56, "East": 63.02}
    darcel = next(r for r in ask(company, *MAVEN_METRICS, by=("employee",)) if r["employee"] == "Darcel Schlecht")
    assert (darcel["deals_won"], darcel["deals_lost"], darcel["revenue"]) == (349, 204, 1_153_214)
    assert "GTXPro" not in by(company, "deals_won", "product")


@pytest.fixture(scope="module")
def maven_crm(real_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    file = real_tables / "maven-crm" / "sales_pipeline.csv"
    return maven(tmp_path_factory.mktemp("maven"), file, real_tables)


def test_maven_gives_the_known_figures(maven_crm: CompanyFolder) -> None:
    check_maven(maven_crm)
    assert maven_crm.ask("SELECT count(*) FROM fct_deals") == [(8800,)]
    assert maven_crm.ask("SELECT count(*) FROM quarantine") == [(0,)]


def test_maven_imported_and_built_again_changes_nothing(maven_crm: CompanyFolder) -> None:
    before = maven_crm.data_version()
    assert {outcome.state for outcome in maven_crm.load()} == {"already loaded"}
    assert maven_crm.rebuilt() == set()
    assert maven_crm.data_version() == before


@pytest.mark.parametrize("dates", ["auto", "set"])
@pytest.mark.parametrize(
    ("variant", "format_set"),
    [
        ("kisaraF", "%m/%d/%Y"),
        ("shwezin", "%m/%d/%Y"),
        ("excel-ddmmyy.ThomasKieny", "%d-%m-%y"),
        ("soliloquy", "%Y-%m-%d"),
        ("huda001", "%m/%d/%Y"),
    ],
)
def test_a_re_saved_maven_gives_the_same_figures(
    real_tables: Path, tmp_path: Path, variant: str, format_set: str, dates: str
) -> None:
    file = real_tables / "maven-crm" / "variants" / f"sales_pipeline.{variant}.csv"
    mapping = WITHOUT_ID if variant == "huda001" else {}
    read = {"dates": format_set if dates == "set" else "auto"}
    check_maven(maven(tmp_path / "c", file, real_tables, **mapping, read=read))


def test_olist_converts_by_channel_and_tells_unknown_from_not_given(real_tables: Path, tmp_path: Path) -> None:
    company = olist(tmp_path / "c", real_tables)
    with open_company(company.folder) as opened:
        (total,) = opened.query("lead_conversion", "deals_won").rows
    assert (f"{total['lead_conversion']:.3f}", total["deals_won"]) == ("10.525", 842)
    channels = by(company, "lead_conversion", "channel")
    wanted = {"organic_search": 11.80, "paid_search": 12.30, "social": 5.56, "unknown": 16.29, None: 23.33}
    assert {name: channels[name] for name in wanted} == wanted
    sellers, handers = (company.ask(f"SELECT count(DISTINCT {c}) FROM fct_deals") for c in ("employee_id", "handed_by"))
    assert (handers, sellers) == ([(32,)], [(22,)])


def test_olists_leads_take_two_weeks_to_become_sales(real_tables: Path, tmp_path: Path) -> None:
    # the known figure takes the clock's times as they are: without the hour by which Brazil's clocks were changed
    company = olist(tmp_path / "c", real_tables, zone="UTC")
    (total,) = ask(company, "days_to_won")
    assert total["days_to_won"] == 14.65


@pytest.fixture(scope="module")
def zoho(real_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    return zoho_company(tmp_path_factory.mktemp("zoho"), real_tables)


def test_zoho_gives_the_known_figures(zoho: CompanyFolder) -> None:
    metrics = ("calls", "answered_calls", "calls_under_1m", "calls_1_3m", "calls_over_3m", "win_rate")
    assert ask(zoho, *metrics) == [
        {
            "calls": 4100,
            "answered_calls": 3340,
            "calls_under_1m": 170,
            "calls_1_3m": 870,
            "calls_over_3m": 2300,
            "win_rate": 74.61,
        }
    ]
    assert ask(zoho, "deals_won", "deals_lost") == [{"deals_won": 1425, "deals_lost": 485}]


def test_one_agent_of_zohos_talked_in_none_of_700_calls(zoho: CompanyFolder) -> None:
    rows = ask(zoho, "calls", "answered_calls", "average_call", by=("employee",))
    silent = [row for row in rows if row["calls"] and not row["answered_calls"]]
    assert [(row["calls"], row["average_call"]) for row in silent] == [(700, None)]


def test_zohos_call_owners_and_deal_owners_are_the_same_eleven_people(zoho: CompanyFolder) -> None:
    callers, sellers = (
        {row["employee_id"] for row in ask(zoho, metric, by=("employee",)) if row[metric]}
        for metric in ("calls", "deals_won")
    )
    assert len(callers) == 11
    assert callers == sellers
    assert zoho.ask("SELECT count(*) FROM dim_employee WHERE employee_id LIKE 'crm:%'") == [(11,)]


def test_the_call_centre_counts_over_answered_calls(real_tables: Path, tmp_path: Path) -> None:
    company = call_centre(tmp_path / "c", real_tables)
    (total,) = ask(company, "calls", "answered_calls", "answer_rate", "average_wait", "average_call")
    assert (total["calls"], total["answered_calls"], total["answer_rate"]) == (5000, 4054, 81.08)
    assert total["average_wait"] == 67.52
    assert total["average_call"] == 3.75  # 224.92 s
    structure = ask(company, "calls_under_1m", "calls_1_3m", "calls_over_3m")
    assert structure == [{"calls_under_1m": 310, "calls_1_3m": 1246, "calls_over_3m": 2498}]
    assert company.ask("SELECT round(avg(talk_seconds), 2) FROM fct_calls WHERE answered") == [(224.92,)]
