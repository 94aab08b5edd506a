"""Works a formula out from values that are at hand, by the laws that the compiled statement follows."""

from collections.abc import Callable

import sqlglot
from sqlglot import exp

from voronka.domain.errors import OurMistakeError
from voronka.metrics.expressions import Formula

ValueOf = Callable[[str], float | None]
"""Tells the value of a metric by its name, None where it is unknown."""


def formula_reckoner(formula: Formula) -> Callable[[ValueOf], float | None]:
    """Return what works the formula out: unknown where a part of it is, or where a divisor is 0."""
    tree = sqlglot.parse_one(formula.text, dialect="duckdb")
    return lambda value_of: _value(tree, value_of)


def _value(node: exp.Expr, value_of: ValueOf) -> float | None:
    if isinstance(node, exp.Paren):
        return _value(node.this, value_of)
    if isinstance(node, exp.Column):
        return value_of(node.name)
    if isinstance(node, exp.Literal):
        return float(node.this)
    if isinstance(node, exp.Neg):
        value = _value(node.this, value_of)
        return None if value is None else -value
    return _of_two(node, value_of)


def _of_two(node: exp.Expr, value_of: ValueOf) -> float | None:
    one, other = _value(node.this, value_of), _value(node.expression, value_of)
    if one is None or other is None:
        return None
    if isinstance(node, exp.Div):
        return one / other if other else None
    if isinstance(node, exp.Mul):
        return one * other
    if isinstance(node, exp.Add):
        return one + other
    if isinstance(node, exp.Sub):
        return one - other
    raise OurMistakeError(f"a formula holds what formulas may not: {type(node).__name__}")
