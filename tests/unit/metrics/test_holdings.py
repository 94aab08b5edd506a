from datetime import date
from decimal import Decimal

from tests.metrics.memory_engine import TODAY, column, lake_of, march, metrics_over, query
from voronka.domain.period import Period
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.dimensions import Dimension
from voronka.metrics.holdings import Moment, ends, moments
from voronka.metrics.question import Query
from voronka.metrics.resolve import Question, resolve

STATES = """deal_id | employee | from_day   | to_day     | amount_home | share
            1       | Anna     | 2026-02-10 | 2026-03-20 | 100.10      |
            2       | Anna     | 2026-03-05 | 9999-12-31 |             |
            3       | Anna     | 2026-03-01 | 2026-03-05 | 30          | 0.5
            3       | Boris    | 2026-03-01 | 2026-03-05 | 30          | 0.5"""


def _question(asked: Query) -> Question:
    def nobody(_: Dimension, __: object) -> tuple[str | None, ...]:
        return ()

    return resolve(asked, Catalogue.load(), TODAY, nobody)


def test_a_row_holds_from_its_first_day_until_the_day_it_ends() -> None:
    metrics = metrics_over(lake_of(fct_deal_states=STATES))
    period = Period(date(2026, 3, 4), date(2026, 3, 6))
    answer = metrics.query(query("deals_open", by=["day"], period=period))
    assert column(answer, "day", "deals_open") == {"2026-03-04": 2, "2026-03-05": 2, "2026-03-06": 2}
    last = metrics.query(query("deals_open", by=["day"], period=Period(date(2026, 3, 19), date(2026, 3, 20))))
    assert column(last, "day", "deals_open") == {"2026-03-19": 2, "2026-03-20": 1}


def test_shares_are_counted_and_money_stays_exact() -> None:
    metrics = metrics_over(lake_of(fct_deal_states=STATES))
    period = Period(date(2026, 3, 1), date(2026, 3, 3))
    for by in (["employee"], ["employee", "week"]):
        answer = metrics.query(query("deals_open", "pipeline_amount", by=by, period=period))
        assert {row["employee"]: row["deals_open"] for row in answer.rows if row.get("week") != "2026-W09"} == {
            "Anna": 1.5,
            "Boris": 0.5,
        }
        assert answer.totals == {"deals_open": 2, "pipeline_amount": Decimal("130.10")}


def test_open_deals_of_unknown_amount_make_an_unknown_sum() -> None:
    metrics = metrics_over(lake_of(fct_deal_states=STATES))
    assert metrics.query(query("pipeline_amount", period=march())).totals == {"pipeline_amount": None}
    cut = metrics.query(query("pipeline_amount", by=["month"], period=march()))
    assert cut.rows == [{"month": "2026-03", "pipeline_amount": None}]


def test_the_end_of_a_period_to_come_is_today() -> None:
    assert ends(_question(query("deals_open", period=Period(date(2026, 3, 1), date(2026, 12, 31))))) == [
        Moment(0, TODAY)
    ]
    assert ends(_question(query("deals_open"))) == [Moment(0, TODAY)]


def test_each_bucket_is_looked_at_at_its_end_and_against_the_earlier_ones_end() -> None:
    question = _question(
        query("deals_open", by=["month"], period=Period(date(2026, 2, 1), date(2026, 2, 28)), compare="previous")
    )
    assert question.time_cut is not None
    assert moments(question, question.time_cut) == [
        Moment(0, date(2026, 2, 28), date(2026, 2, 1)),
        Moment(1, date(2026, 1, 31), date(2026, 2, 1)),
    ]


def test_a_sum_of_money_by_shares_has_no_dust_and_parts_are_the_whole() -> None:
    lake = lake_of(fct_deal_states="deal_id | employee | from_day | to_day\n0 | A | 2026-01-01 | 2026-01-02")
    lake.execute("SELECT 1 FROM fct_deal_states")
    lake.connection.execute(
        "INSERT INTO fct_deal_states BY NAME SELECT n AS deal_id, n % 2 AS employee_id, DATE '2026-03-01' AS from_day, "
        "DATE '9999-12-31' AS to_day, 232981.67 AS amount_home, 1 AS share FROM range(4000) AS made(n)"
    )
    metrics = metrics_over(lake)
    for asked in (
        query("pipeline_amount", by=["employee"]),
        query("pipeline_amount", by=["day", "employee"], period=march()),
    ):
        answer = metrics.query(asked)
        assert answer.totals["pipeline_amount"] == Decimal("232981.67") * 4000
        assert {row["pipeline_amount"] for row in answer.rows} == {Decimal("232981.67") * 2000}


NURTURED = """lead_id | employee | entered_day | from_day   | to_day
              1       | Anna     | 2026-03-01  | 2026-03-01 | 2026-03-11
              1       | Boris    | 2026-03-01  | 2026-03-11 | 9999-12-31
              2       | Anna     | 2026-03-05  | 2026-03-05 | 9999-12-31
              3       | Anna     |             | 2026-03-05 | 9999-12-31"""


def test_a_value_may_be_told_by_the_day_at_whose_end_it_is_looked_at() -> None:
    metrics = metrics_over(lake_of(fct_nurture_states=NURTURED))
    period = Period(date(2026, 3, 9), date(2026, 3, 12))
    answer = metrics.query(query("nurture_days", "leads_nurtured", by=["day"], period=period))
    assert column(answer, "day", "nurture_days") == {
        "2026-03-09": 6,  # 8 and 4 days, one unknown
        "2026-03-10": 7,
        "2026-03-11": 8,
        "2026-03-12": 9,
    }
    assert column(answer, "day", "leads_nurtured") == dict.fromkeys(
        ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"], 3
    )
    assert answer.totals == {"nurture_days": 9, "leads_nurtured": 3}
    people = metrics.query(query("nurture_days", by=["employee"], period=period))
    assert column(people, "employee", "nurture_days") == {"Anna": 7, "Boris": 11}
    compared = metrics.query(query("nurture_days", period=period, compare="previous"))
    # 4 and 0 days, at the end of the Thursday before
    assert compared.totals == {"nurture_days": 9, "nurture_days_previous": 2}


ISSUES = """check   | class | entity | record_id | employee | from_day   | to_day
            nothing | empty | deal   | deal 1    | Anna     | 2026-02-10 | 9999-12-31
            nobody  | empty | deal   | deal 1    | Anna     | 2026-02-20 | 2026-03-10
            nobody  | empty | deal   | deal 2    | Anna     | 2026-03-01 | 9999-12-31
            nobody  | empty | deal   | deal 3    | Boris    | 2026-02-01 | 2026-03-01"""


def test_different_things_that_hold_are_counted_once_in_every_bucket_and_in_all() -> None:
    metrics = metrics_over(lake_of(fct_quality_issues=ISSUES))
    period = Period(date(2026, 2, 1), date(2026, 3, 31))
    answer = metrics.query(query("records_empty", "quality_issues", by=["month"], period=period))
    assert column(answer, "month", "records_empty") == {"2026-02": 2, "2026-03": 2}
    assert column(answer, "month", "quality_issues") == {"2026-02": 3, "2026-03": 2}
    assert answer.totals == {"records_empty": 2, "quality_issues": 2}
    people = metrics.query(query("records_empty", by=["month", "employee"], period=period))
    assert {(row["month"], row["employee"]): row["records_empty"] for row in people.rows} == {
        ("2026-02", "Anna"): 1, ("2026-02", "Boris"): 1, ("2026-03", "Anna"): 2
    }  # fmt: skip
    before = metrics.query(query("records_empty", by=["month"], period=march(), compare="previous"))
    assert before.rows == [{"month": "2026-03", "records_empty": 2, "records_empty_previous": 2}]


def test_a_cut_whose_name_sql_keeps_for_itself_is_cut_and_filtered_by() -> None:
    metrics = metrics_over(lake_of(fct_quality_issues=ISSUES))
    answer = metrics.query(query("records_empty", by=["check"], period=Period(date(2026, 2, 1), date(2026, 2, 28))))
    assert answer.rows == [
        {"check": "nobody", "check_id": "name:nobody", "records_empty": 2},
        {"check": "nothing", "check_id": "name:nothing", "records_empty": 1},
    ]
    assert answer.totals == {"records_empty": 2}
    assert metrics.query(query("records_empty", where=["check=Nothing"])).totals == {"records_empty": 1}
