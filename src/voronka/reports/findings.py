"""What the overview says in words: one headline, and what is worth doing first, the dearest first.

The words themselves are the page's; here stand the kinds and the figures in them. Estimates of money, with how each is
made, so that a person can judge them:

- a lead without an answer is worth the share of leads that become sales times the average deal, both of the last
  `ESTIMATE_DAYS` days; leads of those days that are still under way make the share, and so the estimate, too small;
- open deals without a task are ranked by their amount times the win rate of the same days, and shown by their amount;
- a channel without return is ranked by what was spent on it, people behind their plans by what is missing to what was
  due by now, fewer leads by what revenue fell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from voronka.analyses.chance import counts_differ, shares_differ
from voronka.domain.period import Period
from voronka.metrics.answer import PREVIOUS, Row
from voronka.metrics.question import Filter
from voronka.metrics.reach import ENDED
from voronka.reports.ask import Ask, Block, known
from voronka.reports.who_plans import WhoPlans

Tone = Literal["good", "bad", "neutral"]

ESTIMATE_DAYS = 180
CHANNEL_MONTHS = 6
NEARLY = 90.0
"""From which percent of what is due by now a plan is nearly kept: said, yet no alarm."""
PACE_KEPT = 80.0
FALL = -10.0
NAMED = 3
EXPECTED_SALES = 3.0
"""What a channel's spend must have bought at the others' price before its silence is no chance: e^-3 is 5 %."""


@dataclass(frozen=True)
class Opened:
    """The records behind a finding: the rows of a metric, under a question."""

    metric: str
    ask: Ask


@dataclass(frozen=True)
class Finding:
    """One sentence: its kind, its figures, where they come from; `money` is what it is ranked by."""

    kind: str
    tone: Tone
    values: Mapping[str, object]
    ask: Ask | None = None
    open: Opened | None = None
    money: float = 0.0


@dataclass(frozen=True)
class Selling:
    """What the headline is about: the figures so far, the plan of the whole period, what was due by now."""

    facts: Block
    plans: Block | None
    people: Block | None
    planners: WhoPlans | None = None


def headline(selling: Selling) -> Finding:
    """Return the one sentence on how sales go: against the plan where there is one, else against before."""
    facts = selling.facts
    revenue, won = facts.total("revenue"), facts.total("deals_won")
    opened = Opened("revenue", Ask(("revenue",), (), facts.ask.where, facts.ask.period))
    if won is None and revenue is None:
        reasons = (facts.lacks("deals_won"), facts.lacks("revenue"))
        day = next((reason.removeprefix(ENDED) for reason in reasons if reason.startswith(ENDED)), "")
        return Finding("ended", "neutral", {"data_until": day}) if day else Finding("no_deals", "neutral", {})
    pace = selling.plans.total("revenue_pace") if selling.plans else None
    if selling.plans and pace is not None:
        tone, sold = tone_of_pace(pace), selling.plans.total("revenue_covered")
        values = {
            "revenue": sold,
            "plan": selling.plans.total("revenue_plan"),
            "pace": pace,
            "attainment": selling.plans.total("revenue_attainment"),
            "gap": max(0.0, _due(sold, pace, selling.people) - (sold or 0.0)),
            **(selling.planners.values() if selling.planners else {}),
        }
        kind = "revenue_on_pace" if tone == "good" else "revenue_behind"
        ask = replace(
            selling.plans.ask, metrics=("revenue_covered", "revenue_plan", "revenue_attainment", "revenue_pace")
        )
        return Finding(kind, tone, values, ask, opened)
    if not revenue and not won:
        return Finding("nothing_sold", "bad", {}, replace(facts.ask, metrics=("revenue",)))
    before = facts.total("revenue" + PREVIOUS)
    growth = growth_of(revenue, before)
    values = {"revenue": revenue, "revenue_previous": before, "revenue_growth": growth}
    ask = replace(facts.ask, metrics=("revenue",))
    return Finding("revenue_no_plan", _tone(growth), values, ask, opened)


def ranked(found: Sequence[Finding | None], most: int) -> tuple[Finding, ...]:
    """Return the dearest findings, at most so many; of equally dear ones those that stand first."""
    there = [finding for finding in found if finding]
    return tuple(sorted(there, key=lambda finding: -finding.money)[:most])


def unanswered_leads(unanswered: Block, rates: Block, since: object) -> Finding | None:
    """Return the leads that nobody has answered, and about what they are worth; `since` is when the oldest came."""
    count = unanswered.total("leads_unanswered")
    if not count:
        return None
    conversion, deal = rates.total("lead_conversion"), rates.total("average_deal")
    money = None if conversion is None or deal is None else count * conversion / 100 * deal
    values = {
        "count": int(count),
        "money": money,
        "since": since.isoformat(timespec="seconds") if isinstance(since, datetime) else None,
    }
    opened = Opened("leads_unanswered", unanswered.ask)
    return Finding("leads_unanswered", "bad", values, unanswered.ask, opened, money or 0.0)


def deals_without_task(without: Block, rates: Block) -> Finding | None:
    """Return the open deals for which nothing is planned."""
    count, all_open = without.total("deals_without_task"), without.total("deals_open")
    if not count or not all_open:
        return None
    amount, chance = without.total("deals_without_task_amount"), rates.total("win_rate")
    values = {"count": int(count), "amount": amount, "share": 100 * count / all_open}
    money = (amount or 0.0) * (100.0 if chance is None else chance) / 100
    opened = Opened("deals_without_task", without.ask)
    return Finding("deals_without_task", "bad", values, without.ask, opened, money)


def channel_without_return(channels: Block) -> Finding | None:
    """Return the dearest channel that brought no sale, though its spend would have bought some at the others' price."""
    silent = [row for row in channels.answer.rows if _is_silent(row, channels)]
    if not silent:
        return None
    worst = max(silent, key=lambda row: known(row["ad_spend"]) or 0.0)
    spend = known(worst["ad_spend"]) or 0.0
    values = {"channel": worst["channel"], "spend": spend, "months": CHANNEL_MONTHS}
    narrowed = channels.ask.narrowed(Filter("channel", (_text(worst["channel_id"]),)))
    opened = Opened("leads", Ask(("leads",), (), narrowed.where, narrowed.period))
    return Finding("channel_without_return", "bad", values, narrowed, opened, spend)


def _is_silent(row: Row, channels: Block) -> bool:
    spend, won = known(row["ad_spend"]), known(row["leads_won"])
    if row["channel_id"] is None or not spend or won is None or won > 0:
        return False
    all_spend, all_won = channels.total("ad_spend"), channels.total("leads_won")
    if all_spend is None or not all_won:
        return False
    price = (all_spend - spend) / all_won
    return spend >= EXPECTED_SALES * price


def people_behind_plan(people: Block, whole: Period) -> Finding | None:
    """Return who is under `PACE_KEPT` % of the revenue due on the days that count, once they are half of the period."""
    passed = people.ask.period or whole
    if 2 * passed.days < whole.days:
        return None
    planned = [row for row in people.answer.rows if known(row["revenue_plan"])]
    behind = sorted((row for row in planned if _share_of_due(row) < PACE_KEPT), key=_missing, reverse=True)
    if not behind:
        return None
    gap = sum(_missing(row) for row in behind)
    names = ", ".join(
        f"{row['employee'] or row['employee_id']} ({_share_of_due(row):.0f}\u00a0%)" for row in behind[:NAMED]
    )
    values = {"count": len(behind), "of": len(planned), "names": names, "gap": gap}
    ids = tuple(_text(row["employee_id"]) for row in behind)
    return Finding("people_behind_plan", "bad", values, people.ask.narrowed(Filter("employee", ids)), money=gap)


def _share_of_due(row: Row) -> float:
    return 100 * (known(row["revenue"]) or 0.0) / (known(row["revenue_plan"]) or 1.0)


def _missing(row: Row) -> float:
    return (known(row["revenue_plan"]) or 0.0) - (known(row["revenue"]) or 0.0)


def has_fallen(facts: Block) -> bool:
    """Say whether revenue is down by more than `-FALL` % against the period compared with."""
    growth = growth_of(facts.total("revenue"), facts.total("revenue" + PREVIOUS))
    return growth is not None and growth < FALL


def fewer_leads(causes: Block) -> Finding | None:
    """Return that sales fell because fewer leads came: leads down as revenue is, beyond chance, conversion within it.

    The conversion is the win rate: of the deals closed in each of the two periods, so that leads which came lately and
    are still under way do not pass for lost ones.
    """
    names = ("revenue", "leads", "win_rate")
    now = [causes.total(name) for name in names]
    before = [causes.total(name + PREVIOUS) for name in names]
    revenue, leads, conversion = (growth_of(one, other) for one, other in zip(now, before, strict=True))
    if revenue is None or revenue >= FALL or leads is None or leads >= FALL or conversion is None:
        return None
    points = (now[2] or 0.0) - (before[2] or 0.0)
    if not counts_differ(now[1] or 0.0, before[1] or 0.0) or _conversion_differs(causes):
        return None
    values = {"revenue_growth": revenue, "leads_growth": leads, "conversion_points": points}
    opened = Opened("leads", Ask(("leads",), (), causes.ask.where, causes.ask.period))
    return Finding("fewer_leads", "bad", values, causes.ask, opened, (before[0] or 0.0) - (now[0] or 0.0))


def _conversion_differs(causes: Block) -> bool:
    won, lost = causes.total("deals_won") or 0.0, causes.total("deals_lost") or 0.0
    won_before = causes.total("deals_won" + PREVIOUS) or 0.0
    lost_before = causes.total("deals_lost" + PREVIOUS) or 0.0
    return shares_differ(won, won + lost, won_before, won_before + lost_before)


def growth_of(now: float | None, before: float | None) -> float | None:
    """Return by how many percent a figure grew; None where it is not known or was nothing before."""
    return None if now is None or not before else 100 * (now - before) / before


def estimate_period(today: date) -> Period:
    """Return the days whose rates estimates are made with."""
    return Period(date.fromordinal(today.toordinal() - ESTIMATE_DAYS + 1), today)


def tone_of_pace(pace: float | None) -> Tone:
    """Return how a share of what is due by now is told: kept, nearly kept, or not."""
    if pace is None:
        return "neutral"
    return "good" if pace >= 100.0 else "neutral" if pace >= NEARLY else "bad"  # noqa: PLR2004 - percent


def _due(revenue: float | None, pace: float, people: Block | None) -> float:
    """Return the plan due by now: by the pace, which counts the day on its way in part; else that of whole days."""
    if revenue and pace:
        return 100 * revenue / pace
    return (people.total("revenue_plan") if people else None) or 0.0


def _tone(growth: float | None) -> Tone:
    if not growth:
        return "neutral"
    return "good" if growth > 0 else "bad"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
