"""Leads from the moment they come to the moment they are handed over or turned down."""

import numpy as np

from voronka.demo.people import SDR, Staff
from voronka.demo.plan import DemoPlan
from voronka.demo.rows import Array, Rows
from voronka.demo.stories import LATE_TIMES, Plot
from voronka.demo.words import CHANNELS, REJECT_REASONS
from voronka.demo.worktime import DAY, HOUR, WorkTime, weekday

COLD, WARM, HOT = range(3)
NEVER = np.iinfo(np.int64).max // 4
"""A moment that does not come."""
NEW, IN_WORK, QUALIFIED, HANDED, CONVERTED, REJECTED, NURTURED = range(7)
_PER_MANAGER_AND_DAY = 0.9
_QUALIFIED = np.array([0.15, 0.62, 0.985])
_ACCEPTED = np.array([0.82, 0.90, 0.985])
_UNANSWERED = 0.03
_PUT_OFF = 0.12
"""The share of cold and warm leads turned down that are put off first."""
_RESPONSE_MEDIAN = 16 * 60
_RESPONSE_SPREAD = 1.05
_ARRIVAL = np.array(
    [
        [0.25, 0.15, 0.1, 0.08, 0.08, 0.12, 0.25, 0.5],
        [1.0, 2.2, 3.1, 3.3, 3.0, 2.5, 2.7, 2.9],
        [2.8, 2.3, 1.7, 1.3, 1.1, 0.9, 0.7, 0.4],
    ]
).ravel()
"""How many leads come in each hour of the day, eight hours a line."""


def make_leads(plan: DemoPlan, staff: Staff, work: WorkTime, plot: Plot, first: int) -> Rows:
    """Return the leads that come from `first` to now, in their order, with everything up to the hand-over.

    Moments lie in the future too, where the company's now cuts them off later; NEVER where a thing does not happen.
    """
    draws = plan.draws("leads")
    created = _arrivals(plan, work, plot, first)
    number = len(created)
    channel = draws.choice(len(CHANNELS), number, p=np.array([each[2] for each in CHANNELS]))
    temperature = _temperatures(draws, channel, plot)
    sdr = staff.drawn(draws, SDR, work.day_after(created // DAY, np.zeros(number, dtype=np.int64)))
    leads = Rows({"created": created, "channel": channel, "temperature": temperature, "sdr": sdr})
    leads = leads.plus(
        campaign=(draws.random(number) * np.array([len(c[5]) for c in CHANNELS])[channel]).astype(np.int64),
        response=_responses(draws, leads, work, plot),
        segment=draws.choice(3, number, p=[0.55, 0.33, 0.12]),
        label=_labels(draws, leads, plot),
        number=np.arange(number) + 10_001,
    )
    return _handed(plan, leads, work, plot)


def _arrivals(plan: DemoPlan, work: WorkTime, plot: Plot, first: int) -> Array:
    draws = plan.draws("leads", "arrivals")
    days = np.arange(first, plan.today + 1)
    usual = plan.managers * _PER_MANAGER_AND_DAY * plot.week[weekday(days)] / plot.week[:5].mean()
    # on a holiday as few ask as on a weekend
    quiet = np.where(~work.is_working(days) & (weekday(days) < 5), 0.25, 1.0)  # noqa: PLR2004 - Saturday
    counts = draws.poisson(usual * quiet * plot.demand(days))
    hours = np.concatenate([[0.0], np.cumsum(_ARRIVAL)])
    clock = np.interp(draws.random(counts.sum()), hours / hours[-1], np.arange(25.0)) * HOUR
    created = np.repeat(days, counts) * DAY + clock.astype(np.int64)
    return np.sort(created[created <= plan.now])


def _temperatures(draws: np.random.Generator, channel: Array, plot: Plot) -> Array:
    shares = np.cumsum(np.array([each[3] for each in CHANNELS]), axis=1)
    drawn = (draws.random(len(channel))[:, None] > shares[channel]).sum(axis=1)
    found: Array = np.where(channel == plot.barren, np.minimum(drawn, WARM), drawn)
    return np.minimum(found, HOT)


def _labels(draws: np.random.Generator, leads: Rows, plot: Plot) -> Array:
    """Return the temperatures as the CRM has them: one person's say nothing of the lead."""
    label = leads["temperature"].copy()
    shuffled = np.flatnonzero(leads["sdr"] == plot.shuffler)
    label[shuffled] = draws.permutation(label[shuffled])
    return label


def _responses(draws: np.random.Generator, leads: Rows, work: WorkTime, plot: Plot) -> Array:
    created, number = leads["created"], len(leads)
    seconds = np.exp(draws.normal(np.log(_RESPONSE_MEDIAN), _RESPONSE_SPREAD, number))
    seconds *= np.where(leads["temperature"] == HOT, 0.6, 1.0)
    if plot.late_days:
        seconds *= np.where(np.isin(weekday(created // DAY), plot.late_days), LATE_TIMES, 1.0)
    moments = work.after(created, seconds.clip(40, 40 * HOUR).astype(np.int64))
    moments = np.maximum(moments, created + 30)
    return np.where(draws.random(number) < _UNANSWERED, NEVER, moments)


def _handed(plan: DemoPlan, leads: Rows, work: WorkTime, plot: Plot) -> Rows:
    """Add the moments of qualification, hand-over and its acceptance or refusal, and of being turned down."""
    draws = plan.draws("leads", "handed")
    number, true = len(leads), leads["temperature"]
    answered = leads["response"] < NEVER
    passes = answered & (draws.random(number) < _QUALIFIED[true])
    spent = np.exp(draws.normal(np.log(7 * HOUR), 0.9, number)) * np.array([1.5, 1.0, 0.35])[true]
    decided = work.after(np.where(answered, leads["response"], leads["created"]), spent.astype(np.int64) + 600)
    handed = work.after(decided, draws.integers(120, 3 * HOUR, number))
    taken = work.after(handed, np.exp(draws.normal(np.log(1.6 * HOUR), 0.9, number)).astype(np.int64) + 60)
    accepted = passes & (draws.random(number) < _ACCEPTED[true])
    is_old = leads["created"] < plan.now - 45 * DAY
    closed_silently = ~answered & (is_old | (draws.random(number) < 0.8))  # noqa: PLR2004 - few stay forgotten for long
    dropped = work.after(leads["created"], draws.integers(5, 12, number) * 9 * HOUR)
    forgotten = answered & ~passes & (draws.random(number) < 0.02)  # noqa: PLR2004 - the same
    turned_down = np.where(answered & ~passes & ~forgotten, decided + 1800, NEVER)
    turned_down = np.where(closed_silently, dropped, turned_down)
    refused = passes & ~accepted
    put_off = _put_off(plan, leads, work, np.where(closed_silently, NEVER, turned_down))
    reasons = np.array([share for _, share in REJECT_REASONS])
    return leads.plus(
        qualified=np.where(passes, decided, NEVER),
        handed=np.where(passes, handed, NEVER),
        accepted=np.where(accepted, taken, NEVER),
        refused=np.where(refused, taken, NEVER),
        rejected=np.where(refused, taken + 60, np.where(put_off["nurtured"] < NEVER, put_off["dropped"], turned_down)),
        nurtured=put_off["nurtured"],
        returned=put_off["returned"],
        reason=draws.choice(len(reasons), number, p=reasons / reasons.sum()),
        target=draws.random(number)
        < np.array([0.35, 0.7, 0.9])[true] * np.where(leads["channel"] == plot.barren, 0.4, 1),
    )


def _put_off(plan: DemoPlan, leads: Rows, work: WorkTime, turned_down: Array) -> Rows:
    """Return when leads that would be turned down are put off instead, come back to work, and are dropped after all."""
    draws = plan.draws("leads", "nurture")
    number = len(leads)
    chosen = (turned_down < NEVER) & (leads["temperature"] != HOT) & (draws.random(number) < _PUT_OFF)
    begun = np.where(chosen, turned_down, leads["created"])
    left = work.after(begun, draws.integers(15, 110, number) * 9 * HOUR)
    returns = draws.random(number) < np.array([0.25, 0.5, 0.0])[leads["temperature"]]
    dropped = np.where(returns, work.after(left, draws.integers(2, 12, number) * 9 * HOUR), left)
    return Rows(
        {
            "nurtured": np.where(chosen, turned_down, NEVER),
            "returned": np.where(chosen & returns, left, NEVER),
            "dropped": np.where(chosen, dropped, NEVER),
        }
    )


def stage_of(leads: Rows, now: int) -> Array:
    """Return the stage that each lead stands in now."""
    stage = np.full(len(leads), NEW)
    for name, reached in (
        ("response", IN_WORK),
        ("qualified", QUALIFIED),
        ("handed", HANDED),
        ("accepted", CONVERTED),
        ("nurtured", NURTURED),
        ("returned", IN_WORK),
        ("rejected", REJECTED),
    ):
        stage = np.where(leads[name] <= now, reached, stage)
    return stage
