"""Finds people, leads, deals, client companies and contacts by words, ids, numbers and addresses, as a scope sees them.

The build prepares the words (dim_search): small letters, no punctuation, a space before each. A word of the question
is met anywhere in them, at the beginning of a word rather than inside it, and an id as a whole before both.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

import arro3.core as arrow

from voronka.domain.model import tables
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.compiler import Statement
from voronka.metrics.rowsource import is_always, merged_spans, scope_conditions
from voronka.metrics.sql import Parameters, select, union, with_queries

Kind = Literal["employee", "account", "contact", "deal", "lead"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What is found, in the order in which it is told."""
MOST = 20
SHORTEST = 2
"""The letters and digits from which on something is looked for."""
_LOOKED_AT = 200
"""How many of a kind are looked at where what is hidden must not be found."""
_WORDS = 6
_NUMBER = re.compile(r"\+?[\d\s().\-\u00a0\u2010\u2011]+")
_FEWEST_DIGITS = 4

Hides = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What is looked for, and for whom; with `hides` a text is found by what it leaves of it, and nobody by a number.

    `number` is the phone number that the text is, as identity has it, '' where it is none that is whole.
    """

    text: str
    scope: Scope
    number: str = ""
    hides: Hides | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words looked for, as dim_search has them."""
        return tuple(dict.fromkeys(plain_words(self.text).split()))[:_WORDS]

    @property
    def id(self) -> str:
        """Return the text as an id."""
        return self.text.strip().lower()

    @property
    def is_long_enough(self) -> bool:
        """Say whether it is worth looking."""
        return sum(map(len, self.words)) >= SHORTEST

    @property
    def known_by(self) -> tuple[str, str] | None:
        """Return what of an identity is looked for, its kind and a part of its value; None for a question of words."""
        text = self.id
        if self.hides is not None:
            return None
        if "@" in text:
            return "email", text
        digits = re.sub(r"\D", "", text)
        if self.number:
            return "phone", self.number
        return ("phone", digits) if _NUMBER.fullmatch(text) and len(digits) >= _FEWEST_DIGITS else None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Somebody or something found; `rank` is 0 for an id or a number, 1 for beginnings of words, 2 for parts of them.

    `employee_id` is who has it now, `created_employee_id` who had it on `created_day`; what a kind has not is None.
    """

    kind: Kind
    id: str
    rank: int
    title: str | None
    firm: str | None = None
    person: str | None = None
    account_id: str | None = None
    contact_id: str | None = None
    employee_id: str | None = None
    employee: str | None = None
    outcome: str | None = None
    amount: Decimal | None = None
    url: str | None = None
    created_day: date | None = None
    created_employee_id: str | None = None
    closed_day: date | None = None
    closed_employee_id: str | None = None


def plain_words(text: str) -> str:
    """Return a text as dim_search has it: small letters, ё as е, nothing but letters and digits between spaces."""
    return " ".join(re.findall(r"[^\W_]+", text.lower().replace("ё", "е")))


def found(asked: SearchQuery, today: date, execute: Callable[[Statement], arrow.Table]) -> list[Found]:
    """Return what is found, at most 20, the best of each kind first; nothing for a question that is too short."""
    if not asked.is_long_enough or not (asked.scope.all_rows or asked.scope.spans):
        return []
    several = [_of_kind(kind, asked, today, execute) for kind in KINDS]
    placed = [(each.rank, place, KINDS.index(each.kind), each) for of_kind in several for place, each in of_kind]
    best = sorted(placed, key=lambda each: each[:3])[:MOST]
    return [each for *_, each in sorted(best, key=lambda each: (each[2], each[1]))]


def _of_kind(
    kind: Kind, asked: SearchQuery, today: date, execute: Callable[[Statement], arrow.Table]
) -> Iterable[tuple[int, Found]]:
    looked_at = _LOOKED_AT if asked.hides else MOST
    ranks = {
        str(row["entity_id"]): int(str(row["rank"])) for row in records(execute(_best(kind, asked, today, looked_at)))
    }
    if not ranks:
        return []
    of_id = {str(row["id"]): row for row in records(execute(_told(kind, list(ranks))))}
    told = [_found(kind, rank, of_id[key]) for key, rank in ranks.items() if key in of_id]
    return enumerate([each for each in told if asked.hides is None or _is_met(each, asked, asked.hides)][:MOST])


def _found(kind: Kind, rank: int, row: Row) -> Found:
    return Found(kind=kind, rank=rank, **row)  # type: ignore[arg-type]  # a row of the columns of _TOLD


def _is_met(each: Found, asked: SearchQuery, hides: Hides) -> bool:
    """Say whether something is found by what its texts leave to be seen of it."""
    seen = " ".join(plain_words(hides(text)) for text in (each.title, each.firm, each.person) if text)
    own = hides(each.id.partition(":")[2]).lower()
    return all(word in seen for word in asked.words) or asked.id in own or asked.id == hides(each.id).lower()


def _best(kind: Kind, asked: SearchQuery, today: date, most: int) -> Statement:
    """Return the statement of the ids of a kind, the best first."""
    parameters = Parameters()
    queries = [("matched", _matched(kind, asked, parameters))]
    where = []
    if not asked.scope.all_rows:
        queries.append(("seen", _seen(kind, asked.scope, today, parameters)))
        where.append("m.entity_id IN (SELECT id FROM seen)")
    order = f"ORDER BY m.rank, m.day DESC NULLS LAST, m.entity_id\nLIMIT {int(most)}"
    final = select(["m.entity_id", "m.rank"], "matched AS m", where=where, more=order)
    return Statement(with_queries(queries, final), parameters.values)


def _matched(kind: Kind, asked: SearchQuery, parameters: Parameters) -> str:
    key = parameters.add(asked.id)
    begun = [f"contains(s.words, {parameters.add(f' {word}')})" for word in asked.words]
    inside = " AND ".join(f"contains(s.words, {parameters.add(word)})" for word in asked.words)
    is_id = f"(s.number = {key} OR lower(s.entity_id) = {key})"
    begins = f"({' AND '.join(begun)} OR starts_with(s.number, {key}))"
    rank = f"CASE WHEN {is_id} THEN 0 WHEN {begins} THEN 1 ELSE 2 END AS rank"
    met = f"({inside} OR contains(s.number, {key}) OR lower(s.entity_id) = {key})"
    of_kind = f"s.entity = {parameters.add(kind)}"
    by_words = select(["s.entity_id", "s.day", rank], "dim_search AS s", where=[of_kind, met])
    if asked.known_by is None:
        return by_words
    known = " OR ".join(f"s.entity_id IN ({ids})" for ids in _identified(kind, asked.known_by, parameters))
    by_number = select(["s.entity_id", "s.day", "0 AS rank"], "dim_search AS s", where=[of_kind, f"({known})"])
    both = f"(\n{union([by_words, by_number])}\n) AS b"
    return select(["b.entity_id", "b.day", "min(b.rank) AS rank"], both, group="b.entity_id, b.day")


def _identified(kind: Kind, known_by: tuple[str, str], parameters: Parameters) -> Sequence[str]:
    """Return the queries of ids of a kind that are known by this, records of a client's among them."""

    def ids(entity: str) -> str:
        which = [f"i.entity = {parameters.add(entity)}", f"i.kind = {parameters.add(known_by[0])}"]
        met = f"contains(i.value, {parameters.add(known_by[1])})"
        return f"SELECT i.entity_id FROM identity AS i WHERE {' AND '.join([*which, met])}"

    if kind not in _FACTS:
        return [ids(kind)]
    table = _FACTS[kind]
    client = f"r.contact_id IN ({ids('contact')}) OR r.account_id IN ({ids('account')})"
    if kind == "deal":
        return [f"SELECT r.deal_id FROM {table} AS r WHERE {client} OR r.lead_id IN ({ids('lead')})"]
    return [ids("lead"), f"SELECT r.lead_id FROM {table} AS r WHERE {client}"]


_FACTS: Mapping[str, str] = {"deal": "fct_deals", "lead": "fct_leads"}


def _seen(kind: Kind, scope: Scope, today: date, parameters: Parameters) -> str:
    """Return the query of the ids of a kind that a limited scope sees.

    A client is seen by who has them today, and by who sees a lead or a deal of theirs.
    """
    if kind in _FACTS:
        return _seen_records(kind, f"f.{kind}_id", scope, today, parameters)
    key = f"{kind}_id"
    if kind == "employee":
        return select([f"f.{key} AS id"], "dim_employee AS f", where=_today(scope, "f.employee_id", today, parameters))
    if kind == "account":
        own = select(
            ["f.account_id AS id"], "dim_account AS f", where=_today(scope, "f.employee_id", today, parameters)
        )
    else:
        day = parameters.add(today)
        held = [f"f.from_day <= {day}", f"{day} < f.to_day", *_today(scope, "f.employee_id", today, parameters)]
        own = select(["f.contact_id AS id"], "fct_contact_states AS f", where=held)
    return union([own, *(_seen_records(name, f"f.{key}", scope, today, parameters) for name in _FACTS)])


def _seen_records(kind: str, told: str, scope: Scope, today: date, parameters: Parameters) -> str:
    """Return the query of a column of the records seen: by who had them on a day that counts, or has them open now."""
    table = tables()[_FACTS[kind]]
    ways = [f"(coalesce(f.outcome, 'open') = 'open' AND {_all(_today(scope, 'f.employee_id', today, parameters))})"]
    for axis in table.axes:
        day = f"f.{axis}_day"
        ways.append(f"({_all(scope_conditions(scope, f'f.{axis}_employee_id', day, parameters))})")
        shared = [
            f"c.entity = {parameters.add(kind)}",
            f"c.axis = {parameters.add(axis)}",
            f"c.entity_id = f.{kind}_id",
            *scope_conditions(scope, "c.employee_id", day, parameters),
        ]
        ways.append(f"EXISTS (SELECT 1 FROM split_credit AS c WHERE {_all(shared)})")
    return select([f"{told} AS id"], f"{table.name} AS f", where=["(" + "\n    OR ".join(ways) + ")"])


def _today(scope: Scope, owner: str, today: date, parameters: Parameters) -> list[str]:
    """Return the conditions of a scope on today; a statement must have no parameter that it does not use."""
    day = "" if all(map(is_always, merged_spans(scope.spans))) else parameters.add(today)
    return scope_conditions(scope, owner, day, parameters)


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions)


_CLIENT = (
    "\nLEFT JOIN dim_account AS a ON a.account_id = f.account_id"
    "\nLEFT JOIN dim_contact AS p ON p.contact_id = f.contact_id"
)
_EMPLOYEE = "\nLEFT JOIN dim_employee AS e ON e.employee_id = f.employee_id"
_RECORD = (
    *("f.title", "a.name AS firm", "p.name AS person", "f.account_id", "f.contact_id", "f.employee_id"),
    *("e.name AS employee", "f.outcome", "f.created_day", "f.created_employee_id"),
)
_TOLD: Mapping[Kind, tuple[Sequence[str], str]] = {
    "employee": (("f.name AS title",), "dim_employee AS f"),
    "account": (("f.name AS title", "f.employee_id", "e.name AS employee"), f"dim_account AS f{_EMPLOYEE}"),
    "contact": (
        ("f.name AS title", "a.name AS firm", "f.account_id"),
        "dim_contact AS f\nLEFT JOIN dim_account AS a ON a.account_id = f.account_id",
    ),
    "deal": (
        (*_RECORD, "f.amount_home AS amount", "f.url", "f.closed_day", "f.closed_employee_id"),
        f"fct_deals AS f{_CLIENT}{_EMPLOYEE}",
    ),
    "lead": (_RECORD, f"fct_leads AS f{_CLIENT}{_EMPLOYEE}"),
}
"""What is told of each kind, and from where."""


def _told(kind: Kind, ids: Sequence[str]) -> Statement:
    parameters = Parameters()
    columns, source = _TOLD[kind]
    where = [f"f.{kind}_id IN ({parameters.listed(ids)})"]
    return Statement(select([f"f.{kind}_id AS id", *columns], source, where=where), parameters.values)
