import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import workplace
from voronka.domain.errors import OurMistakeError, RetryError
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.pipeline.building import build_core
from voronka.transform.configured import BuildInputs
from voronka.transform.runner import Build, build_lock, views

DEALS = {"deal_id": "id", "amount": "sum", "stage": "stage"}
PIPELINE = "pipeline: sales\nstages:\n  - { id: New }\n  - { id: Won, outcome: won }\n"


def filled(company: CompanyFolder) -> None:
    company.pipeline(PIPELINE)
    company.stream("crm", "deals", "id,sum,stage\n1,100,New\n2,200,Won\n", into="deals", columns=DEALS)
    company.stream(
        "ads", "spend", "day,cost\n2026-01-01,5\n", into="ad_spend", key="auto", columns={"day": "day", "cost": "cost"}
    )
    company.load_and_build()


def test_every_table_is_built_though_no_source_maps_it(company: CompanyFolder) -> None:
    company.build()
    for name, table in tables().items():
        assert company.ask(f"SELECT * FROM {name} LIMIT 0") == [], name
        shown = company.ask(f"SELECT column_name, column_type FROM (DESCRIBE {name})")
        assert [column for column, _ in shown][: len(table.own)] == [column.name for column in table.own]


def test_nothing_new_rebuilds_nothing(company: CompanyFolder) -> None:
    filled(company)
    version = company.data_version()
    company.load()
    assert company.rebuilt() == set()
    assert company.data_version() == version


def test_a_load_rebuilds_only_what_is_made_of_it(company: CompanyFolder) -> None:
    filled(company)
    columns = {"case_id": "case", "activity": "step", "happened_at": "at"}
    company.stream("erp", "log", "case,step,at\n1,order,2026-01-01\n", into="events", key="auto", columns=columns)
    company.load()
    # any load moves on the moment that the check of what was done in the future looks from
    assert company.rebuilt() == {"fct_foreign_events", "quarantine", "fct_quality_issues"}
    company.export("ads", "spend", "day,cost\n2026-01-02,7\n", suffix="_2")
    company.load()
    rebuilt = company.rebuilt()
    assert "fct_ad_spend" in rebuilt
    assert not rebuilt & {"fct_foreign_events", "fct_changes", "dim_calendar", "dim_employee", "dim_account"}


def test_a_build_may_be_of_some_tables_and_of_what_they_are_made_of(company: CompanyFolder) -> None:
    filled(company)
    company.export("ads", "spend", "day,cost\n2026-01-02,7\n", suffix="_2")
    company.load()
    with workplace(str(company.folder), lambda: company.now) as work:
        names = {built.table for built in build_core(work, (), only={"fct_ad_spend"})}
    assert "fct_ad_spend" in names
    assert not names & {"fct_deals", "fct_activities", "fct_quality_issues"}


def test_a_plan_of_a_person_known_already_rebuilds_plans_alone(company: CompanyFolder) -> None:
    columns = {"metric": "m", "employee": "who", "starts_on": "from", "ends_on": "to", "value": "v"}
    plan = "m,who,from,to,v\ncalls,Anna,2026-01-01,2026-01-31,10\n"
    company.stream("crm", "plans", plan, into="plans", key="auto", columns=columns)
    filled(company)
    company.export("crm", "plans", plan.replace(",10\n", ",20\n"), suffix="_2")
    company.load()
    rebuilt = company.rebuilt()
    assert "fct_plans" in rebuilt
    assert not rebuilt & {"dim_employee", "dim_team", "fct_deals", "fct_activities", "fct_leads", "fct_events"}
    assert company.rebuilt() == set()
    company.export("crm", "plans", plan.replace("Anna", "Vera"), suffix="_3")  # nobody spoke of Vera before
    company.load()
    assert {"dim_employee", "fct_deals"} <= company.rebuilt()


def test_a_changed_pipeline_rebuilds_stages_and_deals(company: CompanyFolder) -> None:
    filled(company)
    company.pipeline("pipeline: sales\nstages:\n  - { id: Won, outcome: lost }\n  - { id: New }\n")
    rebuilt = company.rebuilt()
    assert {"dim_stage", "fct_deals", "fct_stage_entries"} <= rebuilt
    assert not rebuilt & {"dim_calendar", "fct_ad_spend", "dim_employee"}
    assert company.table("fct_deals", "deal_id outcome") == [("crm:1", "open"), ("crm:2", "lost")]


def test_a_changed_zone_or_calendar_rebuilds_what_is_cut_by_it(company: CompanyFolder) -> None:
    filled(company)
    company.write("voronka.toml", 'time_zone = "Europe/Moscow"\n[calendar]\ndays_off = [2026-03-04]\n')
    assert "dim_calendar" in company.rebuilt()
    company.write("voronka.toml", 'time_zone = "Asia/Omsk"\n[calendar]\ndays_off = [2026-03-04]\n')
    rebuilt = company.rebuilt()
    assert {"fct_deals", "fct_ad_spend", "fct_activities"} <= rebuilt
    assert "dim_calendar" in rebuilt  # it says at which moments work begins and ends


def test_a_build_killed_between_two_tables_is_finished_by_the_next(company: CompanyFolder) -> None:
    filled(company)
    before = company.table("fct_deals", "deal_id amount outcome")
    version = company.data_version()
    company.export("crm", "deals", "id,sum,stage\n1,150,Won\n", suffix="_2")
    company.load()

    def kill(name: str, _done: int, _all: int) -> None:
        if name == "fct_deal_states":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        company.build(kill)
    assert company.table("fct_deals", "deal_id amount outcome") == before
    assert company.data_version() == version
    rebuilt = company.rebuilt()
    assert "fct_deal_states" in rebuilt
    assert "fct_deals" not in rebuilt
    assert company.table("fct_deals", "deal_id amount outcome") == [("crm:1", 150, "won"), ("crm:2", 200, "won")]


def test_a_killed_build_leaves_a_session_in_which_the_next_one_goes_on(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum,stage\n1,100,New\n", into="deals", columns=DEALS)
    company.load()

    def kill(name: str, _done: int, _all: int) -> None:
        if name == "fct_leads":
            raise KeyboardInterrupt

    with workplace(str(company.folder), lambda: company.now) as work:
        with pytest.raises(KeyboardInterrupt):
            build_core(work, [], kill)
        build_core(work, [])
    assert company.table("fct_deals", "deal_id") == [("crm:1",)]


def test_a_reader_sees_a_finished_build_only(company: CompanyFolder) -> None:
    filled(company)
    engine = DuckDBEngine(DeltaStore(company.folder / "lake"), views())
    company.export("crm", "deals", "id,sum,stage\n3,300,New\n", suffix="_2")
    company.load()
    seen: list[int] = []

    def look(_name: str, _done: int, _all: int) -> None:
        seen.append(engine.execute("SELECT count(*) AS n FROM fct_deals").column("n").to_pylist()[0])

    company.build(look)
    look("", 0, 0)
    engine.close()
    assert (set(seen[:-1]), seen[-1]) == ({2}, 3)


def test_two_builds_at_once_are_refused(company: CompanyFolder) -> None:
    company.build()
    with build_lock(DeltaStore(company.folder / "lake")), pytest.raises(RetryError, match="another build is running"):
        company.build()
    assert company.rebuilt() == set()


def test_tables_follow_those_they_are_made_of(company: CompanyFolder) -> None:
    order: list[str] = []
    company.build(lambda name, _done, _all: order.append(name))
    for earlier, later in [
        ("fct_deals", "fct_deal_states"),
        ("dim_rate", "fct_payments"),
        ("fct_plans", "fct_plan_days"),
    ]:
        assert order.index(earlier) < order.index(later)
    assert sorted(order) == sorted(name for name, table in tables().items() if not table.view)


def test_tables_that_refer_to_each_other_are_our_mistake(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        build = Build(work.store, work.session, BuildInputs(work.settings, [], [], [], 2026), str)
        build.graph["dim_rate"] = ["fct_payments"]
        with pytest.raises(OurMistakeError, match="in a circle at"):
            build.run()


def test_facts_are_cut_by_the_local_month_of_their_main_time(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", "id,at\n1,2026-02-01\n2,\n3,2026-02-28T22:00:00Z\n", into="deals",
        columns={"deal_id": "id", "created_at": "at"},
    )  # fmt: skip
    company.load_and_build()
    assert company.table("fct_deals", "deal_id month") == [
        ("crm:1", "2026-02"),
        ("crm:2", "none"),
        ("crm:3", "2026-03"),
    ]
    folders = {path.name for path in (company.folder / "lake/core/fct_deals").glob("month=*")}
    assert folders == {"month=2026-02", "month=2026-03", "month=none"}


@pytest.mark.parametrize("name", sorted(views()))
def test_a_view_shows_the_rows_that_its_table_says(name: str) -> None:
    table = tables()[name]
    select = views()[name].split("\n", 1)[1].strip()
    assert select == f"SELECT * FROM {table.rows_of} WHERE {table.among.replace('f.', '')}"
