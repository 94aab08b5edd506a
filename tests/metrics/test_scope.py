"""Nobody sees rows outside their scope, whichever way they ask."""

from datetime import date

import pytest

from tests.metrics.memory_engine import MemoryEngine, column, lake_of, march, metrics_over, query
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope, Span
from voronka.metrics.answer import records

ANNA = Scope.of("name:anna")
HER_FEBRUARY = Scope(spans=(Span("name:anna", date(2026, 2, 1), date(2026, 3, 1)),))


@pytest.fixture
def lake() -> MemoryEngine:
    return lake_of(
        fct_deals="""deal_id | employee | created_at       | closed_at        | outcome | amount_home
                     1       | Anna     | 2026-01-10 10:00 | 2026-02-10 10:00 | won     | 10
                     2       | Anna     | 2026-01-10 10:00 | 2026-03-10 10:00 | won     | 20
                     3       | Boris    | 2026-01-10 10:00 | 2026-02-10 10:00 | won     | 40
                     4       |          | 2026-01-10 10:00 | 2026-02-10 10:00 | won     | 80
                     5       | Anna     | 2026-01-10 10:00 |                  | open    | 160""",
        fct_deal_states="""deal_id | employee | from_day   | to_day
                           1       | Anna     | 2026-01-10 | 2026-02-10
                           2       | Anna     | 2026-01-10 | 2026-03-10
                           3       | Boris    | 2026-01-10 | 2026-02-10""",
        fct_ad_spend="day | channel | cost_home\n2026-02-01 | K | 5",
    )


def test_a_limited_scope_sees_its_people_and_no_rows_of_nobody(lake: MemoryEngine) -> None:
    answer = metrics_over(lake).query(query("revenue", by=["employee"], scope=ANNA))
    assert column(answer, "employee", "revenue") == {"Anna": 30}
    assert answer.totals == {"revenue": 30}


def test_a_full_scope_keeps_the_rows_of_nobody(lake: MemoryEngine) -> None:
    assert metrics_over(lake).query(query("revenue")).totals == {"revenue": 150}


def test_a_span_opens_only_the_rows_of_its_days(lake: MemoryEngine) -> None:
    assert metrics_over(lake).query(query("revenue", scope=HER_FEBRUARY)).totals == {"revenue": 10}


def test_overlapping_spans_do_not_count_a_row_twice(lake: MemoryEngine) -> None:
    spans = (
        Span("name:anna", date(2026, 1, 1), date(2026, 2, 20)),
        Span("name:anna", date(2026, 2, 5), date(2026, 3, 1)),
    )
    scope = Scope(spans=spans)
    assert metrics_over(lake).query(query("revenue", scope=scope)).totals == {"revenue": 10}
    february = metrics_over(lake).query(query("deals_open", by=["week"], scope=scope, period=march())).rows
    assert {row["deals_open"] for row in february} == {0}


def test_what_is_open_is_seen_on_the_days_of_the_span(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake, today=date(2026, 3, 5))
    answer = metrics.query(query("deals_open", by=["month"], scope=HER_FEBRUARY))
    assert column(answer, "month", "deals_open")["2026-02"] == 1
    assert answer.totals == {"deals_open": 0}
    assert metrics.query(query("deals_open", scope=HER_FEBRUARY)).totals == {"deals_open": 0}
    assert metrics.query(query("deals_open", scope=ANNA)).totals == {"deals_open": 1}


def test_an_empty_scope_sees_nothing(lake: MemoryEngine) -> None:
    asked = query("revenue", "deals_open", scope=Scope())
    assert metrics_over(lake).query(asked).rows == [{"revenue": 0, "deals_open": 0}]
    assert metrics_over(lake).query(query("deals_open", by=["month"], scope=Scope(), period=march())).totals == {
        "deals_open": 0
    }


def test_spend_is_refused_also_inside_a_formula(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    for name in ("ad_spend", "roas", "cpl"):
        with pytest.raises(QuestionError, match="belongs to no employee"):
            metrics.query(query(name, scope=ANNA))
    assert metrics.query(query("ad_spend", scope=Scope(unowned=True))).totals == {"ad_spend": 5}


def test_an_unknown_name_is_not_guessed_at_for_a_limited_scope(lake: MemoryEngine) -> None:
    with pytest.raises(QuestionError) as refused:
        metrics_over(lake).query(query("revenue", where=["employee=Bori"], scope=ANNA))
    assert str(refused.value) == "No such employee: Bori"
    with pytest.raises(QuestionError, match=r"Did you mean Boris\?"):
        metrics_over(lake).query(query("revenue", where=["employee=Bori"]))


def test_whether_another_has_a_client_is_not_told_to_a_limited_scope() -> None:
    owned = lake_of(
        dim_employee="employee_id | name\na | Anna\nb | Boris",
        dim_account="account_id | name\n7 | Daisy",
        fct_deals="""deal_id | employee_id | closed_at | outcome | amount_home | closed_employee_id | account_id
                     1 | b | 2026-02-10 10:00 | won | 10 | b | 7""",
    )
    metrics = metrics_over(owned)
    for client in ("Daisy", "7", "Nobody"):
        assert metrics.query(query("revenue", where=[f"account={client}"], scope=ANNA)).totals == {"revenue": 0}
    assert metrics.query(query("revenue", where=["account=Daisy"])).totals == {"revenue": 10}
    with pytest.raises(QuestionError, match="No such account: Nobody"):
        metrics.query(query("revenue", where=["account=Nobody"]))


def test_the_owner_of_now_is_who_the_scope_asks_for_when_the_question_is_of_now() -> None:
    moved = lake_of(
        dim_employee="employee_id | name\na | Anna\nb | Boris",
        fct_deals="""deal_id | employee_id | closed_at | outcome | amount_home | closed_employee_id
                     1 | b | 2026-02-10 10:00 | won | 10 | a""",
    )
    metrics = metrics_over(moved)
    assert metrics.query(query("revenue", scope=Scope.of("a"))).totals == {"revenue": 10}
    assert metrics.query(query("revenue", scope=Scope.of("a"), owner="now")).totals == {"revenue": 0}
    assert metrics.query(query("revenue", scope=Scope.of("b"), owner="now")).totals == {"revenue": 10}


def test_an_answer_of_one_scope_is_never_given_to_another(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    answers = [
        metrics.query(query("revenue", scope=scope)).totals["revenue"]
        for scope in (Scope.everything(), ANNA, HER_FEBRUARY)
    ]
    assert answers == [150, 30, 10]


def test_rows_are_those_of_the_scope(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    seen = records(metrics.rows("fct_deals", HER_FEBRUARY, columns=["deal_id"], axis="closed"))
    assert seen == [{"deal_id": "1"}]
    assert len(records(metrics.rows("fct_deals", Scope.everything(), columns=["deal_id"]))) == 5


@pytest.mark.parametrize("table", ["fct_ad_spend", "identity", "dim_contact", "fct_changes", "quarantine", "fct_plans"])
def test_tables_of_nobody_are_closed_to_a_limited_scope(lake: MemoryEngine, table: str) -> None:
    with pytest.raises(QuestionError, match="belongs to no employee"):
        metrics_over(lake).rows(table, ANNA)


def test_marketing_sees_spend_and_no_clients(lake: MemoryEngine) -> None:
    metrics = metrics_over(lake)
    assert len(records(metrics.rows("fct_ad_spend", Scope(unowned=True)))) == 1
    with pytest.raises(QuestionError, match="belongs to no employee"):
        metrics.rows("dim_contact", Scope(unowned=True))


def test_names_are_open_to_everybody(lake: MemoryEngine) -> None:
    assert records(metrics_over(lake).rows("dim_channel", Scope(), columns=["name"])) == [{"name": "K"}]


def test_rows_with_no_day_are_seen_by_who_sees_their_employee_today() -> None:
    lake = lake_of(dim_account="account_id | employee_id\nx | name:anna\ny | name:boris")
    seen = [
        len(records(metrics_over(lake, today).rows("dim_account", HER_FEBRUARY)))
        for today in (date(2026, 2, 15), date(2026, 3, 15))
    ]
    assert seen == [1, 0]
