from datetime import date

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.table_rows import REFERENCE, TableRows

TODAY = date(2026, 3, 31)
EVERYTHING = Scope.everything()
ANNA = Scope.of("name:anna")


def test_values_nothing_and_several_values_become_conditions() -> None:
    where = {"outcome": "won", "stage_id": None, "kind": ("new", None), "product_id": ()}
    statement = TableRows("fct_deals", EVERYTHING, TODAY, where, ["deal_id"]).statement()
    assert statement.sql == (
        'SELECT\n  f."deal_id"\nFROM fct_deals AS f\nWHERE f.outcome = $p1\n  AND f.stage_id IS NULL\n'
        "  AND (f.kind IN ($p2) OR f.kind IS NULL)\n  AND (FALSE)"
    )
    assert statement.parameters == {"p1": "won", "p2": "new"}


def test_a_period_is_of_the_axis_asked_for_and_so_is_the_owner() -> None:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    rows = TableRows("fct_deals", ANNA, TODAY, columns=["deal_id"], period=march, given_axis="closed")
    sql = rows.statement().sql
    assert "f.closed_day >= $p1\n  AND f.closed_day <= $p2\n  AND f.closed_employee_id IN ($p3)" in sql


def test_a_page_stands_in_the_order_of_its_columns() -> None:
    sql = TableRows("dim_team", ANNA, TODAY, columns=["name", "team_id"]).statement(limit=5, offset=10).sql
    assert sql.endswith('ORDER BY f."name", f."team_id"\nLIMIT 5 OFFSET 10')


def test_rows_without_a_day_are_seen_by_who_sees_their_employee_today() -> None:
    bounded = Scope(spans=(Span("name:anna", date(2026, 1, 1), date(2026, 2, 1)),))
    asked = TableRows("fct_deal_states", bounded, TODAY, columns=["deal_id"]).statement()
    assert TODAY in asked.parameters.values()
    assert TODAY not in TableRows("fct_deal_states", ANNA, TODAY).statement().parameters.values()


def test_names_are_open_to_anybody_and_what_is_nobodys_to_marketing() -> None:
    assert "dim_step" in REFERENCE
    assert "WHERE" not in TableRows("dim_step", Scope(), TODAY).statement().sql
    assert "WHERE" not in TableRows("fct_ad_spend", Scope(unowned=True), TODAY).statement().sql
    with pytest.raises(QuestionError, match="fct_ad_spend belongs to no employee"):
        TableRows("fct_ad_spend", ANNA, TODAY).statement()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TableRows("fct_deal", EVERYTHING, TODAY), "Unknown table: fct_deal. Did you mean fct_deals"),
        (
            TableRows("fct_deals", EVERYTHING, TODAY, columns=["ammount"]),
            "has no column: ammount. Did you mean",
        ),
        (TableRows("fct_deals", EVERYTHING, TODAY, {"x": 1}), "fct_deals has no column: x"),
        (TableRows("fct_deals", EVERYTHING, TODAY, given_axis="close"), "fct_deals has no time: close"),
        (TableRows("dim_team", EVERYTHING, TODAY, period=Period(TODAY, TODAY)), "dim_team has no time of its own"),
    ],
)
def test_what_there_is_not_is_refused(rows: TableRows, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        rows.statement()
