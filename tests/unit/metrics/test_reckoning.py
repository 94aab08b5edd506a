"""Formulas worked out from values at hand."""

import pytest

from voronka.metrics.expressions import parse_formula
from voronka.metrics.reckoning import formula_reckoner

KNOWN = ("won", "lost", "spend")


def worked_out(text: str, **values: float | None) -> float | None:
    return formula_reckoner(parse_formula(text, KNOWN, "here"))(values.__getitem__)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("100 * won / (won + lost)", 25.0),
        ("won - lost", -2.0),
        ("-won + 0.5 * lost", 0.5),
        ("won * lost", 3.0),
    ],
)
def test_a_formula_is_worked_out(text: str, result: float) -> None:
    assert worked_out(text, won=1, lost=3) == pytest.approx(result)


def test_nothing_to_divide_by_is_unknown() -> None:
    assert worked_out("100 * won / (won + lost)", won=0, lost=0) is None


def test_what_stands_on_the_unknown_is_unknown() -> None:
    assert worked_out("won / spend", won=1, spend=None) is None
    assert worked_out("-spend", spend=None) is None
