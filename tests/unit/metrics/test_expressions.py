import pytest

from voronka.domain.errors import DefinitionError
from voronka.metrics.expressions import parse_formula, parse_fragment

COLUMNS = ["talk_seconds", "answered", "amount", "created_at", "closed_at", "direction"]
NAMES = ["won", "lost", "sold"]


def _fragment(text: str) -> str:
    return parse_fragment(text, COLUMNS, "file.yml:3").sql


def _formula(text: str) -> str:
    return parse_formula(text, NAMES, "file.yml:3").sql(lambda name: f'a."{name}"')


def test_a_decimal_number_and_a_divided_column_become_double() -> None:
    assert _fragment("talk_seconds / 3600.0") == "CAST(f.talk_seconds AS DOUBLE) / CAST(3600.0 AS DOUBLE)"


def test_every_divisor_that_may_be_0_is_in_nullif() -> None:
    assert _fragment("amount / talk_seconds") == "CAST(f.amount AS DOUBLE) / nullif(f.talk_seconds, 0)"
    assert _formula("won / (won + lost)").endswith('/ nullif((CAST(a."won" AS DOUBLE) + CAST(a."lost" AS DOUBLE)), 0)')
    assert _fragment("amount / 0").endswith("nullif(0, 0)")


def test_a_sum_of_money_stays_exact() -> None:
    assert _fragment("amount") == "f.amount"


def test_the_present_day_is_a_parameter_and_no_column() -> None:
    fragment = parse_fragment("created_at < today", COLUMNS, "")
    assert (fragment.sql, fragment.columns) == ("f.created_at < $today", ("created_at",))


def test_a_formula_names_its_metrics_as_they_are_written() -> None:
    assert parse_formula("won + lost + sold", NAMES, "").names == ("won", "lost", "sold")


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wonn / lost", r"Unknown metric: wonn. Did you mean won\?"),
        ("coalesce(won, 0)", "not allowed"),
        ("won > 1", "Not allowed"),
    ],
)
def test_a_formula_is_arithmetic_over_metrics(text: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        _formula(text)


def test_a_share_is_taken_apart() -> None:
    division = parse_formula("100 * won / (won + lost)", NAMES, "").division()
    assert division is not None
    assert [part.names for part in division] == [("won",), ("won", "lost")]
    assert parse_formula("won / lost", NAMES, "").division() is None
    assert parse_formula("60 * won / lost", NAMES, "").division() is None
    assert parse_formula("won + lost", NAMES, "").division() is None


@pytest.mark.parametrize(
    ("text", "linear"),
    [
        ("won + lost", True),
        ("won - 2 * (lost + sold) / 60", True),
        ("won / lost", False),
        ("won * lost", False),
        ("won + 1", False),
    ],
)
def test_only_added_metrics_sum_to_the_whole(text: str, linear: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert parse_formula(text, NAMES, "").is_linear is linear
