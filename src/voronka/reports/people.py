"""The people whom a page is about: who the visitor may see, under the page's filters, and on which days they worked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voronka.analyses.presence import Held, Person, presence
from voronka.metrics.answer import Row
from voronka.metrics.question import Filter
from voronka.reports.ask import Ask, known
from voronka.reports.page import Frame

LEADING = ("lead", "head")
"""Roles that lead others: what they do themselves says little of how they lead, and is not compared with the others."""
NAMED = 3
"""People whom a finding names; the rest are counted."""


def people_of(frame: Frame) -> Mapping[str, Person]:
    """Return the people of the page's facts by id, with the days that count worked in the teams and roles asked for."""
    asked = frame.asked
    found = presence(frame.metrics, frame.scope, frame.counted or frame.facts)
    people = (person for key, person in found.items() if not asked.employees or key in asked.employees)
    narrowed = (_narrowed(person, asked.teams, asked.roles) for person in people)
    return {person.employee_id: person for person in narrowed if person.days}


def _narrowed(person: Person, teams: tuple[str | None, ...], roles: tuple[str | None, ...]) -> Person:
    if not teams and not roles:
        return person
    spans = tuple(span for span in person.spans if _fits(span, teams, roles))
    if spans or person.spans:
        days = frozenset(day for day in person.days if any(span.first <= day < span.until for span in spans))
        return replace(person, spans=spans, days=days)
    belongs = (not teams or None in teams) and (not roles or None in roles)
    return person if belongs else replace(person, days=frozenset())


def _fits(span: Held, teams: tuple[str | None, ...], roles: tuple[str | None, ...]) -> bool:
    return (not teams or span.team_id in teams) and (not roles or span.role in roles)


def roles_in_order(held: frozenset[str | None], frame: Frame) -> Sequence[str | None]:
    """Return those of the roles that are asked for, in the order of the settings; who has none stands last."""
    asked = frame.asked.roles
    order = {code: place for place, code in enumerate(frame.settings.roles)}
    codes = [code for code in held if not asked or code in asked]
    return sorted(codes, key=lambda code: (code is None, order.get(code or "", len(order)), code or ""))


def named(names: Iterable[str]) -> dict[str, object]:
    """Return the values of a sentence that names people: how many, the first of them, how many more there are."""
    every = list(names)
    return {"count": len(every), "names": ", ".join(every[:NAMED]), "more": max(0, len(every) - NAMED)}


def of_people(ask: Ask, ids: Iterable[str]) -> Ask:
    """Return a question about some people alone."""
    where = tuple(each for each in ask.where if each.dimension != "employee")
    return replace(ask, where=(*where, Filter("employee", tuple(ids))))


def figures_by_person(rows: Iterable[Row], metric: str) -> dict[str, float]:
    """Return a metric by person, summed over the other cuts of the rows; who is not given is left out."""
    found: dict[str, float] = {}
    for row in rows:
        key, value = row.get("employee_id"), known(row.get(metric))
        if key is not None and value is not None:
            found[str(key)] = found.get(str(key), 0.0) + value
    return found
