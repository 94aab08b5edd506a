from tests.metrics.memory_engine import column, lake_of, march, metrics_over, query
from voronka.metrics.catalogue import Catalogue


def test_a_boolean_is_filtered_by_its_words() -> None:
    lake = lake_of(fct_leads="lead_id | created_at | is_target\n1 | 2026-03-01 10:00 | true\n2 | 2026-03-01 10:00 |")
    metrics = metrics_over(lake)
    assert metrics.query(query("leads", where=["is_target=да"])).totals == {"leads": 1}
    assert metrics.query(query("leads", where=["is_target=false"])).totals == {"leads": 0}
    assert column(metrics.query(query("leads", by=["is_target"])), "is_target", "leads") == {True: 1, None: 1}


def test_distinct_values_are_counted_once_in_the_total() -> None:
    own = """fact: fct_calls
time: started_at
dimensions: [employee]
metrics:
  clients: { title: { ru: К, en: C }, count_distinct: account_id }
"""
    lake = lake_of(
        fct_calls="""call_id | employee | account_id | started_at
                     1 | Anna | x | 2026-03-01 10:00
                     2 | Boris | x | 2026-03-01 10:00
                     3 | Boris | y | 2026-03-01 10:00""",
    )
    answer = metrics_over(lake, catalogue=Catalogue.load([("own.yml", own)])).query(query("clients", by=["employee"]))
    assert column(answer, "employee", "clients") == {"Anna": 1, "Boris": 2}
    assert answer.totals == {"clients": 2}


def test_views_of_one_table_that_are_read_at_once_give_each_metric_its_own_rows() -> None:
    lake = lake_of(
        fct_calls="""call_id | employee | started_at | answered | talk_seconds
                     1 | Anna | 2026-03-01 10:00 | true | 3600
                     2 | Anna | 2026-03-01 11:00 | false |""",
        fct_meetings="""activity_id | employee | started_at | status
                        3 | Anna | 2026-03-02 10:00 | done
                        4 | Boris | 2026-03-02 10:00 | planned""",
        fct_activities="""activity_id | kind | status | employee | started_at
                          5 | call | planned | Anna | 2026-03-03 10:00
                          6 | note | done | Vera | 2026-03-03 10:00""",
    )
    asked = query("calls", "talk_time", "meetings", "activities", by=["employee"], period=march())
    answer = metrics_over(lake).query(asked)
    assert {name: answer.totals[name] for name in ("calls", "talk_time", "meetings")} == {
        "calls": 2, "talk_time": 1, "meetings": 1
    }  # fmt: skip
    assert column(answer, "employee", "calls") == {"Anna": 2, "Boris": 0}  # a meeting planned is a row of meetings


def test_an_average_of_nothing_is_unknown() -> None:
    answer = metrics_over(lake_of()).query(query("average_wait", "average_deal", period=march()))
    assert answer.totals == {"average_wait": None, "average_deal": None}


def test_a_deal_is_counted_on_each_of_its_axes() -> None:
    lake = lake_of(
        fct_deals="deal_id | created_at | closed_at | outcome\n1 | 2026-01-05 10:00 | 2026-03-05 10:00 | won"
    )
    answer = metrics_over(lake).query(query("deals_created", "deals_won", by=["month"]))
    assert answer.rows == [
        {"month": "2026-01", "deals_created": 1, "deals_won": 0},
        {"month": "2026-03", "deals_created": 0, "deals_won": 1},
    ]
