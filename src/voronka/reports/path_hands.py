"""Hand-overs beside a path: of the page's cases who handed to whom and what was lost, and what waits there now."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Literal, cast
from zoneinfo import ZoneInfo

import numpy as np

from voronka.analyses.chance_exact import fisher, holm
from voronka.analyses.hand_overs import Joint, joints
from voronka.analyses.path_difference import ERROR
from voronka.domain.durations import HOUR
from voronka.metrics.answer import records
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.metrics.records import Records
from voronka.reports.cases import CasesAsked, case_records
from voronka.reports.hand_overs import Joints, Row, Truths, joint_rows, joints_of, waiting_rows
from voronka.reports.links import RecordLinks
from voronka.reports.path_grey import open_now
from voronka.reports.plain import Plain

By = Literal["people", "roles"]
Which = Literal["handed", "late", "emptied", "taskless", "now", "stuck"]
"""The cases that were handed over; of those, the ones without a contact in time, with a field emptied, with nothing
planned; of the open ones those that wait for the new person, and those that wait longer than they may."""
NOW = ("now", "stuck")
"""Those that are of the cases open now, whenever they began."""
FEWEST = 10
"""Hand-overs of a pair below which it is not held against the others."""
LISTED = 10
"""Records that wait now and stand on the page; the drawer shows all."""
NONE_HANDED: Row = {
    "handed": 0,
    "cases": 0,
    "watched": 0,
    "without_contact": 0,
    "median_seconds": None,
    "emptied": None,
    "of_task": 0,
    "without_task": 0,
}
"""The figures of a pair of which none of the cases asked for was handed over."""
NOBODY = "-"
"""Stands in an address for a role that is not known."""
Spans = Mapping[str, Sequence[tuple[date | None, date | None, str]]]


@dataclass(frozen=True)
class HandsAsked:
    """Between whom, and within how many working hours the new person is to speak to the client."""

    by: By = "people"
    within: float = 9.0


@dataclass(frozen=True)
class HandsBehind:
    """Which hand-overs' cases are listed; an empty giver or taker is anyone, `-` nobody known."""

    which: Which
    giver: str = ""
    taker: str = ""


@dataclass(frozen=True, eq=False)
class HandsBeside:
    """The hand-overs of the page's cases, and those of all that are open now under the same filters.

    `waiting` are the latter between people, whatever is asked for.
    """

    found: Joints
    now: Joints
    waiting: Joints


def hands_beside(metrics: Metrics, query: JourneysQuery, asked: HandsAsked) -> HandsBeside:
    """Return the hand-overs of the cases asked for, and what waits now."""
    whole = joints_of(metrics, query, asked.within * HOUR)
    waiting = joints_of(metrics, open_now(query), asked.within * HOUR)
    found, now = (_between(metrics, each, query, asked) for each in (whole, waiting))
    return HandsBeside(found, now, waiting)


def joint_rows_beside(made: HandsBeside) -> list[Row]:
    """Return who hands to whom, the most first; `now` of each is whoever waits, in the period or not.

    Last stand the pairs of which none of the cases asked for was handed over, and some wait.
    """
    rows = {_ends(row): {**row, "now": 0, "now_amount": 0.0} for row in joint_rows(made.found)}
    for row in joint_rows(made.now):
        if row["now"]:
            kept = rows.setdefault(_ends(row), {**row, **NONE_HANDED})
            kept.update({name: row[name] for name in ("now", "now_amount")})
    return list(rows.values())


def _ends(row: Row) -> tuple[str, str]:
    return row["from"], row["to"]


def _joints(metrics: Metrics, query: JourneysQuery, asked: HandsAsked) -> Joints:
    return _between(metrics, joints_of(metrics, query, asked.within * HOUR), query, asked)


def _between(metrics: Metrics, found: Joints, query: JourneysQuery, asked: HandsAsked) -> Joints:
    return by_role(metrics, found, query) if asked.by == "roles" else found


def by_role(metrics: Metrics, found: Joints, query: JourneysQuery) -> Joints:
    """Return the same between roles, each as it was on the day of the hand-over; "" is no role that is known."""
    spans = _roles(metrics, query)
    zone, handed = ZoneInfo(metrics.company.zone), found.handed
    moments = found.journeys.log.at[handed.event].astype("datetime64[us]").tolist()
    days = [at.replace(tzinfo=UTC).astimezone(zone).date() for at in moments]
    sides = [
        [_role_on(spans.get(found.people[person], ()), day) for person, day in zip(people.tolist(), days, strict=True)]
        for people in (handed.giver, handed.taker)
    ]
    roles = tuple(sorted({role for side in sides for role in side}))
    giver, taker = (np.array([roles.index(role) for role in side], dtype=np.int64) for side in sides)
    told = replace(handed, giver=giver, taker=taker)
    whole = joints(told, found.within, found.lost, found.journeys.open_amount)
    return replace(found, joints=whole, handed=told, people=roles, names={role: role for role in roles if role})


def _roles(metrics: Metrics, query: JourneysQuery) -> Spans:
    columns = ("employee_id", "role", "valid_from", "valid_to")
    found: dict[str, list[tuple[date | None, date | None, str]]] = {}
    for row in records(metrics.rows("employee_team", query.scope, None, columns)):
        first, until = (cast("date | None", row[name]) for name in ("valid_from", "valid_to"))
        found.setdefault(str(row["employee_id"]), []).append((first, until, str(row["role"] or "")))
    return {person: sorted(spans, key=lambda span: span[0] or date.min) for person, spans in found.items()}


def _role_on(spans: Sequence[tuple[date | None, date | None, str]], day: date) -> str:
    """Return the role of a day, else the one held last before it, else the first one."""
    held = [role for first, until, role in spans if (first or date.min) <= day < (until or date.max)]
    before = [role for first, _, role in spans if (first or date.min) <= day]
    return (held or before[-1:] or [role for _, _, role in spans] or [""])[0]


def plain_hands(metrics: Metrics, made: HandsBeside, asked: HandsAsked, links: RecordLinks) -> Plain:
    """Return the hand-overs for JSON, the most first: waits in seconds of working time, what nobody tells is None.

    `now_cases` and `now_amount` are of whoever is open and waits there now, in the period or not; so is `stuck`.
    """
    waiting = waiting_rows(metrics, made.waiting, links)
    names = {**made.now.names, **made.found.names}
    return {
        "by": asked.by,
        "within": asked.within,
        "cases": made.found.cases,
        "handed_cases": len(np.unique(made.found.handed.case)),
        "rows": [_row(row, names) for row in joint_rows_beside(made)],
        "worst": _worst(made.found),
        "stuck": [_stuck(row, set(made.waiting.names.values())) for row in waiting[:LISTED]],
        "stuck_count": len({row["case"] for row in waiting}),
        "data_version": made.found.journeys.data_version,
    }


def _worst(found: Joints) -> Plain | None:
    """Return the pair that leaves hand-overs without a contact in time more often than all others, beyond chance.

    Each of enough hand-overs is held against the rest by Fisher's exact test, all of them together by Holm's rule.
    """
    watched, late = (sum(getattr(each, name) for each in found.joints) for name in ("watched", "without_contact"))
    many = [each for each in found.joints if FEWEST <= each.watched < watched]
    chances = holm(
        [
            fisher(each.without_contact, each.watched, late - each.without_contact, watched - each.watched)
            for each in many
        ]
    )
    worse = [
        each
        for each, chance in zip(many, chances, strict=True)
        if chance < ERROR and each.without_contact * watched > late * each.watched
    ]
    if not worse:
        return None
    most = max(worse, key=lambda each: each.without_contact / each.watched)
    return dict(zip(("giver", "taker"), _pair(found, most), strict=True))


def _pair(found: Joints, joint: Joint) -> tuple[str, str]:
    return found.people[joint.giver], found.people[joint.taker]


def _row(row: Row, names: Mapping[str, str]) -> Plain:
    giver, taker = _ends(row)
    return {
        "giver": giver,
        "giver_name": names.get(giver),
        "taker": taker,
        "taker_name": names.get(taker),
        **{name: row[name] for name in NONE_HANDED},
        "now_cases": row["now"],
        "now_amount": row["now_amount"],
    }


def _stuck(row: Plain, told: AbstractSet[str]) -> Plain:
    """Return a record that waits; whoever the reader may not see has no name."""
    kept = ("entity", "id", "title", "working_hours", "amount", "url")
    return {
        **{name: row[name] for name in kept},
        "giver_name": row["from"] if row["from"] in told else None,
        "taker_name": row["to"] if row["to"] in told else None,
        "since": row["since"].isoformat(timespec="minutes"),
    }


def cases_handed(
    metrics: Metrics, query: JourneysQuery, asked: HandsAsked, behind: HandsBehind, listed: CasesAsked
) -> Records:
    """Return the cases of hand-overs, as the page counts them."""
    found = _joints(metrics, open_now(query) if behind.which in NOW else query, asked)
    chosen = np.zeros(len(found.journeys.log.cases), dtype=np.bool_)
    chosen[found.handed.case[_chosen(found, behind)]] = True
    return case_records(metrics, query, found.journeys, chosen, listed)


def _chosen(found: Joints, behind: HandsBehind) -> Truths:
    """Say of each hand-over whether its case is asked for."""
    handed, (emptied, without_task) = found.handed, found.lost
    nobody = np.zeros(len(handed.case), dtype=np.bool_)
    of_which: dict[str, Truths] = {
        "handed": ~nobody,
        "late": handed.seconds > found.within,
        "emptied": nobody if emptied is None else emptied,
        "taskless": without_task == 1,
        "now": handed.waits,
        "stuck": handed.waits & (handed.seconds > found.within),
    }
    chosen = of_which[behind.which]
    for side, person in ((handed.giver, behind.giver), (handed.taker, behind.taker)):
        if person:
            name = "" if person == NOBODY else person
            chosen = chosen & (side == (found.people.index(name) if name in found.people else -1))
    return chosen
