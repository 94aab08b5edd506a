"""Rules over a lead, as a company writes them in its settings: whom it wants, how warm a lead is, what is asked."""

from collections.abc import Mapping, Sequence

from sqlglot import exp

from voronka.domain.errors import DefinitionError, did_you_mean
from voronka.domain.fragments import parse_fragment, parse_tree

LEAD_FIELDS: Mapping[str, str] = {
    "title": "TEXT",
    "pipeline": "TEXT",
    "stage": "TEXT",
    "temperature": "TEXT",
    "segment": "TEXT",
    "channel": "TEXT",
    "channel_kind": "TEXT",
    "campaign": "TEXT",
    "contact": "TEXT",
    "position": "TEXT",
    "phone": "TEXT",
    "email": "TEXT",
    "account": "TEXT",
    "account_segment": "TEXT",
    "industry": "TEXT",
    "region": "TEXT",
    "size": "DOUBLE",
}
"""What a rule may speak of, and its type: the lead's own fields, then those of its contact and its client company.

`pipeline` and `stage` are ids of ours; `size` is the number in the company's size.
"""

_STATEMENTS = (
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE),
    *(exp.Is, exp.In, exp.Between, exp.Like, exp.Boolean),
)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between, exp.Like)


def lead_rule(text: str) -> str:
    """Return the text of a rule, '' for none; ValueError where it is no statement over `LEAD_FIELDS`."""
    if not text.strip():
        return ""
    try:
        parse_fragment(text, LEAD_FIELDS, "", present=())
    except DefinitionError as fault:
        raise ValueError(f"{fault.what}. {fault.do}".strip(". ")) from fault
    tree = parse_tree(text, "")
    if type(tree.unnest()) not in _STATEMENTS:
        message = f"a rule is true or false of a lead, such as segment = 'B2B'; not {text}"
        raise ValueError(message)
    for comparison in tree.find_all(*_COMPARISONS):
        _check_types(comparison)
    return text


def _check_types(comparison: exp.Expr) -> None:
    sides = [side.unnest() for side in comparison.iter_expressions()]
    kinds = {kind for side in sides if (kind := _type(side))}
    if len(kinds) > 1:
        message = f"a text and a number are compared in {comparison.sql('duckdb')}"
        raise ValueError(message)


def _type(side: exp.Expr) -> str | None:
    if isinstance(side, exp.Literal):
        return "TEXT" if side.is_string else "DOUBLE"
    if isinstance(side, exp.Lower):
        return "TEXT"
    return LEAD_FIELDS.get(side.name) if isinstance(side, exp.Column) else None


def rule_sql(text: str) -> str:
    """Return a rule as SQL over a row `f` of `int_lead_fields`, what is not known of a lead for no rule."""
    return f"({parse_fragment(text, LEAD_FIELDS, '', present=()).sql})" if text else "CAST(NULL AS BOOLEAN)"


def lead_fields(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of fields; ValueError where one is none of `LEAD_FIELDS`."""
    for name in names:
        if name not in LEAD_FIELDS:
            message = f"a lead has no field {name}. {did_you_mean(name, LEAD_FIELDS)}".strip()
            raise ValueError(message)
    return tuple(dict.fromkeys(names))
