"""Every metric that adds up, and every ratio, equals what is read from the exports without the product's help."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.demo.making import UNTIL, loaded
from tests.metrics.checks.demo_checks import CHECKS, EXCUSED, HELPERS, Asked, Key, Values, can_be_cut, expected
from tests.metrics.checks.exports import read_exports
from voronka import Metrics, Period, Query, Scope
from voronka.bootstrap import built_metrics
from voronka.demo.plan import DemoPlan

FIRST, LAST = date(2026, 6, 15), date(2026, 11, 20)
MONTHS = Period(date(2026, 7, 1), date(2026, 10, 31))
BY = {"all": (), "employee": ("employee", "month"), "team": ("team",), "channel": ("channel",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("checks")
    loaded(found, DemoPlan(seed=3, managers=12, months=9, until=UNTIL))
    return found


@pytest.fixture(scope="module")
def metrics(folder: Path) -> Iterator[Metrics]:
    with built_metrics(str(folder), lambda: UNTIL) as opened:
        yield opened


@pytest.fixture(scope="module")
def exports(folder: Path) -> duckdb.DuckDBPyConnection:
    return read_exports(folder)


@pytest.mark.slow
@pytest.mark.parametrize("cut", BY)
def test_the_figures_are_those_of_the_exports(metrics: Metrics, exports: duckdb.DuckDBPyConnection, cut: str) -> None:
    names = [name for name in CHECKS if name not in HELPERS and can_be_cut(name, cut)]
    answer = metrics.query(
        Query(metrics=tuple(names), by=BY[cut], period=Period(FIRST, LAST), scope=Scope.everything())
    )
    asked = Asked(str(FIRST), str(LAST), str(LAST), cut)
    wrong: dict[tuple[str, Key], tuple[float | None, float | None]] = {}
    for name in names:
        found: Values = {_key(row, cut): _number(row[name]) for row in answer.rows}
        told = expected(exports, name, asked, found)
        both = {key: (told[key], found.get(key)) for key in told}
        wrong |= {(name, key): pair for key, pair in both.items() if not _is_same(*pair, key in found)}
    assert wrong == {}
    assert len(names) >= (25 if cut == "channel" else 60)


def test_every_metric_that_adds_up_and_every_ratio_is_checked_or_says_where_it_is(metrics: Metrics) -> None:
    catalogue = metrics.catalogue
    listed = {m.name for m in catalogue.listed() if (catalogue.is_flow(m.name) or m.formula) and not m.is_as_of}
    assert listed - CHECKS.keys() == EXCUSED.keys()
    assert CHECKS.keys() >= HELPERS


@pytest.mark.slow
def test_what_is_open_is_what_was_made_and_not_closed(metrics: Metrics, exports: duckdb.DuckDBPyConnection) -> None:
    asked = Query(metrics=("deals_open", "pipeline_amount"), by=("month",), period=MONTHS, scope=Scope.everything())
    found = {row["month"]: (row["deals_open"], row["pipeline_amount"]) for row in metrics.query(asked).rows}
    told = exports.execute(
        """SELECT strftime(last_day, '%Y-%m'), count(*), sum(amount_then) FROM open_deals
        WHERE last_day IN ('2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31') GROUP BY 1"""
    ).fetchall()
    assert found == {month: (count, amount) for month, count, amount in told}
    assert len(found) == 4


def _key(row: dict[str, object], cut: str) -> Key:
    if cut == "employee":
        person = row["employee_id"]
        return (str(person).removeprefix("crm:") if person else None, row["month"])
    return ("all",) if cut == "all" else (row[cut],)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float, Decimal)) else None


def _is_same(told: float | None, found: float | None, is_shown: bool) -> bool:  # noqa: FBT001 - a test's own
    """Say whether both say the same; a row that the answer lacks says nothing, and there must be nothing to say."""
    if told is None or found is None:
        return told == found or (not is_shown and not told)
    return told == pytest.approx(found, rel=1e-9, abs=1e-9)
