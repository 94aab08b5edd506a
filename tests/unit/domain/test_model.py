from voronka.domain.model import TABLES, Table, tables


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_an_axis_of_an_owned_fact_adds_the_day_and_the_owner_then() -> None:
    added = {"created_day", "created_employee_id", "created_team_id", "created_role"}
    assert added <= set(names(tables()["fct_deals"]))


def test_an_axis_of_a_fact_without_owner_adds_the_day_alone() -> None:
    touches = names(tables()["fct_touches"])
    assert "touched_day" in touches
    assert "touched_employee_id" not in touches


def test_a_fact_whose_axis_is_a_day_gets_no_second_day() -> None:
    assert names(tables()["fct_ad_spend"]).count("day") == 1
    assert "day_day" not in names(tables()["fct_ad_spend"])


def test_a_fact_is_cut_into_months_and_a_view_or_a_dimension_is_not() -> None:
    assert "month" in names(tables()["fct_activities"])
    assert "month" not in names(tables()["fct_calls"])
    assert "month" not in names(tables()["dim_team"])


def test_every_axis_is_a_column_of_its_fact() -> None:
    own = {table.name: {column.name for column in table.own} for table in TABLES}
    lost = [
        f"{table.name}.{axis}" for table in TABLES for axis in table.axes if not {axis, f"{axis}_at"} & own[table.name]
    ]
    assert lost == []


def test_no_column_and_no_table_stands_twice() -> None:
    assert len(tables()) == len(TABLES)
    assert [table.name for table in TABLES if len(set(names(table))) != len(table.columns)] == []


def test_a_selection_of_activities_has_the_columns_of_activities() -> None:
    assert tables()["fct_calls"].own == tables()["fct_activities"].own


def test_money_has_two_decimals_and_stands_in_the_companys_currency_too() -> None:
    kinds = {column.name: column.type for column in tables()["fct_deals"].own}
    assert kinds["amount"] == kinds["amount_home"] == "DECIMAL(18,2)"
