"""Expressions of a mapping (`= seconds > 0`): parsed, held to an allow-list, with readers for the file's columns."""

import re
from collections.abc import Callable
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from voronka.domain.errors import SettingsError, did_you_mean

READERS = ("number", "time", "day", "duration", "boolean", "text", "money", "integer", "share", "phone", "email")
"""Functions that read a text of the file: their argument's columns are plain text."""
_PREFIX = "voronka_read_"
_ALLOWED: tuple[type[exp.Expression], ...] = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.Boolean,
    exp.Null,
    exp.Paren,
    exp.And,
    exp.Or,
    exp.Not,
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.Neg,
    exp.DPipe,
    exp.Case,
    exp.If,
    exp.In,
    exp.Is,
    exp.Between,
    exp.Like,
    exp.ILike,
    exp.Coalesce,
    exp.Nullif,
    exp.Lower,
    exp.Upper,
    exp.Trim,
    exp.Length,
    exp.Substring,
    exp.Left,
    exp.Right,
    exp.Replace,
    exp.Round,
    exp.Abs,
    exp.Greatest,
    exp.Least,
    exp.SplitPart,
    exp.Contains,
    exp.StartsWith,
    exp.EndsWith,
    exp.Concat,
)
_CALL = re.compile(rf"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\b({'|'.join(READERS)})\s*\(", re.IGNORECASE)


def compile_expression(
    text: str,
    where: str,
    column: Callable[[str], str],
    guess: Callable[[str], str],
    read: Callable[[str, str, str], str],
) -> str:
    """Return the SQL of an expression.

    column(name) gives the SQL of a column's cleaned text, guess(name) that of its value read as it looks over the whole
    file, read(reader, text_sql, shown) that of a text read by a reader. Raises SettingsError for anything not allowed.
    """
    tree = _parsed(text, where)
    _check(tree, where)
    return _render(tree, column, guess, read)


def _parsed(text: str, where: str) -> exp.Expression:
    named = _CALL.sub(lambda m: f"{_PREFIX}{m[1].lower()}(" if m[1] else m[0], text)
    try:
        return cast("exp.Expression", sqlglot.parse_one(named, dialect="duckdb"))
    except (ParseError, TokenError) as fault:
        raise SettingsError(
            f"the expression cannot be read: {text.strip()}",
            where=where,
            do='Write it as in `= seconds > 0`; a column with spaces stands in double quotes: `= "Talk time" > 0`',
        ) from fault


def _check(tree: exp.Expression, where: str) -> None:
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            name = str(node.name).lower()
            if not name.startswith(_PREFIX):
                raise SettingsError(
                    f"the function {name} is not allowed here", where=where, do=did_you_mean(name, READERS)
                )
            if len(node.expressions) != 1:
                raise SettingsError(f"{name.removeprefix(_PREFIX)}() takes one argument", where=where)
        elif not isinstance(node, _ALLOWED):
            raise SettingsError(f"not allowed in an expression: {node.sql(dialect='duckdb')}", where=where)
        elif isinstance(node, exp.Column) and node.table:
            raise SettingsError(f"a column has no dot in its name: {node.sql(dialect='duckdb')}", where=where)


def _render(
    tree: exp.Expression,
    column: Callable[[str], str],
    guess: Callable[[str], str],
    read: Callable[[str, str, str], str],
) -> str:
    def replaced(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Anonymous):
            shown = ", ".join(part.sql(dialect="duckdb") for part in node.expressions)
            inner = _render(node.expressions[0].copy(), column, column, read)
            return _raw(read(str(node.name).lower().removeprefix(_PREFIX), inner, shown))
        if isinstance(node, exp.Column):
            return _raw(guess(node.name))
        if isinstance(node, exp.Div):
            node.set("expression", exp.Nullif(this=node.expression.copy(), expression=exp.Literal.number(0)))
        return node

    return str(_transform(tree.copy(), replaced).sql(dialect="duckdb"))


def _transform(node: exp.Expression, change: Callable[[exp.Expression], exp.Expression]) -> exp.Expression:
    """Apply `change` from the top down; what it replaced is not entered again."""
    changed = change(node)
    if changed is not node:
        return changed
    for name, value in list(node.args.items()):
        if isinstance(value, exp.Expression):
            node.set(name, _transform(value, change))
        elif isinstance(value, list):
            node.set(name, [_transform(v, change) if isinstance(v, exp.Expression) else v for v in value])
    return node


def _raw(sql: str) -> exp.Expression:
    return cast("exp.Expression", exp.Var(this=sql))
