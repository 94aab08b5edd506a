"""The two small languages of a definition: SQL fragments over a fact's row, and formulas over metrics."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from voronka.domain.errors import DefinitionError, did_you_mean

ROW = "f"
"""The name under which a fragment's row stands in the compiled statement."""

TODAY = "today"
"""What a fragment calls the company's present day; a parameter of the compiled statement."""

MICROSECONDS = {"seconds": 1_000_000, "minutes": 60_000_000, "hours": 3_600_000_000, "days": 86_400_000_000}
"""The named durations between two times, and the microseconds of their unit; whole units would differ by engine."""

FUNCTIONS = ("abs", "coalesce", "greatest", "least", "lower", "nullif", *MICROSECONDS)
"""What a fragment may call: only what means the same on every engine."""

_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Paren, exp.Column, exp.Identifier, exp.Literal)
_LOGIC = (exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between)
_CHOICE = (exp.Case, exp.If, exp.Boolean, exp.Null, exp.Like)
_CALLS = (exp.Abs, exp.Coalesce, exp.Greatest, exp.Least, exp.Lower, exp.Nullif, exp.Anonymous)
_FRAGMENT = (*_ARITHMETIC, *_LOGIC, *_CHOICE, *_CALLS)


@dataclass(frozen=True)
class Fragment:
    """A checked SQL expression over the row of one fact."""

    text: str
    sql: str
    columns: tuple[str, ...]

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the columns without which it tells nothing: all but those whose absence it reckons with."""
        tests = _parse(self.text, "").find_all(exp.Is)
        spared = {column.name for test in tests for column in test.find_all(exp.Column)}
        return tuple(name for name in self.columns if name not in spared)


@dataclass(frozen=True)
class Formula:
    """A checked formula over metrics."""

    text: str
    names: tuple[str, ...]

    def sql(self, column: Callable[[str], str]) -> str:
        """Return the formula as SQL; `column` says how a metric is written in it."""
        return _written(_double(_parse(self.text, ""), column))

    @property
    def is_linear(self) -> bool:
        """Say whether the formula only adds up metrics, each perhaps times a number: then parts sum to the whole."""
        return _is_linear(_parse(self.text, ""))

    def division(self) -> tuple["Formula", "Formula"] | None:
        """Return a and b of a formula that reads `100 * a / b`, None of any other."""
        tree = _parse(self.text, "")
        if not isinstance(tree, exp.Div) or not isinstance(tree.this, exp.Mul):
            return None
        factor, share = tree.this.this, tree.this.expression
        if not isinstance(factor, exp.Literal) or factor.this != "100":
            return None
        return _formula(share), _formula(tree.expression)


def parse_fragment(text: str, columns: Collection[str], where: str) -> Fragment:
    """Return a checked fragment; DefinitionError, placed at `where`, names what is not allowed in it."""
    tree = _parse(text, where)
    for node in tree.walk():
        _check_node(node, _FRAGMENT, text, where)
        _check_column(node, (*columns, TODAY), "column", where)
        _check_call(node, where)
    used = dict.fromkeys(column.name for column in tree.find_all(exp.Column))
    names = tuple(name for name in used if name != TODAY)
    return Fragment(text, _written(_double(tree, _in_row, cast=False)), names)


def _in_row(name: str) -> str:
    return f"${TODAY}" if name == TODAY else f"{ROW}.{name}"


def parse_formula(text: str, known: Collection[str], where: str) -> Formula:
    """Return a checked formula over the known metrics; DefinitionError, placed at `where`, names what is wrong."""
    tree = _parse(text, where)
    for node in tree.walk():
        _check_node(node, _ARITHMETIC, text, where)
        _check_column(node, known, "metric", where)
    return _formula(tree)


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


def _parse(text: str, where: str) -> exp.Expression:
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except SqlglotError as error:
        message = f"Not an expression: {text}"
        raise DefinitionError(message, where=where) from error
    if not isinstance(tree, exp.Expression):
        message = f"Not an expression: {text}"
        raise DefinitionError(message, where=where)
    return tree


def _check_node(node: exp.Expr, allowed: tuple[type[exp.Expr], ...], text: str, where: str) -> None:
    if type(node) in allowed:
        return
    if isinstance(node, exp.Func):
        name = node.sql_name().lower()
        message = f"Function not allowed here: {name}"
        raise DefinitionError(message, where=where, do=did_you_mean(name, FUNCTIONS))
    message = f"Not allowed in an expression, {type(node).__name__.lower()}: {text}"
    raise DefinitionError(message, where=where)


def _check_column(node: exp.Expr, known: Collection[str], kind: str, where: str) -> None:
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


def _double(tree: exp.Expression, column: Callable[[str], str], *, cast: bool = True) -> exp.Expression:
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


def _written(tree: exp.Expression) -> str:
    return tree.sql("duckdb", normalize_functions="lower")
