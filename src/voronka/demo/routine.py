"""What people do day by day beside their leads and deals: the base called through, clients kept, tasks done."""

from dataclasses import dataclass

import numpy as np

from voronka.demo.clients import Clients
from voronka.demo.contacts import NONE, Past, settled, with_answers, with_replies
from voronka.demo.leads import NEVER
from voronka.demo.people import AM, SDR
from voronka.demo.rows import Array, Rows, joined
from voronka.demo.stories import NOBODY
from voronka.demo.talks import with_talk
from voronka.demo.words import SUBJECTS, TASKS
from voronka.demo.worktime import DAY, HOUR, clock

_RATES = {
    # sdr, ae, am, lead, head: how many in a usual day
    "call": np.array([48.0, 22.0, 28.0, 8.0, 3.0]),
    "email": np.array([6.0, 6.0, 10.0, 6.0, 5.0]),
    "message": np.array([7.0, 7.0, 9.0, 8.0, 6.0]),
    "task": np.array([6.0, 4.5, 6.0, 4.0, 2.0]),
    "meeting": np.array([0.0, 0.2, 0.8, 0.5, 0.6]),
}
_LAZY = 0.6
_INCOMING = 0.16
_RINGS_ALL = 0.35
_SERIES_DAYS = 0.55


@dataclass(frozen=True)
class Stretch:
    """Days of routine made at once, both inside; its number keeps ids apart."""

    number: int
    first: int
    last: int


def make_routine(past: Past, clients: Clients, stretch: Stretch) -> dict[str, Rows]:
    """Return the call, email, message, task and meeting rows of a stretch of days, until now."""
    draws = past.plan.draws("routine", stretch.first)
    now = past.plan.now
    found = {kind: _drawn(past, draws, stretch, kind) for kind in _RATES}
    calls = _calls(past, draws, found["call"], clients)
    mails = found["email"].plus(subject=draws.integers(0, len(SUBJECTS), len(found["email"])))
    mails = mails.plus(is_out=np.ones(len(mails), dtype=bool))
    kinds = {
        "call": joined([calls, _series(past, draws, stretch)]),
        "email": with_replies(draws, mails, past.work),
        "message": with_answers(draws, found["message"]),
        "task": _tasks(draws, found["task"]),
        "meeting": _meetings(past, draws, found["meeting"], clients),
    }
    return {
        kind: rows.where(rows["created" if kind in {"task", "meeting"} else "at"] <= now)
        for kind, rows in kinds.items()
    }


def _drawn(past: Past, draws: np.random.Generator, stretch: Stretch, kind: str) -> Rows:
    """Return the owners and moments of one kind, as many as the people at work make."""
    staff = past.staff
    days = np.arange(stretch.first, stretch.last + 1)
    usual = _RATES[kind][past.roles][:, None] * staff.present[:, days - staff.first] * past.plan.volume
    if past.plot.laggard >= 0:
        usual[past.plot.laggard] *= _LAZY
    counts = draws.poisson(usual)
    person, day = np.divmod(np.repeat(np.arange(counts.size), counts.ravel()), len(days))
    nothing = np.full(len(person), NONE)
    return Rows({"owner": person, "at": clock(draws, days[day]), "lead": nothing, "deal": nothing})


def _calls(past: Past, draws: np.random.Generator, rows: Rows, clients: Clients) -> Rows:
    rows = rows.where(rows["owner"] != past.plot.callless)
    number = len(rows)
    is_out = draws.random(number) >= _INCOMING
    roles = past.roles[rows["owner"]]
    rings_all = ~is_out & (roles == SDR) & (draws.random(number) < _RINGS_ALL)
    rows = rows.plus(is_out=is_out, account=_accounts(past, draws, rows["owner"], clients), rings_all=rings_all)
    return with_talk(draws, rows, roles)


def _accounts(past: Past, draws: np.random.Generator, owner: Array, clients: Clients) -> Array:
    """Return one of the person's own clients for those who keep clients, NONE for the others."""
    found = np.full(len(owner), NONE)
    for person in np.flatnonzero(past.roles == AM):
        own = np.flatnonzero((clients.keeper == person) | (clients.heir == person))
        theirs = np.flatnonzero(owner == person)
        if len(own) and len(theirs):
            found[theirs] = draws.choice(own, len(theirs))
    return found


def _series(past: Past, draws: np.random.Generator, stretch: Stretch) -> Rows:
    """Return calls of some seconds, one a minute: what a counter of calls takes for work."""
    staff, who = past.staff, past.plot.fiver
    days = np.arange(stretch.first, stretch.last + 1)
    is_on = (draws.random(len(days)) < _SERIES_DAYS) & past.work.is_working(days) & (who != NOBODY)
    days = days[is_on & staff.at_work(np.full(len(days), who), days)]
    counts = draws.integers(14, 30, len(days))
    start = np.repeat(clock(draws, days), counts)
    place = np.concatenate([np.arange(n) for n in counts]) if len(counts) else np.zeros(0, dtype=np.int64)
    number = len(start)
    nothing = np.full(number, NONE)
    at = start + place * 65 + draws.integers(0, 20, number)
    columns = {"owner": np.full(number, who), "at": at, "lead": nothing, "deal": nothing}
    said = {"is_out": np.ones(number, dtype=bool), "account": nothing, "rings_all": np.zeros(number, dtype=bool)}
    return Rows({**columns, **said, "talk": draws.integers(3, 8, number), "wait": draws.integers(3, 9, number)})


def _tasks(draws: np.random.Generator, rows: Rows) -> Rows:
    number = len(rows)
    due = rows["at"] - rows["at"] % 900
    created = due - draws.integers(HOUR, 3 * DAY, number)
    done = due + np.exp(draws.normal(np.log(1.2 * HOUR), 1.0, number)).astype(np.int64)
    in_time = draws.random(number) < 0.75  # noqa: PLR2004 - most are done in time
    done = np.where(in_time, due - draws.integers(0, HOUR, number), done)
    done = np.where(draws.random(number) < 0.004, NEVER, done)  # noqa: PLR2004 - some nobody closes
    return rows.plus(created=created, due=due, done=done, subject=draws.integers(0, len(TASKS), number))


def _meetings(past: Past, draws: np.random.Generator, rows: Rows, clients: Clients) -> Rows:
    start = rows["at"] - rows["at"] % 1800
    created = start - draws.integers(2 * HOUR, 6 * DAY, len(rows))
    rows = rows.plus(start=start, created=created, account=_accounts(past, draws, rows["owner"], clients))
    return settled(draws, rows, past.plan.now, (30, 90))
