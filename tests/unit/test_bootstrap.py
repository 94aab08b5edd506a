import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.company import CompanyFolder, at
from voronka import bootstrap
from voronka.domain.errors import QuestionError, RetryError, SettingsError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Query
from voronka.pipeline.building import build_core
from voronka.settings import load_settings

NOON = at("2026-03-02 12:00")


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "c")
    columns = {"deal_id": "no", "amount": "sum", "closed_at": "won", "outcome": "= 'won'"}
    company.stream("crm", "deals", "no,sum,won\n1,100,2026-03-02\n2,x,2026-03-02\n", into="deals", columns=columns)
    return company


def test_a_workplace_stands_in_the_folder_and_gives_its_memory_back(company: CompanyFolder) -> None:
    with bootstrap.workplace(str(company.folder), lambda: NOON) as work:
        assert work.folder == company.folder
        assert list(work.sources) == ["crm"]
        assert work.clock() == NOON
        session = work.session
    with pytest.raises(RetryError, match="stopped"):
        session.value("SELECT 1")


def test_sources_written_meanwhile_are_read_again(company: CompanyFolder) -> None:
    with bootstrap.workplace(str(company.folder)) as work:
        company.stream("pbx", "calls", "id\n1\n", into="calls", columns={"activity_id": "id"})
        assert sorted(bootstrap.reread(work).sources) == ["crm", "pbx"]
        assert list(work.sources) == ["crm"]


def test_a_folder_without_settings_is_no_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"no voronka\.toml in this folder"):
        bootstrap.folder_of(str(tmp_path))
    with pytest.raises(SettingsError):
        bootstrap.folder_if_any(str(tmp_path))
    monkeypatch.delenv("VORONKA_COMPANY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert bootstrap.folder_if_any(None) is None


def test_the_current_folder_and_the_variable_name_a_company(
    company: CompanyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VORONKA_COMPANY", str(company.folder))
    assert bootstrap.folder_of(None) == company.folder
    monkeypatch.delenv("VORONKA_COMPANY")
    monkeypatch.chdir(company.folder)
    assert bootstrap.folder_if_any(None) == company.folder


def test_today_is_the_day_in_the_companys_zone(company: CompanyFolder) -> None:
    late = at("2026-03-01 22:30")  # half past one at night in Moscow
    metrics = bootstrap.metrics(company.folder, lambda: late)
    assert metrics.company.today() == date(2026, 3, 2)
    metrics.close()


def test_metrics_answer_from_the_lake(company: CompanyFolder) -> None:
    company.load_and_build()
    metrics = bootstrap.metrics(company.folder, lambda: NOON)
    day = Period(date(2026, 3, 2), date(2026, 3, 2))
    assert metrics.query(Query(metrics=("deals_won",), scope=Scope.everything(), period=day)).rows == [{"deals_won": 1}]
    metrics.close()


def test_a_companys_own_metrics_lie_over_the_built_in_ones(company: CompanyFolder) -> None:
    company.write(
        "metrics/own.yml",
        """
        fact: fct_deals
        time: closed_at
        dimensions: [employee]
        metrics:
          big_deals:
            title: { ru: Крупные сделки, en: Big deals }
            count: rows
            where: amount > 50
        """,
    )
    catalogue = bootstrap.catalogue(company.folder, load_settings(company.folder))
    assert {"big_deals", "deals_won"} <= set(catalogue.names)
    assert "big_deals" not in bootstrap.catalogue_of(None).names
    assert "big_deals" in bootstrap.additive_metrics(company.folder, load_settings(company.folder))
    assert "win_rate" not in bootstrap.additive_metrics(company.folder, load_settings(company.folder))


def test_metrics_of_a_company_that_are_not_utf_8_are_told_by_name(company: CompanyFolder) -> None:
    company.write("metrics/own.yml", "# метрики", encoding="cp1251")
    with pytest.raises(SettingsError, match=r"metrics/own\.yml: the file is not in UTF-8"):
        bootstrap.catalogue_of(company.folder)


def test_rows_put_aside_are_those_of_the_last_build(company: CompanyFolder) -> None:
    (outcome,) = company.load()
    with pytest.raises(QuestionError, match="nothing is built yet"):
        bootstrap.rows_aside(str(company.folder), None)
    company.build()
    for load_id in (None, outcome.load_id):
        (row,) = bootstrap.rows_aside(str(company.folder), load_id)
        assert (row["row_number"], row["key"]) == (3, "2")
    assert bootstrap.rows_aside(str(company.folder), "another") == []


def test_what_was_examined_tells_the_installation_and_the_company(company: CompanyFolder) -> None:
    found = {finding.what: finding for finding in bootstrap.examined(str(company.folder))}
    assert found["duckdb"].state == "ok"
    assert found["core"].detail == "never built"
    company.load()
    with bootstrap.workplace(str(company.folder)) as work:
        build_core(work, bootstrap.additive_metrics(work.folder, work.settings))
    found = {finding.what: finding for finding in bootstrap.examined(str(company.folder))}
    assert found["core"].state == "ok"
    assert (found["metrics"].state, found["metrics"].detail[-14:]) == ("ok", " 0 of them own")
    company.write("metrics/own.yml", "metrics:\n  own: { title: { ru: Своя, en: Own }, formula: 2 * deals_wn }\n")
    found = {finding.what: finding for finding in bootstrap.examined(str(company.folder))}
    assert found["metrics"].state == "wrong"
    assert "metrics/own.yml:2: Unknown metric: deals_wn. Did you mean deals_won" in found["metrics"].detail
    with bootstrap.workplace(str(company.folder)) as work:
        assert bootstrap.remarks_of(work)[0].subject == "metrics"
    company.now += timedelta(hours=1)
    company.write("voronka.toml", "naem = 1\n")
    found = {finding.what: finding for finding in bootstrap.examined(str(company.folder))}
    assert found["company"].state == "wrong"
    assert "Did you mean name?" in found["company"].detail


def test_limits_spill_into_the_lake(company: CompanyFolder) -> None:
    limits = bootstrap.limits(load_settings(company.folder), company.folder)
    assert limits.spill == company.folder / "lake" / ".spill"


def test_the_clock_is_in_utc_without_a_zone() -> None:
    assert bootstrap.utc_now().tzinfo is None


def test_a_company_opened_for_its_people_sees_a_build_that_finishes_meanwhile(company: CompanyFolder) -> None:
    company.load()
    opened = bootstrap.open_for_people(str(company.folder), lambda: NOON)
    assert (opened.data_version(), opened.built_at(), opened.is_demo) == ("", None, False)
    company.build()
    assert opened.data_version() == company.data_version()
    assert opened.built_at() == at("2026-03-02 10:00")  # loaded at nine, the clock then an hour on
    assert [each.rows for each in opened.freshness()] == [1]
    assert opened.local(NOON) == at("2026-03-02 15:00")
    opened.close()


def test_people_of_a_company_are_known_to_every_process(company: CompanyFolder) -> None:
    settings = load_settings(company.folder)
    first, second = (bootstrap.people_of(company.folder, settings, lambda: NOON) for _ in range(2))
    user = first.accounts.add_user("Анна", "0123456789")
    token = second.sessions.start(user.user_id)
    found = first.sessions.of_token(token)
    assert found is not None
    assert found.expires_at == NOON + timedelta(days=14)
    for people in (first, second):
        people.database.close()


def test_links_into_a_demo_are_of_one_visitor(company: CompanyFolder) -> None:
    company.write("demo.json", "{}")
    opened = bootstrap.open_for_people(str(company.folder), lambda: NOON)
    tokens = {bootstrap.demo_link(opened) for _ in range(2)}
    assert len(tokens) == 2
    assert [(user.name, user.role, user.has_password) for user in opened.people.accounts.users()] == [
        ("Demo", "demo", False)
    ]
    opened.close()


def test_only_what_needs_the_people_loads_the_database() -> None:
    code = "import sys; from voronka import bootstrap; from voronka.cli import main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "voronka.cli.main" in loaded
    assert not {"sqlalchemy", "alembic", "fastapi", "voronka.operations.database"} & set(loaded)
