import pytest

from voronka.domain.errors import DefinitionError
from voronka.domain.fragments import parse_fragment

COLUMNS = ["talk_seconds", "answered", "amount", "created_at", "closed_at", "direction"]


def _fragment(text: str) -> str:
    return parse_fragment(text, COLUMNS, "file.yml:3").sql


def test_a_decimal_number_and_a_divided_column_become_double() -> None:
    assert _fragment("talk_seconds / 3600.0") == "CAST(f.talk_seconds AS DOUBLE) / CAST(3600.0 AS DOUBLE)"


def test_a_sum_of_money_stays_exact() -> None:
    assert _fragment("amount") == "f.amount"


def test_days_between_two_times_are_fractions_of_microseconds() -> None:
    assert _fragment("days(created_at, closed_at)") == (
        "(CAST(epoch_us(f.closed_at) - epoch_us(f.created_at) AS DOUBLE) / 86400000000)"
    )


def test_a_fragment_names_its_columns() -> None:
    assert set(parse_fragment("direction = 'out' AND answered", COLUMNS, "").columns) == {"direction", "answered"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("talk_second", r"file.yml:3: Unknown column: talk_second. Did you mean talk_seconds\?"),
        ("f.amount", "Unknown column: f.amount"),
        ("now()", "Function not allowed here: now"),
        ("hour(created_at)", "Function not allowed here"),
        ("houers(created_at, closed_at)", r"Function not allowed here: houers. Did you mean hours\?"),
        ("hours(created_at)", "hours takes two times"),
        ("sum(amount)", "Function not allowed here: sum"),
        ("(SELECT 1)", "Not allowed in an expression, subquery"),
        ("amount IN (SELECT 1)", "Not allowed in an expression"),
        ("amount::INT", "Function not allowed here: cast"),
        ("row_number() OVER ()", "Not allowed in an expression"),
        ("amount; DROP TABLE x", "Not allowed in an expression|Not an expression"),
        ("amount +", "Not an expression"),
    ],
)
def test_what_is_not_allowed_in_a_fragment_is_named(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        _fragment(text)


def test_every_divisor_that_may_be_0_is_in_nullif() -> None:
    assert _fragment("amount / talk_seconds") == "CAST(f.amount AS DOUBLE) / nullif(f.talk_seconds, 0)"
    assert _fragment("amount / 0").endswith("nullif(0, 0)")


def test_the_present_day_and_moment_are_parameters_and_no_columns() -> None:
    fragment = parse_fragment("created_at < today OR closed_at < now", COLUMNS, "")
    assert fragment.sql == "f.created_at < $today OR f.closed_at < $now"
    assert fragment.columns == ("created_at", "closed_at")


def test_where_there_is_no_present_it_is_an_unknown_column() -> None:
    with pytest.raises(DefinitionError, match="Unknown column: today"):
        parse_fragment("created_at < today", COLUMNS, "", present=())
