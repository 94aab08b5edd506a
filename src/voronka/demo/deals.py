"""Deals from acceptance to money or refusal: of leads, and the repeated ones of clients who buy again."""

import numpy as np

from voronka.demo.clients import Clients
from voronka.demo.leads import HOT, NEVER
from voronka.demo.people import AE, FOREVER, Staff
from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Array, Rows, joined
from voronka.demo.stories import LEADER_ODDS, Plot
from voronka.demo.words import LOSS_REASONS, PRODUCTS, RENAMED
from voronka.demo.worktime import DAY, HOUR, LASTS, WorkTime

CREATED, TAKEN, NEEDS, SHOWN, OFFERED, AGREED, WON, LOST = range(8)
STEPS = ("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7")
"""The moment each stage is entered, by the stage's place."""
_WINS = np.array([0.17, 0.45, 0.935])
_LAST_OF_LOST = (0.2, 0.3, 0.25, 0.25)
_TIMES = np.array([0.15, 0.3, 0.25, 0.3, 0.18])
"""How a deal's time is spent in the stages from TAKEN to AGREED."""
_SKIPS = 0.12
_CYCLE_DAYS = 15.0
_SEGMENT_AMOUNT = np.array([0.6, 1.0, 2.1])
_GREY_SHARE = 0.6
_GREY_DAYS = 11.0
_HURRIED_DAYS = 30


def make_deals(plan: DemoPlan, staff: Staff, work: WorkTime, plot: Plot, made: tuple[Rows, Clients]) -> Rows:
    """Return all deals in the order of their creation; `made` are the leads and the clients."""
    leads, clients = made
    parts = [_of_leads(plan, staff, work, plot, leads), _repeated(plan, work, plot, clients)]
    deals = joined(parts)
    deals = deals.where(deals["created"] <= plan.now).sorted_by("created")
    draws = plan.draws("deals", "all")
    deals = deals.plus(number=np.arange(len(deals)) + 5_001, **_prices(draws, deals))
    return _with_heirs(deals, staff)


def _of_leads(plan: DemoPlan, staff: Staff, work: WorkTime, plot: Plot, leads: Rows) -> Rows:
    draws = plan.draws("deals", "leads")
    chosen = np.flatnonzero(leads["accepted"] < NEVER)
    taken = leads.where(chosen)
    number = len(chosen)
    created = taken["accepted"]
    seller = staff.drawn(draws, AE, work.day_after(created // DAY, np.zeros(number, dtype=np.int64)))
    speed = np.where(taken["temperature"] == HOT, 0.45, 1.0) * np.array([0.85, 1.0, 1.35])[taken["segment"]]
    cycle = np.exp(draws.normal(np.log(_CYCLE_DAYS * LASTS), 0.55, number)) * speed
    closing = work.after(created, cycle.astype(np.int64))
    in_luck = _lucky(plot, seller, created, closing)
    closing = np.where(in_luck, _pulled(draws, plot, created), closing)
    cycle = np.where(in_luck, work.worked(closing) - work.worked(created), cycle)
    won = draws.random(number) < _chances(plan, plot, taken, seller, in_luck)
    deals = Rows(
        {
            "lead": chosen,
            "account": taken["account"],
            "channel": taken["channel"],
            "campaign": taken["campaign"],
            "segment": taken["segment"],
            "temperature": taken["temperature"],
            "owner": seller,
            "sdr": taken["sdr"],
            "created": created,
            "won": won,
            "is_repeated": np.zeros(number, dtype=bool),
            "is_straight": in_luck,
            "times": np.ones(number),
        }
    )
    last = np.where(won, AGREED, 1 + draws.choice(4, number, p=_LAST_OF_LOST))
    return deals.plus(**_stages(draws, deals, work, (cycle, last), plot))


def _lucky(plot: Plot, seller: Array, created: Array, closing: Array) -> Array:
    """Say which deals fall into somebody's lucky month: those that end in it, and those due soon after."""
    first, last = plot.lucky_days
    day = closing // DAY
    found: Array = (seller == plot.lucky) & (created // DAY < last - 6) & (day >= first) & (day <= last + _HURRIED_DAYS)
    return found


def _pulled(draws: np.random.Generator, plot: Plot, created: Array) -> Array:
    """Return moments of the lucky month, later than each deal's beginning."""
    first, last = plot.lucky_days
    least = np.maximum(created + 3 * DAY, first * DAY)
    found: Array = least + ((last * DAY - least) * draws.random(len(created))).astype(np.int64)
    return found


def _chances(plan: DemoPlan, plot: Plot, leads: Rows, seller: Array, in_luck: Array) -> Array:
    """Return the probability that each deal is won."""
    usual = _WINS[leads["temperature"]]
    odds = np.log(usual / (1 - usual))
    odds += LEADER_ODDS * (seller == plot.leader) - LEADER_ODDS * (seller == plot.laggard)
    lucky = seller == plot.lucky
    # what the lucky month adds is taken from the others: over the whole time this person is as good as anybody
    odds += np.where(lucky, np.where(in_luck, 5.0, -3.2 / max(plan.months - 1, 3)), 0.0)
    return np.where(leads["channel"] == plot.barren, 0.0, 1 / (1 + np.exp(-odds)))


def _stages(
    draws: np.random.Generator, deals: Rows, work: WorkTime, fate: tuple[Array, Array], plot: Plot
) -> dict[str, Array]:
    """Return when each stage is entered; `fate` is the working time to the end and the last stage before it."""
    (cycle, last), number = fate, len(deals)
    weights = draws.exponential(1.0, (number, 5)) * _TIMES
    weights[np.arange(1, 6)[None, :] > last[:, None]] = 0
    skipped = (draws.random(number) < _SKIPS) & (last > SHOWN)
    weights[skipped, SHOWN - 1] = 0
    spent = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1) * cycle[:, None]
    offered_on = last >= OFFERED
    is_grey = offered_on & (draws.random(number) < _GREY_SHARE) & plot.has_grey_zone & ~deals["is_straight"]
    waited = np.where(is_grey, np.exp(draws.normal(np.log(_GREY_DAYS * LASTS), 0.5, number)), 0)
    begun = work.worked(deals["created"])
    steps = {STEPS[CREATED]: deals["created"]}
    before = np.zeros(number)
    for stage in range(TAKEN, AGREED + 1):
        entered = begun + (before + (waited if stage == AGREED else 0) + stage * 600).astype(np.int64)
        reached = (last >= stage) & ~(skipped if stage == SHOWN else np.zeros(number, dtype=bool))
        steps[STEPS[stage]] = np.where(reached, work.moment(entered), NEVER)
        before = spent[:, stage - 1]
    end = work.moment(begun + (cycle + waited + (AGREED + 1) * 600).astype(np.int64))
    steps[STEPS[WON]] = np.where(deals["won"], end, NEVER)
    steps[STEPS[LOST]] = np.where(deals["won"], NEVER, end)
    grey = work.moment(begun + (spent[:, OFFERED - 1] + OFFERED * 600 + 300).astype(np.int64))
    return {**steps, "closed": end, "grey": np.where(is_grey, grey, NEVER)}


def _repeated(plan: DemoPlan, work: WorkTime, plot: Plot, clients: Clients) -> Rows:
    """Return the orders of clients who buy again, with their own key account's person."""
    draws = plan.draws("deals", "repeated")
    bought = clients.orders(draws, plan, work)
    number = len(bought)
    cycle = np.exp(draws.normal(np.log(5 * LASTS), 0.5, number))
    won = draws.random(number) < 0.82  # noqa: PLR2004 - who buys again mostly buys
    nothing = np.full(number, -1)
    deals = bought.plus(
        lead=nothing,
        channel=nothing,
        campaign=nothing,
        temperature=np.full(number, HOT),
        sdr=nothing,
        won=won,
        is_repeated=np.ones(number, dtype=bool),
        is_straight=np.ones(number, dtype=bool),
    )
    last = np.where(won, AGREED, draws.integers(TAKEN, AGREED, number))
    return deals.plus(**_stages(draws, deals, work, (cycle, last), plot))


def _prices(draws: np.random.Generator, deals: Rows) -> dict[str, Array]:
    number = len(deals)
    shares = np.array([share for *_, share in PRODUCTS])
    product = draws.choice(len(PRODUCTS), number, p=shares / shares.sum())
    usual = np.array([price for _, _, price, _ in PRODUCTS])[product]
    spread = np.exp(draws.normal(-0.1, 0.5, number)) * _SEGMENT_AMOUNT[deals["segment"]] * deals["times"]
    listed = usual * spread * np.where(deals["is_repeated"], 0.34, 1.0)
    listed = np.round(listed / 500) * 500 + 500
    haggled = draws.random(number) < 0.4  # noqa: PLR2004 - four in ten
    given = np.where(haggled, draws.integers(2, 16, number) / 100, 0)
    is_changed = draws.random(number) < 0.3  # noqa: PLR2004 - what was agreed at first is not what is sold
    discount = np.round(listed * given, 2)
    reasons = np.array([share for _, share in LOSS_REASONS])
    return {
        "product": product,
        "amount": np.round(listed - discount, 2),
        "discount": discount,
        "margin": np.round((listed - discount) * draws.uniform(0.22, 0.46, number), 2),
        "first_amount": np.where(is_changed, np.round(listed * draws.uniform(0.7, 1.3, number), -2), -1),
        "reason": draws.choice(len(reasons), number, p=reasons / reasons.sum()),
    }


def _with_heirs(deals: Rows, staff: Staff) -> Rows:
    """Add who has each deal in the end and since when: open deals of those who leave go to another."""
    owner, heir = deals["owner"], deals["owner"].copy()
    since = np.full(len(deals), NEVER)
    for place, person in enumerate(staff.people):
        if person.left < FOREVER:
            other = staff.heir(place)
            moment = max(person.left, staff.people[other].hired) * DAY + 10 * HOUR
            left = (owner == place) & (deals["closed"] > moment)
            heir[left], since[left] = other, np.maximum(moment, deals["created"][left] + 60)
    return deals.plus(heir=heir, since=since)


def owner_at(deals: Rows, places: Array, moments: Array) -> Array:
    """Return who has each deal (by its place) at each moment."""
    found: Array = np.where(moments >= deals["since"][places], deals["heir"][places], deals["owner"][places])
    return found


def stage_now(deals: Rows, now: int) -> Array:
    """Return the stage of each deal now; len(STEPS) stands for the status that is in no pipeline."""
    stage = np.zeros(len(deals), dtype=np.int64)
    for place in range(TAKEN, AGREED + 1):
        stage = np.where(deals[STEPS[place]] <= now, place, stage)
        if place == OFFERED:
            stage = np.where(deals["grey"] <= now, len(STEPS), stage)
    stage = np.where(deals[STEPS[WON]] <= now, WON, stage)
    return np.where(deals[STEPS[LOST]] <= now, LOST, stage)


def called(stage: str, moments: Array, renamed_on: int) -> Array:
    """Return what a stage was called at each moment: one of them was renamed on a day."""
    now, before = RENAMED
    if stage != now:
        return np.full(len(moments), stage, dtype=object)
    return np.where(moments < renamed_on * DAY, before, now).astype(object)
