import pytest

from voronka.domain.errors import DefinitionError
from voronka.metrics.expressions import parse_formula

NAMES = ["won", "lost", "sold"]


def _formula(text: str) -> str:
    return parse_formula(text, NAMES, "file.yml:3").sql(lambda name: f'a."{name}"')


def test_a_formula_names_its_metrics_as_they_are_written() -> None:
    assert parse_formula("won + lost + sold", NAMES, "").names == ("won", "lost", "sold")


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


def test_the_divisor_of_a_formula_is_in_nullif() -> None:
    assert _formula("won / (won + lost)").endswith('/ nullif((CAST(a."won" AS DOUBLE) + CAST(a."lost" AS DOUBLE)), 0)')


def test_a_constant_stands_in_a_formula_as_its_number() -> None:
    formula = parse_formula("won * minutes / 60 + lost", NAMES, "", {"minutes": 2.5})
    assert formula.names == ("won", "lost")
    assert "2.5" in formula.sql(lambda name: f'a."{name}"')
    assert formula.is_linear
    with pytest.raises(DefinitionError, match="Unknown metric: minutes"):
        parse_formula("won * minutes", NAMES, "")
