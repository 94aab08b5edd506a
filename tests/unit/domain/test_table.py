from voronka.domain.table import Column, Table, columns_of, money, text, times, typed


def test_columns_are_read_of_a_text() -> None:
    described = "n BIGINT;" + text("a b") + times("at") + money("sum") + typed("BOOLEAN", "is_x") + "m DECIMAL(18,6)"
    assert [(column.name, column.type) for column in columns_of(described)] == [
        ("n", "BIGINT"), ("a", "TEXT"), ("b", "TEXT"), ("at", "TIMESTAMP"), ("sum", "DECIMAL(18,2)"),
        ("is_x", "BOOLEAN"), ("m", "DECIMAL(18,6)"),
    ]  # fmt: skip


def test_a_table_without_a_time_has_its_own_columns_alone() -> None:
    table = Table("dim_thing", "one row per thing", (Column("thing_id", "TEXT"),))
    assert (table.is_fact, table.columns, table.sort) == (False, table.own, ())


def test_every_axis_adds_its_columns_and_the_table_its_month() -> None:
    own = columns_of("id TEXT; made_at TIMESTAMP; day DATE")
    names = [
        column.name for column in Table("fct_things", "one row per thing", own, ("made", "day"), owned=True).columns
    ]
    assert names[3:] == [
        "made_day", "made_hour", "made_employee_id", "made_team_id", "made_role",
        "day_employee_id", "day_team_id", "day_role", "month",
    ]  # fmt: skip


def test_a_view_says_which_rows_of_its_table_it_shows() -> None:
    calls = Table("fct_calls", "", (), view=True, rows_of="fct_activities", kind="call", made=True)
    assert calls.among == "f.kind = 'call' AND coalesce(f.status, 'done') NOT IN ('planned', 'cancelled')"
    assert Table("fct_tasks", "", (), view=True, kind="task").among == "f.kind = 'task'"
    assert Table("fct_activities", "", ()).among == ""
