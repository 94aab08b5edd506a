"""A small SQL expression over one row, as definitions and settings write it: parsed and held to an allow-list."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from voronka.domain.errors import DefinitionError, did_you_mean

ROW = "f"
"""The name under which a fragment's row stands in the compiled statement."""

TODAY, NOW = "today", "now"
"""What a fragment calls the company's present day, and the moment (UTC) up to which the data are known.

Both are parameters of the compiled statement.
"""

PRESENT = (TODAY, NOW)

MICROSECONDS = {"seconds": 1_000_000, "minutes": 60_000_000, "hours": 3_600_000_000, "days": 86_400_000_000}
"""The named durations between two times, and the microseconds of their unit; whole units would differ by engine."""

FUNCTIONS = ("abs", "coalesce", "greatest", "least", "lower", "nullif", *MICROSECONDS)
"""What a fragment may call: only what means the same on every engine."""

ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Paren, exp.Column, exp.Identifier, exp.Literal)
_LOGIC = (exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between)
_CHOICE = (exp.Case, exp.If, exp.Boolean, exp.Null, exp.Like)
_CALLS = (exp.Abs, exp.Coalesce, exp.Greatest, exp.Least, exp.Lower, exp.Nullif, exp.Anonymous)
_FRAGMENT = (*ARITHMETIC, *_LOGIC, *_CHOICE, *_CALLS)


@dataclass(frozen=True)
class Fragment:
    """A checked SQL expression over the row of one fact."""

    text: str
    sql: str
    columns: tuple[str, ...]

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Return the columns without which it tells nothing: all but those whose absence it reckons with."""
        tests = parse_tree(self.text, "").find_all(exp.Is)
        spared = {column.name for test in tests for column in test.find_all(exp.Column)}
        return tuple(name for name in self.columns if name not in spared)


def parse_fragment(text: str, columns: Collection[str], where: str, present: Collection[str] = PRESENT) -> Fragment:
    """Return a checked fragment; DefinitionError, placed at `where`, names what is not allowed in it.

    `present`: which of TODAY and NOW it may speak of.
    """
    tree = parse_tree(text, where)
    for node in tree.walk():
        check_node(node, _FRAGMENT, text, where)
        check_column(node, (*columns, *present), "column", where)
        _check_call(node, where)
    used = dict.fromkeys(column.name for column in tree.find_all(exp.Column))
    names = tuple(name for name in used if name not in PRESENT)
    return Fragment(text, written(doubled(tree, _in_row, cast=False)), names)


def _in_row(name: str) -> str:
    return f"${name}" if name in PRESENT else f"{ROW}.{name}"


def parse_tree(text: str, where: str) -> exp.Expression:
    """Return the tree of an expression; DefinitionError, placed at `where`, where it is none."""
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        message = f"Not an expression: {text}"
        raise DefinitionError(message, where=where) from error
    if not isinstance(tree, exp.Expression):
        message = f"Not an expression: {text}"
        raise DefinitionError(message, where=where)
    return tree


def check_node(node: exp.Expr, allowed: tuple[type[exp.Expr], ...], text: str, where: str) -> None:
    """Refuse a node that is not among those allowed."""
    if type(node) in allowed:
        return
    if isinstance(node, exp.Func):
        name = node.sql_name().lower()
        message = f"Function not allowed here: {name}"
        raise DefinitionError(message, where=where, do=did_you_mean(name, FUNCTIONS))
    message = f"Not allowed in an expression, {type(node).__name__.lower()}: {text}"
    raise DefinitionError(message, where=where)


def check_column(node: exp.Expr, known: Collection[str], kind: str, where: str) -> None:
    """Refuse a name that is not known; `kind` is what the names are."""
    if not isinstance(node, exp.Column):
        return
    if node.table or node.name not in known:
        name = node.sql("duckdb")
        message = f"Unknown {kind}: {name}"
        raise DefinitionError(message, where=where, do=did_you_mean(name, known))


def _check_call(node: exp.Expr, where: str) -> None:
    if not isinstance(node, exp.Anonymous):
        return
    name = node.name.lower()
    if name not in MICROSECONDS:
        message = f"Function not allowed here: {name}"
        raise DefinitionError(message, where=where, do=did_you_mean(name, FUNCTIONS))
    if len(node.expressions) != 2:  # noqa: PLR2004 - from and until
        message = f"{name} takes two times: {name}(from, until)"
        raise DefinitionError(message, where=where)


def doubled(tree: exp.Expression, column: Callable[[str], str], *, cast: bool = True) -> exp.Expression:
    """Return the tree with its columns written, durations spelt out, and no decimal or whole-number division left."""

    def rewrite(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column):
            written: exp.Expr = exp.maybe_parse(column(node.name), dialect="duckdb")
            return _as_double(written) if cast else written
        if isinstance(node, exp.Literal) and not node.is_string and not node.is_int:
            return _as_double(node)
        if isinstance(node, exp.Anonymous):
            return _duration(node)
        if isinstance(node, exp.Div):
            return _division(node)
        return node

    return _once(tree, rewrite)


def _once(tree: exp.Expression, rewrite: Callable[[exp.Expr], exp.Expr]) -> exp.Expression:
    """Return the tree rewritten from the leaves up, each node once."""
    root = exp.Paren(this=tree.copy())
    for node in _leaves_first(root.this):
        replacement = rewrite(node)
        if replacement is not node:
            node.replace(replacement)
    return root.this  # type: ignore[no-any-return]  # sqlglot types `this` as Any


def _leaves_first(tree: exp.Expr) -> Iterator[exp.Expr]:
    return reversed(list(tree.walk(bfs=True)))


def _as_double(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Cast):
        return node
    return exp.Cast(this=node.copy(), to=exp.DataType.build("double"))


def _division(node: exp.Div) -> exp.Expr:
    divisor = node.expression.copy()
    if not _is_number(divisor):
        divisor = exp.Nullif(this=divisor, expression=exp.Literal.number(0))
    return exp.Div(this=_as_double(node.this), expression=divisor)


def _is_number(node: exp.Expr) -> bool:
    bare = node.this if isinstance(node, exp.Cast) else node
    return isinstance(bare, exp.Literal) and not bare.is_string and float(bare.this) != 0


def _duration(node: exp.Anonymous) -> exp.Expr:
    first, last = (argument.sql("duckdb") for argument in node.expressions)
    unit = MICROSECONDS[node.name.lower()]
    return exp.maybe_parse(f"(CAST(epoch_us({last}) - epoch_us({first}) AS DOUBLE) / {unit})", dialect="duckdb")


def written(tree: exp.Expression) -> str:
    """Return a tree as SQL."""
    return tree.sql("duckdb", normalize_functions="lower")
