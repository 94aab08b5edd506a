"""Hand-overs: from whom to whom cases go, how long until the new person's first contact, and what is lost on the way.

A record is handed over when an event says that it is somebody else's than the event before; a record that a case gets
anew (a deal of a lead) is handed over when it is somebody else's than the one before it. A wait is of working time; it
ends with the new person's first contact, and goes on unanswered until the record is handed on, the case is closed, or
now.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voronka.analyses.event_log import EventLog, Numbers
from voronka.analyses.spread import MICROSECONDS
from voronka.analyses.survival import Waits, median_wait

Truths = NDArray[np.bool_]
Floats = NDArray[np.float64]
NOBODY = -1


@dataclass(frozen=True, eq=False)
class Hands:
    """A log and whose its events are; per event `person` and `record` are numbers from 0 (NOBODY: nobody's).

    `tells` are the steps that say whose the record is, `contacts` those by which a client is spoken to. Per case:
    whether it `is_open`, and its money. `clock` shows per event, and `clock_now` now, the time by which waits are told
    (microseconds).
    """

    log: EventLog
    person: Numbers
    record: Numbers
    tells: Truths
    contacts: Truths
    is_open: Truths
    amount: Floats
    clock: Numbers
    clock_now: int


@dataclass(frozen=True, eq=False)
class HandOvers:
    """The hand-overs of a log in its order: the event of each, its case, from and to whom, and the wait in seconds.

    `is_over` says whether the new person spoke to the client, `waits` whether the case waits for that now.
    """

    event: Numbers
    case: Numbers
    giver: Numbers
    taker: Numbers
    seconds: Floats
    is_over: Truths
    waits: Truths

    def of(self, chosen: Truths) -> "HandOvers":
        """Return the chosen ones, one truth per hand-over."""
        return HandOvers(**{name: values[chosen] for name, values in vars(self).items()})


@dataclass(frozen=True)
class Joint:
    """What goes from one person to another (numbers): how many hand-overs, of how many cases, what became of them.

    `without_contact` are those without a contact in time, of the `watched` ones: that were spoken to or had the time.
    `emptied` had a field emptied, `without_task` nothing planned, of those `of_task` of which that is known; None where
    nobody tells. The median wait counts those that go on (Kaplan and Meier). `now` wait at present, with their money.
    """

    giver: int
    taker: int
    handed: int
    cases: int
    watched: int
    without_contact: int
    median_seconds: float | None
    emptied: int | None
    of_task: int
    without_task: int
    now: int
    now_amount: float


def hand_overs(hands: Hands) -> HandOvers:
    """Return the hand-overs of a log."""
    told = np.flatnonzero(hands.tells[hands.log.step] & (hands.person >= 0))
    case, record, person = hands.log.case[told], hands.record[told], hands.person[told]
    before = _last_of_record(case, record)
    is_first = before < 0
    in_case = np.arange(len(told)) - 1
    has_one = (in_case >= 0) & (case[in_case] == case)
    before = np.where(is_first & has_one, in_case, before)
    handed = np.flatnonzero((before >= 0) & (person[before] != person))
    event, taker = told[handed], person[handed]
    contact = _first_contact(hands, event, taker)
    until, is_handed_on = _handed_on(event, record[handed], len(hands.log.step))
    is_over = (contact >= 0) & ~(is_handed_on & (contact > until))
    last = hands.log.first[case[handed] + 1] - 1
    is_open = hands.is_open[case[handed]]
    ends = np.where(is_handed_on, hands.clock[until], np.where(is_open, hands.clock_now, hands.clock[last]))
    ends = np.where(is_over, hands.clock[contact], ends)
    seconds = np.maximum(ends - hands.clock[event], 0) / MICROSECONDS
    waits = ~is_over & ~is_handed_on & is_open
    return HandOvers(event, case[handed], person[before[handed]], taker, seconds, is_over, waits)


def _last_of_record(case: Numbers, record: Numbers) -> Numbers:
    """Return of each row the row before it of the same case and record, -1 for none."""
    order = np.lexsort((np.arange(len(case)), record, case))
    found = np.full(len(case), -1)
    same = np.flatnonzero((case[order][1:] == case[order][:-1]) & (record[order][1:] == record[order][:-1]))
    found[order[same + 1]] = order[same]
    return found


def _handed_on(event: Numbers, record: Numbers, events: int) -> tuple[Numbers, Truths]:
    """Return of each hand-over the event by which the record is handed on, and whether it is; else its own event."""
    order = np.lexsort((event, record))
    same = np.flatnonzero(record[order][1:] == record[order][:-1])
    until, is_on = event.copy(), np.zeros(len(event), dtype=np.bool_)
    until[order[same]] = event[order[same + 1]]
    is_on[order[same]] = True
    return np.minimum(until, max(events - 1, 0)), is_on


def _first_contact(hands: Hands, event: Numbers, taker: Numbers) -> Numbers:
    """Return the first contact of each taker in the case behind the event, -1 for none."""
    log = hands.log
    contacts = np.flatnonzero(hands.contacts[log.step] & (hands.person >= 0))
    people, wide = int(hands.person.max(initial=0)) + 1, len(log.step) + 1
    keys = (log.case[contacts] * people + hands.person[contacts]) * wide + contacts
    order = np.argsort(keys)
    asked = (log.case[event] * people + taker) * wide + event
    place = np.searchsorted(keys[order], asked, side="right")
    found = np.concatenate((contacts[order], [-1]))[place]
    key = np.concatenate((keys[order], [-1]))[place]
    return np.where(key // wide == asked // wide, found, -1)


def joints(found: HandOvers, within: float, lost: tuple[Truths | None, Floats], amount: Floats) -> tuple[Joint, ...]:
    """Return what goes from whom to whom, those with the most hand-overs first, ties by the numbers of people.

    `within` is how many seconds a contact may take. `lost` says of each hand-over whether a field was emptied (None:
    nobody tells), and whether nothing was planned: 1 or 0, NaN where unknown. `amount` is the money of each case.
    """
    pairs, joint = np.unique(np.stack((found.giver, found.taker)), axis=1, return_inverse=True)
    told = [_joint(found, joint.reshape(-1) == place, within, lost, amount) for place in range(pairs.shape[1])]
    return tuple(sorted(told, key=lambda each: (-each.handed, each.giver, each.taker)))


def _joint(
    found: HandOvers, chosen: Truths, within: float, lost: tuple[Truths | None, Floats], amount: Floats
) -> Joint:
    seconds, is_over = found.seconds[chosen], found.is_over[chosen]
    emptied, without_task = lost[0], lost[1][chosen]
    is_late = seconds > within
    now = np.unique(found.case[chosen & found.waits])
    return Joint(
        giver=int(found.giver[chosen][0]),
        taker=int(found.taker[chosen][0]),
        handed=len(seconds),
        cases=len(np.unique(found.case[chosen])),
        watched=int(np.count_nonzero(is_over | is_late)),
        without_contact=int(np.count_nonzero(is_late)),
        median_seconds=median_wait(Waits(seconds[is_over].tolist(), seconds[~is_over].tolist())),
        emptied=None if emptied is None else int(np.count_nonzero(emptied[chosen])),
        of_task=int(np.count_nonzero(~np.isnan(without_task))),
        without_task=int(np.nansum(without_task)),
        now=len(now),
        now_amount=float(np.nansum(amount[now])),
    )
