from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from voronka.domain.errors import SettingsError
from voronka.lake.session import Session, literal, quoted
from voronka.transform.expressions import Columns, compile_expression
from voronka.transform.readers import Reading, read, typed_text

NO_COLUMNS = Columns(lambda name: name, lambda name: name, lambda reader, sql, _: f"{reader}({sql})")


def value(session: Session, text: str, row: Mapping[str, str | None], wanted: str = "text") -> Any:  # noqa: ANN401
    """Return the value of an expression over one row of texts; a guessed column is a number where it looks like one."""

    def typed(reader: str, sql: str, _: str) -> str:
        formats = ("%d.%m.%Y %H:%M", "%d.%m.%Y", "iso")
        return read(Reading(reader, formats, "UTC"), typed_text(sql), "UTC")  # type: ignore[arg-type]

    def guess(name: str) -> str:
        said = row[name] or ""
        return typed("number", quoted(name), "") if said.replace(".", "").isdigit() else quoted(name)

    sql = compile_expression(text, "crm.calls: x", wanted, Columns(quoted, guess, typed))
    cells = ", ".join(f"CAST({'NULL' if v is None else literal(v)} AS TEXT) AS {quoted(n)}" for n, v in row.items())
    return session.value(f"SELECT {sql} FROM (SELECT {cells})")


def test_a_column_beside_a_number_is_a_number(session: Session) -> None:
    assert value(session, "seconds > 0", {"seconds": "12"}) is True
    assert value(session, "seconds > 0", {"seconds": "0"}) is False
    assert value(session, "seconds > 0", {"seconds": "abc"}) is None


def test_a_constant_text_is_itself(session: Session) -> None:
    assert value(session, "'won'", {"x": "1"}) == "won"
    assert value(session, "'it''s; time(x)'", {"x": "1"}) == "it's; time(x)"


def test_a_day_and_a_time_in_two_columns_make_one_moment(session: Session) -> None:
    row = {"Date": "25.03.2021", "Time": "10:05"}
    assert value(session, "time(Date || ' ' || Time)", row) == datetime.fromisoformat("2021-03-25 10:05")
    assert value(session, "Date || ' ' || Time", row, "time") == datetime.fromisoformat("2021-03-25 10:05")


def test_a_column_with_spaces_stands_in_double_quotes(session: Session) -> None:
    assert value(session, '"Talk time" > 60', {"Talk time": "61"}) is True
    assert value(session, '"time (s)" > 60', {"time (s)": "61"}) is True


def test_a_column_may_be_named_as_a_reader(session: Session) -> None:
    assert value(session, "time || day", {"time": "1", "day": "2"}) == "12"


def test_numbers_put_into_a_text_keep_their_spelling(session: Session) -> None:
    assert value(session, "Code || '-' || No", {"Code": "007", "No": "12"}) == "007-12"
    assert value(session, "Code", {"Code": "007"}, "id") == "007"


def test_division_by_zero_is_unknown(session: Session) -> None:
    assert value(session, "a / b", {"a": "5", "b": "0"}, "number") is None
    assert value(session, "a / b", {"a": "5", "b": "2"}, "number") == 2.5


def test_a_column_is_compared_with_a_text_as_it_is_written(session: Session) -> None:
    assert value(session, "state = '07'", {"state": "7"}) is False
    assert value(session, "state IN ('won', 'paid')", {"state": "paid"}) is True
    assert value(session, "state LIKE 'wo%'", {"state": "won"}) is True


def test_a_column_is_compared_with_a_day_as_a_day(session: Session) -> None:
    assert value(session, "day >= '2021-03-25'", {"day": "25.03.2021"}) is True
    assert value(session, "day BETWEEN '2021-03-26' AND '2021-03-27'", {"day": "25.03.2021"}) is False


def test_conditions_read_yes_and_no(session: Session) -> None:
    assert value(session, "NOT missed AND seconds > 5", {"missed": "нет", "seconds": "6"}) is True
    assert value(session, "missed = false", {"missed": "0"}) is True


def test_a_case_reads_its_branches_as_what_is_wanted(session: Session) -> None:
    text = "CASE WHEN kind = 'refund' THEN -amount ELSE amount END"
    assert value(session, text, {"kind": "refund", "amount": "5.5"}, "money") == -5.5
    text = "CASE kind WHEN 'a' THEN first ELSE second END"
    assert value(session, text, {"kind": "b", "first": "x", "second": "y"}) == "y"
    assert value(session, "CASE WHEN done THEN day END", {"done": "да", "day": "25.03.2021"}, "day") == date(
        2021, 3, 25
    )
    assert value(session, "if(n > 1, 'many', 'one')", {"n": "2"}) == "many"


def test_the_first_value_given_counts(session: Session) -> None:
    assert value(session, "coalesce(a, b)", {"a": None, "b": "x"}) == "x"
    assert value(session, "coalesce(duration(a), 0) + 60", {"a": "2:00"}, "duration") == 180
    assert value(session, "coalesce(nullif(a, '0'), 'none')", {"a": "0"}) == "none"


def test_durations_are_added_as_durations(session: Session) -> None:
    assert value(session, "ring + talk", {"ring": "0:10", "talk": "1:00:00"}, "duration") == 3610


def test_texts_are_cut_and_changed(session: Session) -> None:
    row = {"a": " Ab-cd "}
    assert value(session, "lower(trim(a))", row) == "ab-cd"
    assert value(session, "split_part(trim(a), '-', 2)", row) == "cd"
    assert value(session, "substring(trim(a), 1, 2)", row) == "Ab"
    assert value(session, "length(trim(a))", row) == 5


@pytest.mark.parametrize(
    "text",
    [
        "read_csv('/etc/passwd')",
        "(SELECT 1)",
        "x IN (SELECT a FROM b)",
        "EXISTS (SELECT 1)",
        "getenv('HOME')",
        "current_setting('home_directory')",
        "pragma_version()",
        "PRAGMA version",
        "x; DROP TABLE y",
        "COPY x TO 'file'",
        "x::INTEGER",
        "CAST(x AS DATE)",
        "now()",
        "random()",
        "count(x)",
        "sum(x) OVER ()",
        "t.x",
        "t.*",
        "*",
        "$x",
        "?",
        "x[1]",
        "[x]",
        "{'a': x}",
        "x -> y",
        "regexp_replace(x, 'a', 'b')",
        "number(x, y)",
        "number()",
        "number(getenv('HOME'))",
        "text(read_text('/etc/passwd'))",
        "CASE WHEN getenv('A') = 'b' THEN 1 END",
        "COLUMNS('.*')",
        "x COLLATE nocase",
        "x = ANY(y)",
        "INTERVAL 1 DAY",
        "$$a$$",
        "",
        "   ",
        "x >",
        "'open",
        '"open',
    ],
)
def test_whatever_is_not_on_the_list_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        compile_expression(text, "crm.calls: x", "text", NO_COLUMNS)


def test_a_refusal_names_the_stream_and_the_nearest_reader() -> None:
    with pytest.raises(SettingsError) as fault:
        compile_expression("numbre(x) > 1", "crm.calls: answered", "boolean", NO_COLUMNS)
    assert fault.value.sentence() == (
        "crm.calls: answered: the function numbre is not allowed here. Did you mean number?"
    )


def test_quotes_in_names_and_texts_do_not_open_anything(session: Session) -> None:
    row = {'a" b': "1", "x": "it's"}
    assert value(session, '"a"" b" || x', row) == "1it's"
    assert value(session, "x = 'it''s' -- '; DROP TABLE x", row) is True


def test_a_function_is_guessed_among_all_that_are_allowed() -> None:
    with pytest.raises(SettingsError, match=r"uper is not allowed here. Did you mean upper "):
        compile_expression("uper(x)", "crm.calls: x", "text", NO_COLUMNS)
