import json
from datetime import datetime
from pathlib import Path

import pytest

from voronka.bootstrap import additive_metrics, built_metrics, workplace
from voronka.demo.company import make_company
from voronka.demo.contacts import Past
from voronka.demo.plan import DemoPlan
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Query
from voronka.pipeline.building import build_core
from voronka.pipeline.importing import Outcome, import_source
from voronka.settings import load_settings


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def outcomes(folder: Path, plan: DemoPlan) -> list[Outcome]:
    """Return what became of each load of the company, built after it."""
    with workplace(str(folder), lambda: plan.until) as work:
        found = [outcome for source in work.sources.values() for outcome in import_source(work, source)]
        build_core(work, additive_metrics(work.folder, work.settings))
    return found


def asked(folder: Path, plan: DemoPlan, *names: str, period: Period | None = None) -> dict[str, object]:
    with built_metrics(str(folder), lambda: plan.until) as metrics:
        return dict(metrics.query(Query(metrics=names, scope=Scope.everything(), period=period)).totals)


def test_one_seed_and_one_now_make_the_same_bytes(folder: Path, plan: DemoPlan, tmp_path: Path) -> None:
    make_company(tmp_path, plan)
    assert {name for name in files(folder) if not name.startswith("lake")} == set(files(tmp_path))
    again = files(tmp_path)
    assert [
        name for name, content in files(folder).items() if not name.startswith("lake") and content != again[name]
    ] == []


def test_another_seed_makes_another_company(folder: Path, plan: DemoPlan, tmp_path: Path) -> None:
    make_company(tmp_path, DemoPlan(seed=8, months=4, volume=0.05, until=plan.until))
    assert (tmp_path / "exports/crm/deals.csv").read_bytes() != (folder / "exports/crm/deals.csv").read_bytes()


def test_the_folder_says_what_it_was_made_of_and_what_is_planted(folder: Path) -> None:
    said = json.loads((folder / "demo.json").read_text("utf-8"))
    assert (said["seed"], said["managers"], said["until"]) == (7, 24, "2026-11-20T12:00:00")
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    assert len(truth["stories"]) == 11  # a dip would need more months
    settings = load_settings(folder)
    assert (settings.name, settings.currency, settings.time_zone) == ("Северный ветер", "RUB", "Europe/Moscow")
    weighed = {name for role in settings.score.roles.values() for name in (*role.weights, *role.targets)}
    assert set(settings.score.roles) == {"sdr", "ae", "am"}
    assert weighed <= set(Catalogue.load().names)


def test_every_row_comes_in_but_the_three_that_are_torn(folder: Path, outcomes: list[Outcome]) -> None:
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    reasons = sorted((o.stream, reason, n) for o in outcomes for reason, n, _ in o.reasons)
    torn = [("crm.meetings", "too_few_fields", 1), ("crm.meetings", "too_many_fields", 1)]
    assert reasons == [*torn, ("telephony.calls", "bad_time", 1)]
    written = json.loads((folder / "truth.json").read_text("utf-8"))["rows"]
    assert sum(o.rows_read for o in outcomes) == sum(written.values())


def test_figures_are_those_of_what_was_made(folder: Path, plan: DemoPlan, past: Past, outcomes: list[Outcome]) -> None:
    assert outcomes
    totals = asked(folder, plan, "leads", "deals_won", "revenue", "deals_open")
    deals = past.deals
    won = deals["won"] & (deals["closed"] <= past.plan.now)
    assert totals["leads"] == len(past.leads)  # neither the overlapping export nor the twins count twice
    assert totals["deals_won"] == won.sum()
    assert float(str(totals["revenue"])) == pytest.approx(deals["amount"][won].sum())
    assert totals["deals_open"] == (deals["closed"] > past.plan.now).sum()


def test_the_running_month_stands_near_its_plan(folder: Path, plan: DemoPlan, outcomes: list[Outcome]) -> None:
    assert outcomes
    november = Period(datetime(2026, 11, 1).date(), datetime(2026, 11, 30).date())  # noqa: DTZ001 - days of the company
    totals = asked(folder, plan, "calls_pace", "tasks_done_pace", "revenue_pace", period=november)
    assert all(80 < float(str(totals[name])) < 112 for name in totals if totals[name] is not None)
    assert None not in totals.values()


@pytest.mark.parametrize("managers", [5, 12])
def test_a_small_company_is_made_whole(managers: int, plan: DemoPlan, tmp_path: Path) -> None:
    truth = make_company(tmp_path, DemoPlan(managers=managers, months=3, volume=0.2, until=plan.until))
    assert truth.rows["crm/deals"] > 0
    with workplace(str(tmp_path), lambda: plan.until) as work:
        errors = [o.error for source in work.sources.values() for o in import_source(work, source) if o.error]
    assert errors == []


def test_a_large_company_is_written_in_shorter_stretches(plan: DemoPlan, tmp_path: Path) -> None:
    truth = make_company(tmp_path, DemoPlan(managers=800, months=3, volume=0.01, until=plan.until))
    assert {name for name in truth.rows if name.startswith("telephony/calls")} == {
        f"telephony/calls_2026_{month}" for month in ("09", "10", "11")
    }
