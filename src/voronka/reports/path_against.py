"""The page's second cut: the cases that its path is held against, chosen in plain words, and how they differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, cast

import numpy as np

from voronka.analyses.path_difference import FEWEST_CASES, Clock, Compared
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.period import Period
from voronka.metrics.answer import records
from voronka.metrics.dimensions import Title
from voronka.metrics.journeys import CASE, JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.page import Frame
from voronka.reports.path_compared import ComparedPaths, SameCasesError, path_compared
from voronka.reports.plain import Plain, plain_words
from voronka.reports.step_names import step_names

Kind = Literal["outcome", "previous", "since", "best_win_rate", "best_revenue", "employee", "team", "channel"]
Chosen = Literal["one", "other"]
MEMBERS = ("employee", "team", "channel")
"""The kinds that hold one member of a dimension against all others."""
BEST_OF = 4
"""The best are the first quarter of people, one at least."""
FEWEST_CLOSED = 10
"""Closed cases of a person under which nothing is said of how good they are."""
REST = Title("остальные", "the rest")
BEST = Title("лучшие", "the best")
OUTCOMES = {"won": Title("выигранные", "won"), "lost": Title("проигранные", "lost")}
THIS, EARLIER = Title("этот период", "this period"), Title("прошлый период", "the period before")
SINCE, BEFORE = Title("после даты", "since the day"), Title("до даты", "before the day")


@dataclass(frozen=True)
class Against:
    """Which cut stands against which, by which clock; `whom` is a dimension's member, or the first day (`since`)."""

    kind: Kind
    whom: str = ""
    clock: Clock = "calendar"


@dataclass(frozen=True)
class SideBehind:
    """Which cases of a side: those that pass an edge, a step where there is no source; without a target all."""

    side: Chosen
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Side:
    """The cases of one side: what they are called, and the question that chooses them."""

    title: Title
    query: JourneysQuery


@dataclass(frozen=True)
class BestPerson:
    """One of the best: how many of the cases they closed, and by what they are among the best (percent, or money)."""

    id: str
    name: str
    closed: int
    value: float


@dataclass(frozen=True)
class Sides:
    """The two cuts; a case of both counts in `one`. `best` are the people of the one where it is the best's.

    `without_ends`: cases were chosen by what became of them, so what ends a case says nothing.
    """

    one: Side
    other: Side
    without_ends: bool = False
    best: tuple[BestPerson, ...] = ()


@dataclass(frozen=True, eq=False)
class HeldAgainst:
    """Two cuts held against each other; nothing is found where the comparison is `refused`: why, in a word."""

    sides: Sides | None
    found: ComparedPaths | None
    refused: Literal["", "same", "people", "day"] = ""


class NoTwoSidesError(Exception):
    """There are no two cuts as asked for; its text is the reason in a word."""


def held_against(frame: Frame, query: JourneysQuery, against: Against, of_cases: Sequence[str] = ()) -> HeldAgainst:
    """Return the page's cases held against others; QuestionError where no member of a dimension is named."""
    try:
        sides = sides_of(frame, query, against)
    except NoTwoSidesError as error:
        return HeldAgainst(None, None, cast("Literal['people', 'day']", str(error)))
    one, other = sides.one.query, sides.other.query
    ends, clock = sides.without_ends, against.clock
    try:
        found = path_compared(frame.metrics, one, other, without_ends=ends, of_cases=of_cases, clock=clock)
    except SameCasesError:
        return HeldAgainst(sides, None, "same")
    return HeldAgainst(sides, found)


def sides_of(frame: Frame, query: JourneysQuery, against: Against) -> Sides:
    """Return the two cuts of the page's cases; NoTwoSidesError where there are none, QuestionError for bad words."""
    if against.kind == "outcome":
        won, lost = (Side(title, _with(query, "outcome", (name,))) for name, title in OUTCOMES.items())
        return Sides(won, lost, without_ends=True)
    if against.kind == "previous":
        before = frame.period.earlier(frame.asked.compare or "previous", frame.today).period
        return Sides(Side(THIS, query), Side(EARLIER, replace(query, period=before)))
    if against.kind == "since":
        return _since(frame.facts, query, against.whom)
    if against.kind in MEMBERS:
        return _member(frame.metrics, query, against)
    best = tuple(best_people(frame.metrics, query, by_revenue=against.kind == "best_revenue"))
    if not best:
        raise NoTwoSidesError("people")
    one = Side(BEST, _with(query, "employee", tuple(each.id for each in best)))
    return Sides(one, Side(REST, query), without_ends=True, best=best)


def _since(days: Period, query: JourneysQuery, told: str) -> Sides:
    try:
        day = date.fromisoformat(told)
    except ValueError as error:
        raise QuestionError(f"{told} is no day", do="Write 2026-07-01") from error
    if not days.first < day <= days.last:
        raise NoTwoSidesError("day")
    before = replace(query, period=Period(days.first, day - timedelta(days=1)))
    return Sides(Side(SINCE, replace(query, period=Period(day, days.last))), Side(BEFORE, before))


def _member(metrics: Metrics, query: JourneysQuery, against: Against) -> Sides:
    if not against.whom:
        raise QuestionError(f"No {against.kind} was named", do=f"Name the {against.kind} to hold against the others")
    key = f"{against.kind}_id"
    members = records(metrics.rows(f"dim_{against.kind}", query.scope, None, (key, "name")))
    names = {str(row[key]): str(row["name"] or row[key]) for row in members}
    if against.whom not in names:
        raise QuestionError(f"Unknown {against.kind}: {against.whom}", do=did_you_mean(against.whom, sorted(names)))
    name = names[against.whom]
    others = tuple(each for each in query.where if each.dimension != against.kind)
    one = replace(query, where=(*others, Filter(against.kind, (against.whom,))))
    return Sides(Side(Title(name, name), one), Side(REST, replace(query, where=others)))


def _with(query: JourneysQuery, dimension: str, values: tuple[str, ...]) -> JourneysQuery:
    others = tuple(each for each in query.where if each.dimension != dimension)
    return replace(query, where=(*others, Filter(dimension, values)))


def best_people(metrics: Metrics, query: JourneysQuery, *, by_revenue: bool) -> Iterator[BestPerson]:
    """Yield the best quarter of those who closed enough of the cases, of whom the scope tells; none of fewer than two.

    By win rate, or by the money won; ties by the other, then by id.
    """
    named = records(metrics.rows("dim_employee", query.scope, None, ("employee_id", "name")))
    names = {str(row["employee_id"]): str(row["name"] or row["employee_id"]) for row in named}
    told = {span.employee_id for span in query.scope.spans}
    cases = records(metrics.journeys(query, ("employee_id", "outcome", "won_amount_home")))
    people = {str(row["employee_id"]) for row in cases if row["employee_id"] is not None}
    known = people if query.scope.all_rows else people & told
    ranked = []
    for person in sorted(known):
        closed = [row for row in cases if row["employee_id"] == person and row["outcome"] in {"won", "lost"}]
        if len(closed) < FEWEST_CLOSED:
            continue
        rate = 100 * sum(row["outcome"] == "won" for row in closed) / len(closed)
        money = sum(float(str(row["won_amount_home"] or 0)) for row in closed)
        values = (money, rate) if by_revenue else (rate, money)
        ranked.append((values, BestPerson(person, names.get(person, person), len(closed), values[0])))
    ranked.sort(key=lambda each: each[0], reverse=True)
    if len(ranked) > 1:
        yield from (person for _, person in ranked[: max(1, len(ranked) // BEST_OF)])


def cases_of_side(
    frame: Frame, query: JourneysQuery, against: Against, behind: SideBehind, asked: CasesAsked
) -> Records:
    """Return the cases of a side that pass an edge, a step, or all that are compared."""
    held = held_against(frame, query, against, (*CASE, "employee_id"))
    if held.found is None or held.sides is None:
        raise QuestionError("there are no two cuts to compare", do="Choose others")
    one, other = held.found.passed(behind.source, behind.target)
    if behind.side == "one":
        return case_records(frame.metrics, held.sides.one.query, held.found.first, one, asked)
    return case_records(frame.metrics, held.sides.other.query, held.found.second, other, asked)


def plain_against(held: HeldAgainst, against: Against) -> Plain:
    """Return the comparison for JSON: shares in percent, times in seconds, the surest first, steps by their keys."""
    found, sides = held.found, held.sides
    told = found.difference if found else None
    counts = (told.cases_one, told.cases_other) if told else (0, 0)
    return {
        "kind": against.kind,
        "whom": against.whom or None,
        "clock": against.clock,
        "refused": held.refused or None,
        "one": _side(sides.one, counts[0]) if sides else None,
        "other": _side(sides.other, counts[1]) if sides else None,
        "best": [vars(each) for each in sides.best] if sides else [],
        "without_ends": bool(sides and sides.without_ends),
        "is_enough": bool(told and told.is_enough),
        "fewest": FEWEST_CASES,
        "compared": told.compared if told else 0,
        "shares": [
            {**_pair(found, each), "share_one": each.share_one, "share_other": each.share_other}
            for each in (told.shares if told else ())
        ],
        "times": [
            {**_pair(found, each), "median_one": each.median_one, "median_other": each.median_other}
            for each in (told.times if told else ())
        ],
        "titles": _titles(found) if found else {},
        "data_version": found.first.data_version if found else None,
    }


def _side(side: Side, cases: int) -> Plain:
    days = side.query.period
    return {
        "title": plain_words(side.title),
        "from": days.first.isoformat() if days else None,
        "to": days.last.isoformat() if days else None,
        "cases": cases,
    }


def _pair(found: ComparedPaths | None, each: Compared) -> Plain:
    steps = found.difference.steps if found else ()
    return {
        "source": None if each.source is None else steps[each.source],
        "target": steps[each.target],
        "cases_one": each.cases_one,
        "cases_other": each.cases_other,
        "difference": each.difference.value,
        "low": each.difference.low,
        "high": each.difference.high,
        "chance": float(np.clip(each.chance, 0, 1)),
        "differs": each.is_beyond_chance,
    }


def _titles(found: ComparedPaths) -> Plain:
    russian, english = (step_names(found.steps, language) for language in ("ru", "en"))
    met: Iterable[str] = found.difference.steps
    return {key: {"ru": russian.get(key, key), "en": english.get(key, key)} for key in met}
