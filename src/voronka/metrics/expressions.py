"""Formulas over metrics, the second small language of a definition; the first is that of fragments over a row."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlglot import exp

from voronka.domain.fragments import ARITHMETIC, check_column, check_node, doubled, parse_tree, written


@dataclass(frozen=True)
class Formula:
    """A checked formula over metrics."""

    text: str
    names: tuple[str, ...]

    def sql(self, column: Callable[[str], str]) -> str:
        """Return the formula as SQL; `column` says how a metric is written in it."""
        return _written(self.text, tuple((name, column(name)) for name in self.names))

    @property
    def is_linear(self) -> bool:
        """Say whether the formula only adds up metrics, each perhaps times a number: then parts sum to the whole."""
        return _adds_up(self.text)

    def division(self) -> tuple["Formula", "Formula"] | None:
        """Return a and b of a formula that reads `100 * a / b`, None of any other."""
        return _divided(self.text)


@lru_cache(maxsize=4096)
def _written(text: str, columns: tuple[tuple[str, str], ...]) -> str:
    return written(doubled(parse_tree(text, ""), dict(columns).__getitem__))


@lru_cache(maxsize=4096)
def _adds_up(text: str) -> bool:
    return _is_linear(parse_tree(text, ""))


@lru_cache(maxsize=4096)
def _divided(text: str) -> tuple[Formula, Formula] | None:
    tree = parse_tree(text, "")
    if not isinstance(tree, exp.Div) or not isinstance(tree.this, exp.Mul):
        return None
    factor, share = tree.this.this, tree.this.expression
    if not isinstance(factor, exp.Literal) or factor.this != "100":
        return None
    return _formula(share), _formula(tree.expression)


def parse_formula(
    text: str, known: Collection[str], where: str, constants: Mapping[str, float] | None = None
) -> Formula:
    """Return a checked formula over the known metrics; DefinitionError, placed at `where`, names what is wrong.

    `constants` are numbers that a formula may name; they stand in it as numbers.
    """
    named = dict(constants or {})
    tree = parse_tree(text, where)
    for node in tree.walk():
        check_node(node, ARITHMETIC, text, where)
        check_column(node, (*known, *named), "metric", where)
    return _formula(_with_constants(tree, named))


def _with_constants(tree: exp.Expression, constants: Mapping[str, float]) -> exp.Expression:
    root = exp.Paren(this=tree)
    for node in [each for each in tree.find_all(exp.Column) if each.name in constants]:
        node.replace(exp.Literal.number(f"{constants[node.name]:g}"))
    return root.this  # type: ignore[no-any-return]  # sqlglot types `this` as Any


def _is_linear(tree: exp.Expr) -> bool:
    if isinstance(tree, (exp.Paren, exp.Neg)):
        return _is_linear(tree.this)
    if isinstance(tree, (exp.Add, exp.Sub)):
        return _is_linear(tree.this) and _is_linear(tree.expression)
    if isinstance(tree, (exp.Mul, exp.Div)) and isinstance(tree.expression, exp.Literal):
        return _is_linear(tree.this)
    if isinstance(tree, exp.Mul) and isinstance(tree.this, exp.Literal):
        return _is_linear(tree.expression)
    return isinstance(tree, exp.Column)


def _formula(tree: exp.Expression) -> Formula:
    names = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column, bfs=False)))  # as written
    return Formula(tree.sql("duckdb"), names)
