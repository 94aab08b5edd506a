"""Who hands cases to whom in the company's process: how long they wait, what is lost, and what waits now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.hand_overs import NOBODY, HandOvers, Hands, Joint, hand_overs, joints
from voronka.analyses.journey_log import SECOND, JourneyLog, journey_log
from voronka.analyses.working_clock import working_clock
from voronka.metrics.answer import columns_of, records
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.links import RecordLinks

Row = dict[str, Any]
Truths = NDArray[np.bool_]
KINDS = ("created", "stage", "owner", "activity")
CONTACTS = ("call_out", "call_in", "email_out", "message_out", "meeting", "demo", "proposal")
"""The steps by which somebody speaks to a client."""
WITHIN = 9 * 3600
"""Working seconds within which the new person is to speak to the client where nothing else is asked: a working day."""
EMPTIED_BEFORE, EMPTIED_AFTER = timedelta(hours=1), timedelta(days=1)
"""A field counts as emptied by a hand-over so long before it and after."""
OF_CASES = ("title", "lead_id", "deal_id", "url", "employee_id")


@dataclass(frozen=True, eq=False)
class Joints:
    """The joints between people, with the hand-overs and cases; `people` are ids by their numbers, `names` by ids.

    `lost` says of each hand-over whether a field was emptied (None: nobody tells), and whether nothing was planned.
    `cases` is how many cases were asked for; `journeys` may have more.
    """

    joints: tuple[Joint, ...]
    handed: HandOvers
    people: tuple[str, ...]
    names: Mapping[str, str]
    journeys: JourneyLog
    within: float
    lost: tuple[Truths | None, NDArray[np.float64]]
    cases: int


def joints_of(metrics: Metrics, asked: JourneysQuery, within: float = WITHIN) -> Joints:
    """Return who hands cases to whom; `within` is how many seconds of working time a first contact may take.

    A `pipeline` chooses cases that were in it; where their other records were handed over is told too.
    """
    every = replace(asked, kinds=KINDS, pipeline="")
    found = journey_log(metrics, every, OF_CASES, ("employee_id", "entity", "entity_id"))
    people, hands = _hands(metrics, found)
    handed = hand_overs(hands)
    kept = np.ones(len(found.log.cases), dtype=np.bool_)
    if asked.pipeline:
        own = set(metrics.journeys(replace(asked, kinds=KINDS), ["number"]).column("case_id").to_pylist())
        kept = np.array([case in own for case in found.log.cases], dtype=np.bool_)
        handed = handed.of(kept[handed.case])
    lost = _emptied(metrics, asked, found, handed), _without_task(metrics, asked, found, handed)
    told = joints(handed, within, lost, found.open_amount)
    rows = records(metrics.rows("dim_employee", asked.scope, None, ("employee_id", "name")))
    names = {str(row["employee_id"]): str(row["name"]) for row in rows}
    return Joints(told, handed, people, names, found, within, lost, int(np.count_nonzero(kept)))


def _hands(metrics: Metrics, found: JourneyLog) -> tuple[tuple[str, ...], Hands]:
    log = found.log
    of_event = {name: found.events.column(name).to_pylist() for name in ("employee_id", "entity", "entity_id")}
    people = sorted({str(each) for each in of_event["employee_id"] if each is not None})
    number = {name: place for place, name in enumerate(people)}
    records_met: dict[object, int] = {}
    record = [
        records_met.setdefault(key, len(records_met))
        for key in zip(of_event["entity"], of_event["entity_id"], strict=True)
    ]
    now = metrics.known_until()
    clock_now = int(np.datetime64(now, "us").astype(np.int64))
    if log.worked is not None and len(log.step):
        clock_now = round(working_clock(metrics, now, ZoneInfo(metrics.company.zone)) * SECOND)
    return tuple(people), Hands(
        log=log,
        person=np.array([number.get(str(each), NOBODY) for each in of_event["employee_id"]], dtype=np.int64),
        record=np.array(record, dtype=np.int64),
        tells=np.array([step.kind in {"created", "stage", "owner"} for step in found.steps], dtype=np.bool_),
        contacts=np.array([step.key in CONTACTS for step in found.steps], dtype=np.bool_),
        is_open=~(found.won | found.lost),
        amount=found.open_amount,
        clock=log.at if log.worked is None else log.worked,
        clock_now=clock_now,
    )


def _handed_records(found: JourneyLog, handed: HandOvers) -> list[tuple[str, str, datetime]]:
    """Return the record of each hand-over and its moment (UTC)."""
    entity, key = (found.events.column(name).to_pylist() for name in ("entity", "entity_id"))
    moments = found.log.at[handed.event].astype("datetime64[us]").tolist()
    return [(entity[event], key[event], at) for event, at in zip(handed.event.tolist(), moments, strict=True)]


def _emptied(metrics: Metrics, asked: JourneysQuery, found: JourneyLog, handed: HandOvers) -> Truths | None:
    """Say of each hand-over whether a field of its record was emptied by it; None where nobody tells of fields.

    Changes have no owner of their own: they are told to those who see the whole company only.
    """
    if not asked.scope.all_rows or not metrics.rows("fct_changes", asked.scope, None, ("entity",), limit=1).num_rows:
        return None
    columns = ("entity", "entity_id", "old", "changed_at")
    changes = columns_of(metrics.rows("fct_changes", asked.scope, {"new": [None, ""]}, columns))
    emptied: dict[tuple[object, object], list[datetime]] = {}
    for entity, key, old, at in zip(*(changes[name] for name in columns), strict=True):
        if old not in {None, ""} and isinstance(at, datetime):
            emptied.setdefault((entity, key), []).append(at)
    return np.array(
        [
            any(at - EMPTIED_BEFORE <= each <= at + EMPTIED_AFTER for each in emptied.get((entity, key), ()))
            for entity, key, at in _handed_records(found, handed)
        ],
        dtype=np.bool_,
    )


def _without_task(metrics: Metrics, asked: JourneysQuery, found: JourneyLog, handed: HandOvers) -> NDArray[np.float64]:
    """Say of each hand-over of a deal whether nothing was planned for it on the next day (1, 0); else NaN."""
    zone = ZoneInfo(metrics.company.zone)
    told = _handed_records(found, handed)
    deals = sorted({key for entity, key, _ in told if entity == "deal"})
    spans: dict[object, list[tuple[date, date, bool]]] = {}
    if deals:
        columns = ("deal_id", "from_day", "to_day", "has_next_step")
        states = columns_of(metrics.rows("fct_deal_states", asked.scope, {"deal_id": deals}, columns))
        for deal, first, until, has in zip(*(states[name] for name in columns), strict=True):
            if has is not None:
                spans.setdefault(deal, []).append((cast("date", first), cast("date", until), bool(has)))
    values = []
    for entity, key, at in told:
        day = at.replace(tzinfo=UTC).astimezone(zone).date() + timedelta(days=1)
        state = [has for first, until, has in spans.get(key, ()) if entity == "deal" and first <= day < until]
        values.append(np.nan if not state else float(not any(state)))
    return np.array(values, dtype=np.float64)


def joint_rows(found: Joints) -> list[Row]:
    """Return who hands to whom, those with the most hand-overs first; ids with names beside."""
    return [
        {
            "from": found.people[each.giver],
            "from_name": _name(found, each.giver),
            "to": found.people[each.taker],
            "to_name": _name(found, each.taker),
            **{name: value for name, value in vars(each).items() if name not in {"giver", "taker"}},
        }
        for each in found.joints
    ]


def waiting_rows(metrics: Metrics, found: Joints, links: RecordLinks) -> list[Row]:
    """Return the hand-overs whose client waits longer than it may, the longest first: what, from whom, to whom."""
    zone, handed = ZoneInfo(metrics.company.zone), found.handed
    cases = {name: found.journeys.cases.column(name).to_pylist() for name in ("case_id", *OF_CASES)}
    late = np.flatnonzero(handed.waits & (handed.seconds > found.within))
    late = late[np.argsort(-handed.seconds[late], kind="stable")]
    rows = []
    for place in late.tolist():
        case = int(handed.case[place])
        deal, lead = cases["deal_id"][case], cases["lead_id"][case]
        entity, key = ("deal", deal) if deal else ("lead", lead)
        at = found.journeys.log.at[handed.event[place]].astype("datetime64[us]").item()
        amount = found.journeys.open_amount[case]
        rows.append(
            {
                "case": cases["case_id"][case],
                "entity": entity,
                "id": key,
                "title": cases["title"][case],
                "from": _name(found, int(handed.giver[place])),
                "to": _name(found, int(handed.taker[place])),
                "since": at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None),
                "working_hours": float(handed.seconds[place]) / 3600,
                "amount": None if np.isnan(amount) else float(amount),
                "url": links.open(entity, key, cases["url"][case]),
            }
        )
    return rows


def _name(found: Joints, person: int) -> str:
    names: Sequence[str] = found.people
    return found.names.get(names[person], names[person])
