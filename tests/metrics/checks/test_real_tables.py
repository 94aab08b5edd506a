"""Every figure of the real tables, at three cuts, equals what SQL by hand says of the files themselves."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.acceptance.real_companies import maven, olist, zoho
from tests.company import CompanyFolder
from voronka import open_company

Rows = dict[tuple[object, ...], tuple[float | None, ...]]
Cuts = Mapping[tuple[str, ...], str]
"""What an answer's rows are told apart by (a name, or an id), and the columns of the SQL by hand that say the same."""

CLOSED: Mapping[str, str] = {
    "deals_won": "count(*) FILTER (WHERE won)",
    "deals_lost": "count(*) FILTER (WHERE lost)",
    "revenue": "coalesce(sum(amount) FILTER (WHERE won), 0)",
    "win_rate": "100.0 * count(*) FILTER (WHERE won) / nullif(count(*) FILTER (WHERE won OR lost), 0)",
    "average_deal": "avg(amount) FILTER (WHERE won)",
    "median_deal": "median(amount) FILTER (WHERE won)",
}
CYCLE: Mapping[str, str] = {
    "cycle_days": "avg(epoch(closed - created) / 86400) FILTER (WHERE won)",
    "median_cycle_days": "median(epoch(closed - created) / 86400) FILTER (WHERE won)",
    "days_to_lost": "median(epoch(closed - created) / 86400) FILTER (WHERE lost)",
}
MAVEN = """
    SELECT
      p.sales_agent AS employee,
      t.regional_office AS team,
      strftime(close_date, '%Y-%m') AS month,
      deal_stage = 'Won' AS won,
      deal_stage = 'Lost' AS lost,
      CAST(close_value AS DOUBLE) AS amount,
      CAST(engage_date AS TIMESTAMP) AS created,
      CAST(close_date AS TIMESTAMP) AS closed
    FROM read_csv('{folder}/maven-crm/sales_pipeline.csv') AS p
    LEFT JOIN read_csv('{folder}/maven-crm/sales_teams.csv') AS t ON t.sales_agent = p.sales_agent
    WHERE deal_stage IN ('Won', 'Lost')
"""
OLIST = """
    SELECT l.origin AS channel, strftime(l.first_contact_date, '%Y-%m') AS month, d.mql_id IS NOT NULL AS won
    FROM read_csv('{folder}/olist-funnel/olist_marketing_qualified_leads_dataset.csv') AS l
    LEFT JOIN read_csv('{folder}/olist-funnel/olist_closed_deals_dataset.csv') AS d ON d.mql_id = l.mql_id
"""
OLIST_LEADS: Mapping[str, str] = {
    "leads": "count(*)",
    "leads_won": "count(*) FILTER (WHERE won)",
    "lead_conversion": "100.0 * count(*) FILTER (WHERE won) / count(*)",
}
ZOHO_CALLS = """
    SELECT
      'crm:' || "Call Owner Id" AS employee,
      strftime("Call Start Time", '%Y-%m') AS month,
      nullif("Call Duration (in seconds)", 0) AS talk,
      "Call Type" = 'Outbound' AS is_out
    FROM read_csv('{folder}/zoho-crm-demo/Calls.csv')
"""
ZOHO_DEALS = """
    SELECT
      "Potential Owner" AS employee,
      strftime(closed, '%Y-%m') AS month,
      Stage = 'Closed Won' AS won,
      Stage = 'Closed Lost' AS lost,
      amount,
      created,
      closed
    FROM (
      SELECT
        "Potential Owner",
        Stage,
        CAST(replace(replace(Amount, '$', ''), ',', '') AS DOUBLE) AS amount,
        strptime("Created Time", '%d %b, %Y %H:%M:%S') AS created,
        strptime("Closing Date", '%d %b, %Y %H:%M:%S') AS closed
      FROM read_csv('{folder}/zoho-crm-demo/Potentials.csv', all_varchar = true)
    )
    WHERE Stage IN ('Closed Won', 'Closed Lost')
"""
CALLS: Mapping[str, str] = {
    "calls": "count(*)",
    "answered_calls": "count(talk)",
    "answer_rate": "100.0 * count(talk) / count(*)",
    "talk_time": "coalesce(sum(talk), 0) / 3600.0",
    "average_call": "avg(talk) / 60",
    "median_call": "median(talk) / 60",
    "calls_under_1m": "count(*) FILTER (WHERE talk < 60)",
    "calls_1_3m": "count(*) FILTER (WHERE talk BETWEEN 60 AND 180)",
    "calls_over_3m": "count(*) FILTER (WHERE talk > 180)",
}
DIRECTED: Mapping[str, str] = {
    "outgoing_calls": "count(*) FILTER (WHERE is_out)",
    "reached_calls": "count(talk) FILTER (WHERE is_out)",
    "reach_rate": "100.0 * count(talk) FILTER (WHERE is_out) / nullif(count(*) FILTER (WHERE is_out), 0)",
}


def check(company: CompanyFolder, rows: str, measures: Mapping[str, str], cuts: Cuts) -> None:
    """Compare the product's answers with SQL over the files, row by row."""
    connection = duckdb.connect()
    with open_company(company.folder) as opened:
        for keys, columns in cuts.items():
            told = _by_hand(connection, rows, measures, columns)
            answer = opened.query(*measures, by=[name.removesuffix("_id") for name in keys])
            found = {tuple(row[name] for name in keys): tuple(_number(row[m]) for m in measures) for row in answer.rows}
            assert found.keys() == told.keys(), keys
            for key, values in told.items():
                assert found[key] == pytest.approx(values, rel=1e-9, nan_ok=True), (keys, key)


def _by_hand(connection: duckdb.DuckDBPyConnection, rows: str, measures: Mapping[str, str], columns: str) -> Rows:
    shown = ", ".join([*([columns] if columns else []), *measures.values()])
    found = connection.execute(f"SELECT {shown} FROM ({rows}) GROUP BY ALL").fetchall()
    keys = len(found[0]) - len(measures)
    return {tuple(row[:keys]): tuple(_number(value) for value in row[keys:]) for row in found}


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float, Decimal)) else float("nan")


COMPANIES: Mapping[str, tuple[Callable[[Path, Path], CompanyFolder], list[tuple[str, Mapping[str, str], Cuts]]]] = {
    "maven": (
        lambda folder, tables: maven(folder, tables / "maven-crm" / "sales_pipeline.csv", tables),
        [
            (
                MAVEN,
                {**CLOSED, **CYCLE},
                {(): "", ("employee", "month"): "employee, month", ("team",): "team", ("month",): "month"},
            )
        ],
    ),
    "olist": (
        olist,
        [(OLIST, OLIST_LEADS, {(): "", ("channel",): "channel", ("month",): "month"})],
    ),
    "zoho": (
        zoho,
        [
            (
                ZOHO_CALLS,
                {**CALLS, **DIRECTED},
                {(): "", ("employee_id",): "employee", ("month",): "month"},
            ),
            (
                ZOHO_DEALS,
                {**CLOSED, **CYCLE},
                {(): "", ("employee", "month"): "employee, month", ("month",): "month"},
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", COMPANIES)
def test_the_figures_are_those_of_the_files(real_tables: Path, tmp_path: Path, name: str) -> None:
    make, checks = COMPANIES[name]
    company = make(tmp_path / "c", real_tables)
    for rows, measures, cuts in checks:
        check(company, rows.format(folder=real_tables), measures, cuts)
