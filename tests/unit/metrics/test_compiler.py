from tests.metrics.memory_engine import lake_of, march, metrics_over, query


def test_a_statement_has_a_branch_per_fact_and_axis() -> None:
    sql = metrics_over(lake_of()).explain(query("deals_created", "win_rate", "calls", by=["month"]))
    named = [
        name for name in ("deals_created AS (", "deals_closed AS (", "calls_started AS (", "united AS (") if name in sql
    ]
    assert len(named) == 4


def test_formulas_stand_on_formulas() -> None:
    lake = lake_of(
        fct_deals="""deal_id | created_at | closed_at | outcome | amount_home
                     1 | 2026-03-01 10:00 | 2026-03-05 10:00 | won | 80
                     2 | 2026-03-01 10:00 | 2026-03-05 10:00 | lost | 80""",
        fct_deal_states="deal_id | from_day | to_day\n3 | 2026-03-01 | 9999-12-31",
    )
    answer = metrics_over(lake).query(query("sales_velocity", period=march()))
    assert answer.totals == {"sales_velocity": 1 * 80 * 0.5 / 4}


def test_every_bucket_is_there_only_where_time_is_the_only_cut() -> None:
    metrics = metrics_over(lake_of())
    assert len(metrics.query(query("calls", by=["week"], period=march())).rows) == 6
    assert metrics.query(query("calls", by=["week", "employee"], period=march())).rows == []


def test_every_listed_metric_compiles_and_runs_in_every_way() -> None:
    lake = lake_of()
    metrics = metrics_over(lake)
    names = [metric.name for metric in metrics.catalogue.listed() if metric.verb != "computed"]
    for more in (
        {},
        {"period": march()},
        {"period": march(), "compare": "previous"},
        {"period": march(), "owner": "now"},
    ):
        for by in ([], ["month"]):
            answer = metrics.query(query(*names, by=by, intervals=True, **more))
            assert set(names) <= set(answer.totals)
    cuts: dict[str, list[str]] = {}
    for name in names:
        for dimension in metrics.catalogue.dimensions_of(name):
            cuts.setdefault(dimension, []).append(name)
    for dimension, cut in cuts.items():
        assert metrics.query(query(*cut, by=[dimension])).rows == []


def test_the_present_day_is_given_only_to_a_statement_that_speaks_of_it() -> None:
    metrics = metrics_over(lake_of())
    assert "-- $today = datetime.date(2026, 3, 31)" in metrics.explain(query("tasks_overdue"))
    assert "$today" not in metrics.explain(query("tasks_done"))
