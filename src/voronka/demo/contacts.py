"""What people do for a lead or a deal: calls, mails, messages, meetings, demos, proposals, tasks, past and planned."""

from dataclasses import dataclass

import numpy as np

from voronka.demo.deals import OFFERED, SHOWN, STEPS, owner_at
from voronka.demo.leads import HOT, NEVER, WARM
from voronka.demo.people import Staff
from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Array, Rows, joined, repeated
from voronka.demo.stories import Plot
from voronka.demo.talks import with_talk
from voronka.demo.words import SUBJECTS, TASKS
from voronka.demo.worktime import DAY, HOUR, LASTS, WorkTime, clock

DONE, PLANNED, CANCELLED, NO_SHOW = range(4)
NONE = -1
_BY_CALL, _BY_MESSAGE = 0.72, 0.9
_PER_DEAL = {"call": 4.6, "email": 3.2, "message": 2.8, "meeting": 0.8, "task": 2.4}
_REPLIED = 0.34
_FORGOTTEN = 0.2


@dataclass(frozen=True)
class Past:
    """What the steps before made, and the clock: what a contact is drawn from."""

    plan: DemoPlan
    staff: Staff
    work: WorkTime
    plot: Plot
    leads: Rows
    deals: Rows
    roles: Array


def make_contacts(past: Past) -> dict[str, Rows]:
    """Return call, email, message, meeting, demo, task and proposal rows of leads and deals until now."""
    of_leads, of_deals = _of_leads(past), _of_deals(past)
    found = {kind: joined([part for part in (of_leads.get(kind), of_deals.get(kind)) if part]) for kind in of_deals}
    found["email"] = with_replies(past.plan.draws("replies"), found["email"], past.work)
    found["message"] = with_answers(past.plan.draws("answers"), found["message"])
    return {kind: _known_now(rows, kind, past.plan.now) for kind, rows in found.items()}


def _known_now(rows: Rows, kind: str, now: int) -> Rows:
    """Return what is known now: what was done, and what was planned by now for later."""
    return rows.where(rows["created" if kind in {"meeting", "demo", "task"} else "at"] <= now)


def _of_leads(past: Past) -> dict[str, Rows]:
    leads, draws = past.leads, past.plan.draws("contacts", "leads")
    first = np.flatnonzero(leads["response"] < NEVER)
    ends = [leads[step] for step in ("qualified", "nurtured", "rejected")]
    until = np.minimum.reduce([*ends, leads["response"] + 12 * DAY])[first]
    more = draws.poisson(np.array([1.3, 2.2, 1.6])[leads["temperature"][first]])
    again = first[repeated(more)]
    span = np.maximum(past.work.worked(until) - past.work.worked(leads["response"][first]), HOUR)[repeated(more)]
    later = past.work.after(leads["response"][again], (span * draws.random(len(again))).astype(np.int64) + 300)
    lead = np.concatenate([first, again])
    at = np.concatenate([leads["response"][first], later])
    way = draws.random(len(lead))
    owner = leads["sdr"][lead]
    rows = Rows({"owner": owner, "at": at, "lead": lead, "deal": np.full(len(lead), NONE)})
    due = first[(leads["temperature"][first] >= WARM) & (draws.random(len(first)) < 0.7)]  # noqa: PLR2004 - most are noted down
    return {
        "call": _called(past, draws, rows.where(way < _BY_CALL)),
        "message": rows.where((way >= _BY_CALL) & (way < _BY_MESSAGE)),
        "email": _written(draws, rows.where(way >= _BY_MESSAGE)),
        "task": _tasks(past, draws, (leads["sdr"][due], leads["response"][due] + DAY, due, np.full(len(due), NONE))),
    }


def _called(past: Past, draws: np.random.Generator, rows: Rows) -> Rows:
    rows = rows.where(rows["owner"] != past.plot.callless)
    rows = rows.plus(is_out=draws.random(len(rows)) < 0.88)  # noqa: PLR2004 - clients rarely call back
    first = rows["lead"] >= 0
    rows = rows.plus(is_out=rows["is_out"] | first)
    return with_talk(draws, rows, past.roles[rows["owner"]])


def _written(draws: np.random.Generator, rows: Rows) -> Rows:
    return rows.plus(subject=draws.integers(0, len(SUBJECTS), len(rows)), is_out=np.ones(len(rows), dtype=bool))


def _of_deals(past: Past) -> dict[str, Rows]:
    draws = past.plan.draws("contacts", "deals")
    found = {}
    for kind, usual in _PER_DEAL.items():
        found[kind] = _spread(past, draws, usual)
    proposals = _at_stage(past, draws, OFFERED, 1.0)
    demos = _meetings(past, draws, _at_stage(past, draws, SHOWN, 0.55), minutes=(40, 100))
    told = past.deals["is_forgotten"]
    noted = _deal_tasks(past, draws, found["task"], told)
    return {
        "call": _called(past, draws, found["call"]),
        "email": _written(draws, found["email"]),
        "message": found["message"],
        "meeting": _meetings(past, draws, found["meeting"], minutes=(30, 90)),
        "demo": demos,
        "proposal": proposals,
        "task": joined([noted, _next_steps(past, draws, told, noted)]),
    }


def _spread(past: Past, draws: np.random.Generator, usual: float) -> Rows:
    """Return moments over the life of each deal, less over an order of a known client, on days its owner is there."""
    deals = past.deals
    counts = draws.poisson(
        np.where(deals["is_repeated"], 0.4, 1.0) * usual * np.where(deals["temperature"] == HOT, 0.8, 1)
    )
    deal = repeated(counts)
    begun, ended = past.work.worked(deals["created"]), past.work.worked(deals["closed"])
    spent = (ended - begun)[deal] * draws.random(len(deal))
    days = past.work.moment(begun[deal] + spent.astype(np.int64)) // DAY
    at = np.clip(
        clock(draws, days), deals["created"][deal] + 300, np.maximum(deals["closed"], deals["created"] + 600)[deal]
    )
    owner = owner_at(deals, deal, at)
    rows = Rows({"owner": owner, "at": at, "lead": np.full(len(deal), NONE), "deal": deal})
    future = at > past.plan.now
    return rows.where(future | past.staff.at_work(owner, at // DAY))


def _at_stage(past: Past, draws: np.random.Generator, stage: int, share: float) -> Rows:
    deals = past.deals
    moments = deals[STEPS[stage]]
    deal = np.flatnonzero((moments < NEVER) & (draws.random(len(deals)) < share))
    at = moments[deal] + draws.integers(-1800, 0, len(deal))
    at = np.maximum(at, deals["created"][deal] + 60)
    return Rows({"owner": owner_at(deals, deal, at), "at": at, "lead": np.full(len(deal), NONE), "deal": deal})


def _meetings(past: Past, draws: np.random.Generator, rows: Rows, minutes: tuple[int, int]) -> Rows:
    """Return meetings at the half-hour, agreed some days before; those still ahead are planned."""
    deals, deal = past.deals, rows["deal"]
    start = rows["at"] - rows["at"] % 1800
    created = past.work.moment(np.maximum(past.work.worked(start) - draws.integers(HOUR, 5 * LASTS, len(rows)), 0))
    created = np.maximum(np.minimum(created, start - 1800), deals["created"][deal])
    ahead = start > past.plan.now
    kept = ~(ahead & deals["is_forgotten"][deal]) & (start > deals["created"][deal])
    return settled(draws, rows.plus(created=created, start=start), past.plan.now, minutes).where(kept)


def settled(draws: np.random.Generator, rows: Rows, now: int, minutes: tuple[int, int]) -> Rows:
    """Return meetings with their end and what became of them."""
    number = len(rows)
    fate = draws.choice([DONE, NO_SHOW, CANCELLED], number, p=[0.83, 0.08, 0.09])
    length = draws.integers(minutes[0] // 10, minutes[1] // 10 + 1, number) * 600
    planned = (rows["start"] > now) & (fate != CANCELLED)
    return rows.plus(end=rows["start"] + length, status=np.where(planned, PLANNED, fate))


def _tasks(past: Past, draws: np.random.Generator, about: tuple[Array, Array, Array, Array]) -> Rows:
    """Return tasks of `about`: whose, due about when, of which lead and deal; most are done, some late, a few never."""
    owner, wanted, lead, deal = about
    number = len(owner)
    due = wanted - wanted % 1800
    created = past.work.moment(np.maximum(past.work.worked(due) - draws.integers(HOUR, 3 * LASTS, number), 0))
    created = np.minimum(created, due - 900)
    done = past.work.after(due, np.exp(draws.normal(np.log(1.4 * HOUR), 1.1, number)).astype(np.int64))
    early = draws.random(number) < 0.72  # noqa: PLR2004 - most are done in time
    done = np.where(early, created + ((due - created) * draws.uniform(0.3, 1.0, number)).astype(np.int64), done)
    done = np.where(draws.random(number) < 0.05, NEVER, done)  # noqa: PLR2004 - some nobody closes
    rows = Rows({"owner": owner, "at": due, "lead": lead, "deal": deal, "created": created, "due": due})
    return rows.plus(done=done, subject=draws.integers(0, len(TASKS), number))


def _deal_tasks(past: Past, draws: np.random.Generator, rows: Rows, forgotten: Array) -> Rows:
    tasks = _tasks(past, draws, (rows["owner"], rows["at"], rows["lead"], rows["deal"]))
    created = np.maximum(tasks["created"], past.deals["created"][tasks["deal"]])
    due = np.maximum(tasks["due"], created + 900)
    tasks = tasks.plus(created=created, due=due, at=due, done=np.maximum(tasks["done"], created + 300))
    closed = past.deals["closed"][tasks["deal"]] <= past.plan.now
    # a task that nobody closed goes when its deal is closed: the CRM closes it then
    done = np.where(closed & (tasks["done"] >= NEVER), past.deals["closed"][tasks["deal"]], tasks["done"])
    tasks = _noted_one_after_another(past, tasks.plus(done=done), forgotten)
    return tasks.where(~(forgotten[tasks["deal"]] & ~closed & (tasks["done"] > past.plan.now)))


def _noted_one_after_another(past: Past, tasks: Rows, forgotten: Array) -> Rows:
    """Return the tasks of deals; a tidy seller puts the next one down when the one before it is done."""
    tasks = tasks.sorted_by("deal", "due")
    deal = tasks["deal"]
    is_first = np.append(True, deal[1:] != deal[:-1])
    before = np.where(is_first, past.deals["created"][deal], np.append(NEVER, tasks["done"][:-1]))
    return tasks.plus(created=np.where(forgotten[deal], tasks["created"], np.minimum(tasks["created"], before)))


def _last_done(past: Past, noted: Rows) -> Array:
    """Return when the last of each deal's tasks was done by now; where it has none, when the deal came about."""
    last: Array = past.deals["created"].copy()
    done = noted.where(noted["done"] <= past.plan.now)
    np.maximum.at(last, done["deal"], done["done"])
    return last


def _next_steps(past: Past, draws: np.random.Generator, forgotten: Array, noted: Rows) -> Rows:
    """Return a task ahead for each open deal that is not forgotten: what a tidy seller notes after those `noted`."""
    deals, now = past.deals, past.plan.now
    deal = np.flatnonzero((deals["created"] <= now) & (deals["closed"] > now) & ~forgotten)
    number = len(deal)
    ahead = past.work.after(np.full(number, now), draws.integers(HOUR, 5 * LASTS, number))
    tasks = _tasks(past, draws, (owner_at(deals, deal, np.full(number, now)), ahead, np.full(number, NONE), deal))
    created = np.maximum(np.minimum(tasks["created"], now - 1200), deals["created"][deal])
    created = np.minimum(created, _last_done(past, noted)[deal])
    return tasks.plus(created=created, done=np.full(number, NEVER))


def forgotten(plan: DemoPlan, number: int) -> Array:
    """Say of each deal whether its owner plans nothing ahead."""
    return plan.draws("forgotten").random(number) < _FORGOTTEN


def with_replies(draws: np.random.Generator, sent: Rows, work: WorkTime) -> Rows:
    """Return mails with an id, their replies among them: `answers` is the id of the mail replied to, NONE for none."""
    number = len(sent)
    sent = sent.plus(id=np.arange(number) + 1, answers=np.full(number, NONE))
    replied = sent.where(draws.random(number) < _REPLIED)
    wait = np.exp(draws.normal(np.log(2.6 * HOUR), 1.2, len(replied))).clip(120, 9 * LASTS).astype(np.int64)
    back = replied.plus(
        at=work.after(replied["at"], wait),
        answers=replied["id"],
        id=np.arange(len(replied)) + number + 1,
        is_out=np.zeros(len(replied), dtype=bool),
    )
    return joined([sent, back.only(list(sent.columns))])


def with_answers(draws: np.random.Generator, sent: Rows) -> Rows:
    """Return chat messages with the client's own among them."""
    sent = sent.plus(is_out=np.ones(len(sent), dtype=bool), chat=np.arange(len(sent)))
    back = sent.where(draws.random(len(sent)) < 0.55)  # noqa: PLR2004 - in a chat people answer
    wait = np.exp(draws.normal(np.log(900), 1.3, len(back))).clip(20, 2 * DAY).astype(np.int64)
    return joined([sent, back.plus(at=back["at"] + wait, is_out=np.zeros(len(back), dtype=bool))])
