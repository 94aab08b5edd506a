"""Expressions of a mapping (`= seconds > 0`): parsed, held to an allow-list, with readers for the file's columns."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from voronka.domain.errors import SettingsError, did_you_mean
from voronka.transform.spelled_periods import period_end, period_start

READERS = ("number", "time", "day", "duration", "boolean", "text", "money", "integer", "share", "phone", "email")
"""Functions that read a text of the file: their argument's columns are plain text."""
FUNCTIONS = (
    *("coalesce", "nullif", "greatest", "least", "round", "abs", "lower", "upper", "trim", "length", "substring"),
    *("left", "right", "replace", "split_part", "contains", "starts_with", "ends_with", "concat"),
)
"""Functions of SQL that an expression may call."""
PERIODS = {"period_start": period_start, "period_end": period_end}
"""Functions that give the first or the last day of a month, quarter or year written as one text."""
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
_TEXTS = (
    exp.DPipe,
    exp.Concat,
    exp.Lower,
    exp.Upper,
    exp.Trim,
    exp.Substring,
    exp.Left,
    exp.Right,
    exp.Replace,
    exp.SplitPart,
)
"""What makes a text of texts."""
_OF_TEXTS = (exp.Length, exp.Contains, exp.StartsWith, exp.EndsWith, exp.Like, exp.ILike)
"""What asks something of texts."""
_NUMBERS = (exp.Mul, exp.Div, exp.Neg, exp.Abs, exp.Round)
_COMPARED = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Is, exp.Between)
_ALIKE = (exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least)
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_GUESS = "guess"
_CALL = re.compile(rf"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\b({'|'.join((*READERS, *PERIODS))})\s*\(", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Where an expression takes a file's columns from, each function giving SQL.

    text(name): a column's cleaned text; guess(name): its value read as it looks over the whole file;
    read(reader, text_sql, shown): a text read by a reader.
    """

    text: Callable[[str], str]
    guess: Callable[[str], str]
    read: Callable[[str, str, str], str]


def compile_expression(text: str, where: str, wanted: str, columns: Columns) -> str:
    """Return the SQL of an expression whose value is to be read as `wanted` (a reader's name).

    A bare column is read as what it stands beside needs: a number beside a number, a text beside a text.
    Raises SettingsError for anything not allowed.
    """
    tree = _parsed(text, where)
    _check(tree, where)
    return _Renderer(columns).visit(tree, "text" if wanted == "id" else wanted).sql(dialect="duckdb")


def _parsed(text: str, where: str) -> exp.Expression:
    named = _CALL.sub(lambda m: f"{_PREFIX}{m[1].lower()}(" if m[1] else m[0], text)
    try:
        (tree,) = sqlglot.parse(named, dialect="duckdb")
    except (ParseError, TokenError, ValueError) as fault:
        raise _unreadable(text, where) from fault
    if tree is None:
        raise _unreadable(text, where)
    return cast("exp.Expression", tree)


def _unreadable(text: str, where: str) -> SettingsError:
    return SettingsError(
        f"the expression cannot be read: {text.strip()}",
        where=where,
        do='Write it as in `= seconds > 0`; a column with spaces stands in double quotes: `= "Talk time" > 0`',
    )


def _check(tree: exp.Expression, where: str) -> None:
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            name = str(node.name).lower()
            if not name.startswith(_PREFIX):
                raise SettingsError(
                    f"the function {name} is not allowed here",
                    where=where,
                    do=did_you_mean(name, (*READERS, *PERIODS, *FUNCTIONS)),
                )
            if len(node.expressions) != 1:
                raise SettingsError(f"{name.removeprefix(_PREFIX)}() takes one argument", where=where)
        elif not isinstance(node, _ALLOWED):
            raise SettingsError(f"not allowed in an expression: {node.sql(dialect='duckdb')}", where=where)
        elif isinstance(node, exp.Column) and node.table:
            raise SettingsError(f"a column has no dot in its name: {node.sql(dialect='duckdb')}", where=where)


@dataclass(frozen=True)
class _Renderer:
    """Puts columns and readers into a tree; `wanted` says as what a value is to be read where it stands."""

    columns: Columns

    def visit(self, node: exp.Expression, wanted: str) -> exp.Expression:
        """Return the node with its columns read."""
        if isinstance(node, exp.Anonymous):
            name = str(node.name).lower().removeprefix(_PREFIX)
            inner = self._sql(node.expressions[0], "text")
            if name in PERIODS:
                day = PERIODS[name](inner)
                typed = wanted not in {"text", _GUESS}
                return _raw(self.columns.read(wanted, day, _shown([node])) if typed else day)
            return _raw(self.columns.read(name, inner, _shown(node.expressions)))
        if isinstance(node, exp.Column):
            return _raw(self._column(node.name, wanted))
        if isinstance(node, _TEXTS):
            shown = _shown([node])
            made = self._inside(node, lambda _: "text")
            typed = wanted not in {"text", _GUESS}
            return _raw(self.columns.read(wanted, made.sql(dialect="duckdb"), shown)) if typed else made
        if isinstance(node, exp.Div):
            node = exp.Div(
                this=node.this, expression=exp.Nullif(this=node.expression, expression=exp.Literal.number(0))
            )
        return self._inside(node, self._wanted_inside(node, wanted))

    def _column(self, name: str, wanted: str) -> str:
        if wanted == "text":
            return self.columns.text(name)
        return (
            self.columns.guess(name) if wanted == _GUESS else self.columns.read(wanted, self.columns.text(name), name)
        )

    def _wanted_inside(self, node: exp.Expression, wanted: str) -> Callable[[exp.Expression], str]:
        """Return the function that says as what a child of the node is to be read."""
        children = list(node.iter_expressions())
        if isinstance(node, exp.Case | exp.If):
            return self._wanted_in_case(node, wanted)
        summed = {"duration": "duration", "time": _GUESS, "day": _GUESS, "boolean": _GUESS, _GUESS: _GUESS}
        said: tuple[tuple[tuple[type[exp.Expression], ...], str | None], ...] = (
            (_OF_TEXTS, "text"),
            ((exp.And, exp.Or, exp.Not), "boolean"),
            (_NUMBERS, "number"),
            ((exp.Add, exp.Sub), _kind(children) or summed.get(wanted, "number")),
            (_COMPARED, _kind(children) or _GUESS),
            (_ALIKE, _kind(children) or wanted),
        )
        inside = next((reader for kinds, reader in said if isinstance(node, kinds)), None) or wanted
        return lambda _: inside

    def _wanted_in_case(self, node: exp.Case | exp.If, wanted: str) -> Callable[[exp.Expression], str]:
        ifs = [node] if isinstance(node, exp.If) else list(node.args["ifs"])
        last = node.args.get("false" if isinstance(node, exp.If) else "default")
        results = [part for part in (*(one.args.get("true") for one in ifs), last) if part is not None]
        value = _kind(results) or wanted
        operand = None if isinstance(node, exp.If) else node.this
        condition = "boolean" if operand is None else _kind([one.this for one in ifs]) or _GUESS
        for one in ifs if isinstance(node, exp.Case) else []:
            one.set("this", self.visit(one.this, condition))
            one.set("true", self.visit(one.args["true"], value))
        kept = {id(one) for one in ifs} if isinstance(node, exp.Case) else set()
        conditions = {id(part) for part in ((operand,) if isinstance(node, exp.Case) else (node.this,))}
        return lambda child: "" if id(child) in kept else condition if id(child) in conditions else value

    def _inside(self, node: exp.Expression, wanted: Callable[[exp.Expression], str]) -> exp.Expression:
        for name, value in list(node.args.items()):
            if isinstance(value, exp.Expression):
                node.set(name, self._child(value, wanted))
            elif isinstance(value, list):
                node.set(name, [self._child(v, wanted) if isinstance(v, exp.Expression) else v for v in value])
        return node

    def _child(self, node: exp.Expression, wanted: Callable[[exp.Expression], str]) -> exp.Expression:
        said = wanted(node)
        return self.visit(node, said) if said else node

    def _sql(self, node: exp.Expression, wanted: str) -> str:
        return str(self.visit(node, wanted).sql(dialect="duckdb"))


def _kind(nodes: Iterable[exp.Expression]) -> str | None:
    """Return as what columns are to be read that stand beside these: their constants and arithmetic tell."""
    for node in (n.unnest() for n in nodes):
        if isinstance(node, exp.Literal) and node.is_string:
            return "day" if _DAY.match(node.this) else "text"
        if isinstance(node, (exp.Literal, *_NUMBERS)):
            return "number"
        if isinstance(node, exp.Boolean):
            return "boolean"
        if isinstance(node, _TEXTS):
            return "text"
    return None


def _shown(nodes: Iterable[exp.Expression]) -> str:
    return ", ".join(node.sql(dialect="duckdb") for node in nodes).replace(_PREFIX, "").replace(_PREFIX.upper(), "")


def _raw(sql: str) -> exp.Expression:
    return cast("exp.Expression", exp.Var(this=sql))
