"""Writes SELECTs so that a person can read them; values only ever go in as parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import indent


@dataclass
class Parameters:
    """The values of one statement: each stands in it as $p1, $p2 ..., equal values once."""

    values: dict[str, object] = field(default_factory=dict)

    def add(self, value: object) -> str:
        """Return the placeholder of a value."""
        for name, known in self.values.items():
            if type(known) is type(value) and known == value:
                return f"${name}"
        name = f"p{len(self.values) + 1}"
        self.values[name] = value
        return f"${name}"

    def listed(self, values: Sequence[object]) -> str:
        """Return the placeholders of several values, for IN (...)."""
        return ", ".join(self.add(value) for value in values)


def quoted(name: str) -> str:
    """Return an output column's name; the names come from allow-lists of small Latin letters."""
    return f'"{name}"'


def day_literal(day: date) -> str:
    """Return a day as SQL: for tables of many days, where a parameter each would be unreadable."""
    return f"DATE '{day.isoformat()}'"


def select(columns: Sequence[str], source: str, *, where: Sequence[str] = (), group: str = "", more: str = "") -> str:
    """Return a SELECT, one column a line; `source` is what follows FROM, empty for none."""
    lines = ["SELECT", indent(",\n".join(columns), "  ")]
    if source:
        lines.append("FROM " + source)
    if where:
        lines.append("WHERE " + "\n  AND ".join(where))
    if group:
        lines.append("GROUP BY " + group)
    return "\n".join([*lines, *([more] if more else [])])


def over_rows(function: str, expression: str, condition: str = "", *, distinct: bool = False) -> str:
    """Return an aggregate over the rows that meet a condition ('': all); `expression` "*" counts rows.

    A CASE, for an aggregate with a FILTER has the engine hold all columns that any of them reads once more for itself.
    """
    taken = expression
    if condition:
        taken = f"CASE WHEN {condition} THEN {'1' if expression == '*' else expression} END"
    return f"{function}({'DISTINCT ' if distinct else ''}{taken})"


def nested(query: str, alias: str) -> str:
    """Return a query as a source of another."""
    return "(\n" + indent(query, "  ") + "\n) AS " + alias


def union(queries: Sequence[str]) -> str:
    """Return the rows of all the queries."""
    return "\nUNION ALL\n".join(queries)


def rows_of(rows: Sequence[Sequence[str]], alias: str, columns: Sequence[str]) -> str:
    """Return a table of values as a source; the cells are SQL already."""
    cells = ", ".join("(" + ", ".join(row) + ")" for row in rows)
    return f"(VALUES {cells}) AS {alias}({', '.join(columns)})"


def with_queries(queries: Sequence[tuple[str, str]], final: str) -> str:
    """Return the statement of named queries and a final one; there may be no named ones."""
    if not queries:
        return f"{final}\n"
    named = ",\n".join(f"{name} AS (\n" + indent(query, "  ") + "\n)" for name, query in queries)
    return f"WITH {named}\n{final}\n"
