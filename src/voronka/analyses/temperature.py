"""Whether hot leads are hot: conversion of each temperature against the company's range, and whose labels say nothing.

A lead that is not decided yet may still be won. So the least that a cohort can come to is reckoned with all of those
lost, the most with all of them won, and the Wilson interval of chance is laid around both (metrics/intervals.py): a
verdict holds whatever becomes of them. With few leads, or many undecided ones, the honest verdict is that one cannot
tell yet; inside the range is what lies there with its whole interval.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from voronka.analyses.chance import level_among
from voronka.analyses.credibility import Tried, rates
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row
from voronka.metrics.intervals import wilson
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter, Query

TEMPERATURES = ("hot", "warm", "cold")
COUNTED = ("leads", "leads_won", "leads_undecided")
TELLING = 0.5
"""Whose labels part leads by less than this share of what the others' labels do, says little by them."""

Judged = Literal["below", "inside", "above", "unknown"]
By = Literal["employee", "channel", "team"]


@dataclass(frozen=True)
class Verdict:
    """Leads of one temperature (of one person or channel) against the range; rates and bounds are percents.

    `low` and `high` are None where there are no leads, the range's ends where the company sets none.
    """

    temperature: str
    leads: int
    won: int
    undecided: int
    rate: float | None
    low: float | None
    high: float | None
    range_from: float | None
    range_to: float | None
    verdict: Judged
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Suspicion:
    """A person whose hot leads are won far less often than the others' and hardly more often than own other leads.

    `decided` of them `won` make `rate`; `gap` is by how many percent points own hot leads are won more often than own
    other ones, `others_rate` and `others_gap` are the same of everybody else together.
    """

    employee_id: str
    name: str
    decided: int
    won: int
    rate: float
    others_rate: float
    gap: float | None
    others_gap: float


@dataclass(frozen=True)
class Held:
    """Warm leads in work with somebody, and how often that person is reckoned to win a warm one, in percent."""

    employee_id: str
    name: str
    leads: int
    rate: float


@dataclass(frozen=True)
class WarmLeads:
    """Warm leads in work with those who win fewer of them than the median person, most leads first.

    `where` and the owner of now are what `Metrics.records` of `leads` shows them by; `best` is the median in percent.
    """

    held: tuple[Held, ...]
    best: float | None
    where: tuple[Filter, ...]


@dataclass(frozen=True)
class _Counts:
    leads: float = 0.0
    won: float = 0.0
    undecided: float = 0.0

    @property
    def decided(self) -> float:
        return self.leads - self.undecided

    def plus(self, other: "_Counts", sign: int = 1) -> "_Counts":
        return _Counts(
            self.leads + sign * other.leads, self.won + sign * other.won, self.undecided + sign * other.undecided
        )


def verdicts(
    metrics: Metrics, scope: Scope, period: Period | None, by: By | None = None, where: Sequence[Filter] = ()
) -> tuple[Verdict, ...]:
    """Return how each temperature's leads of the period do against its range: of all, or of each person or channel.

    QuestionError where leads cannot be asked for so.
    """
    cuts = ("temperature", *([by] if by else []))
    found = _asked(metrics, Query(metrics=COUNTED, scope=scope, by=cuts, where=tuple(where), period=period))
    places = {row.get(f"{by}_id"): row.get(by) for row in found} if by else {None: None}
    counts = {(row.get(f"{by}_id") if by else None, row["temperature"]): _counts(row) for row in found}
    return tuple(
        _judged(metrics, temperature, counts.get((place, temperature), _Counts()), (place, name))
        for place, name in places.items()
        for temperature in TEMPERATURES
    )


def _judged(metrics: Metrics, temperature: str, counts: _Counts, of: tuple[object, object]) -> Verdict:
    target = metrics.catalogue.metric(f"{temperature}_conversion").target
    ends = (target.from_, target.to) if target else (None, None)
    low, _ = wilson(counts.won, counts.leads)
    _, high = wilson(counts.won + counts.undecided, counts.leads)
    place, name = of
    return Verdict(
        temperature=temperature,
        leads=round(counts.leads),
        won=round(counts.won),
        undecided=round(counts.undecided),
        rate=100 * counts.won / counts.leads if counts.leads else None,
        low=low,
        high=high,
        range_from=ends[0],
        range_to=ends[1],
        verdict=judge((low, high), ends),
        id=None if place is None else str(place),
        name=None if name is None else str(name),
    )


def judge(interval: tuple[float | None, float | None], ends: tuple[float | None, float | None]) -> Judged:
    """Return where an interval lies against a range: whole on one side of it, whole inside, or one cannot tell."""
    low, high = interval
    least = 0.0 if ends[0] is None else ends[0]
    most = 100.0 if ends[1] is None else ends[1]
    if low is None or high is None or ends == (None, None):
        return "unknown"
    if high < least:
        return "below"
    if low > most:
        return "above"
    return "inside" if least <= low and high <= most else "unknown"


def suspicious_labels(
    metrics: Metrics, scope: Scope, period: Period | None, where: Sequence[Filter] = ()
) -> tuple[Suspicion, ...]:
    """Return the people whose label `hot` says nothing, the lowest rate first.

    Of decided leads only: one's hot leads are won less often than the others' with no overlap of the intervals, which
    are wide enough for the strangest of so many people (Bonferroni); and the label parts own leads by less than half
    of what it does for the others, so that somebody who merely sells badly is not named.
    """
    cuts = ("employee", "temperature")
    found = _asked(metrics, Query(metrics=COUNTED, scope=scope, by=cuts, where=tuple(where), period=period))
    hot = _by_person(found, ("hot",))
    rest = _by_person(found, ("warm", "cold"))
    names = {str(row["employee_id"]): str(row["employee"]) for row in found if row["employee_id"] is not None}
    all_hot, all_rest = _summed(hot.values()), _summed(rest.values())
    level = level_among(len([who for who in names if hot.get(who, _Counts()).decided > 0]))
    suspicions = [
        suspicion
        for who, name in names.items()
        for own in [(hot.get(who, _Counts()), rest.get(who, _Counts()))]
        for others in [(all_hot.plus(own[0], -1), all_rest.plus(own[1], -1))]
        for suspicion in [_suspicion((who, name), own, others, level)]
        if suspicion
    ]
    return tuple(sorted(suspicions, key=lambda each: (each.rate, each.employee_id)))


def _suspicion(
    who: tuple[str, str], own: tuple[_Counts, _Counts], others: tuple[_Counts, _Counts], level: float
) -> Suspicion | None:
    _, high = wilson(own[0].won, own[0].decided, level)
    low, _ = wilson(others[0].won, others[0].decided, level)
    gap, usual = _gap(own), _gap(others)
    if high is None or low is None or usual is None or high >= low:
        return None
    if usual <= 0 or (gap is not None and gap >= TELLING * usual):
        return None
    return Suspicion(
        employee_id=who[0],
        name=who[1],
        decided=round(own[0].decided),
        won=round(own[0].won),
        rate=100 * own[0].won / own[0].decided,
        others_rate=100 * others[0].won / others[0].decided,
        gap=gap,
        others_gap=usual,
    )


def _gap(counts: tuple[_Counts, _Counts]) -> float | None:
    """Return by how many percent points hot leads are won more often than others; None where either has none."""
    hot, rest = counts
    if hot.decided <= 0 or rest.decided <= 0:
        return None
    return 100 * (hot.won / hot.decided - rest.won / rest.decided)


def warm_with_the_rest(
    metrics: Metrics, scope: Scope, period: Period | None, where: Sequence[Filter] = ()
) -> WarmLeads:
    """Return the warm leads in work that are not with the best, by how often each won warm leads of the period.

    `where` narrows the leads in work; who is best is told by all that the scope may see. Own rates, week by week, are
    drawn to the common one as far as chance explains them (credibility.py): where people do not differ beyond it, all
    have one rate and nobody is worse than the median.
    """
    warm = Filter("temperature", ("warm",))
    weeks = Query(metrics=COUNTED, scope=scope, by=("employee", "week"), where=(warm,), period=period)
    tried: dict[str, list[Tried]] = {}
    for row in _asked(metrics, weeks):
        if row["employee_id"] is not None:
            counts = _counts(row)
            tried.setdefault(str(row["employee_id"]), []).append(Tried(counts.decided, counts.won))
    values = {who: rate.value for who, rate in rates(tried).items() if rate.value is not None and rate.tried > 0}
    best = median(values.values()) if values else None
    in_work = (*where, warm, Filter("outcome", ("open",)))
    now = _asked(metrics, Query(metrics=("leads",), scope=scope, by=("employee",), where=in_work, owner="now"))
    held = [
        Held(who, str(row["employee"]), round(_number(row["leads"])), 100 * rate)
        for row in now
        for who in [str(row["employee_id"])]
        for rate in [values.get(who)]
        if rate is not None and best is not None and rate < best
    ]
    people = Filter("employee", tuple(each.employee_id for each in held))
    shown = (*in_work, people)
    return WarmLeads(tuple(held), None if best is None else 100 * best, shown if held else in_work)


def _asked(metrics: Metrics, query: Query) -> list[Row]:
    return metrics.query(query).rows


def _by_person(rows: Sequence[Row], temperatures: Sequence[str]) -> Mapping[str, _Counts]:
    found: dict[str, _Counts] = {}
    for row in rows:
        if row["temperature"] in temperatures and row["employee_id"] is not None:
            who = str(row["employee_id"])
            found[who] = found.get(who, _Counts()).plus(_counts(row))
    return found


def _summed(found: Iterable[_Counts]) -> _Counts:
    total = _Counts()
    for counts in found:
        total = total.plus(counts)
    return total


def _counts(row: Row) -> _Counts:
    """Return the counts of a row; where it is not known which leads are undecided, all that are not won may be."""
    leads, won = _number(row["leads"]), _number(row["leads_won"])
    undecided = row["leads_undecided"]
    return _Counts(leads, won, leads - won if undecided is None else _number(undecided))


def _number(value: object) -> float:
    return float(str(value)) if value is not None else 0.0
