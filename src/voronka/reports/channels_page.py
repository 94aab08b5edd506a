"""The page of channels: where the money comes from, from what was spent to what was sold.

Its findings, each with the figures it is made of:

- a channel without return: spend of the last six months and no sale of the leads that came then;
- a dear channel: its spend bought so few qualified leads that the others' price would have bought more, beyond chance;
- rows of spend that repeat others;
- a channel off profile: a smaller share of its leads fits the client's profile than of the others', beyond chance.

Chance is judged as for the strangest of so many channels, since that is the one that is named.
"""

from dataclasses import dataclass, replace
from math import sqrt

from voronka.analyses.chance import level_among
from voronka.domain.period import Period, bucket_start, month_end, shift_months
from voronka.metrics.answer import PREVIOUS, Row
from voronka.metrics.question import Filter
from voronka.reports import findings
from voronka.reports.ask import Ask, Asker, Block, known
from voronka.reports.differing import Share
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Contents, Frame

SPEND = ("ad_spend", "clicks")
STEPS = ("leads", "target_rate", "leads_qualified", "leads_with_deal", "leads_won")
PRICES = ("cpl", "cpql", "cac", "romi", "roas", "drr")
TOTALS = ("ad_spend", "leads", "leads_qualified", "leads_won", "revenue", "margin", "cpl", "drr", "spend_duplicates")
CHANNELS = (*SPEND, *STEPS, "revenue", "margin", *PRICES)
CAMPAIGNS = (*SPEND, "leads", "leads_qualified", "leads_won", "cpl", "cpql", "cac")
MONTHLY = (
    "ad_spend",
    "leads",
    "leads_undecided",
    "leads_qualified",
    "leads_won",
    "lead_conversion",
    "cpl",
    "cpql",
    "cac",
    "revenue",
)
PROFILE = ("leads", "target_leads", "target_rate")
HANDED = ("leads_handed", "leads_accepted", "leads_rejected", "leads_off_profile", "acceptance_rate")
MONTHS = 12
TARGET = Share("target_rate", "target_leads", "leads")
FINDINGS = 3


@dataclass(frozen=True)
class _Rest:
    """A channel's row beside what all other channels together have."""

    row: Row
    block: Block

    @property
    def level(self) -> float:
        return level_among(len(self.block.answer.rows))

    def own(self, name: str) -> float:
        return known(self.row.get(name)) or 0.0

    def others(self, name: str) -> float:
        return (self.block.total(name) or 0.0) - self.own(name)


def channels_page(frame: Frame) -> Contents:
    """Return the page of channels; what is spent has no owner, so it is shown to those who see such facts."""
    asker, facts = frame.asker, frame.facts
    totals = asker.ask(*_open(frame, TOTALS), period=frame.period, compare=frame.asked.compare)
    channels = asker.ask(*_open(frame, CHANNELS), by=["channel"], period=facts)
    profile = asker.ask(*PROFILE, by=["channel"], period=facts)
    months = _months(frame)
    return Contents(
        headline=_headline(totals),
        findings=findings.ranked(
            [_silent(frame), dear_channel(channels), repeated_spend(totals), off_profile(profile)], FINDINGS
        ),
        blocks={
            "totals": totals,
            "channels": channels,
            "campaigns": asker.ask(*_open(frame, CAMPAIGNS), by=["channel", "campaign"], period=facts),
            "months": asker.ask(*_open(frame, MONTHLY), by=["month"], period=months),
            "profile": profile,
            "handed": asker.ask(*HANDED, by=["channel"], period=facts),
        },
        tables={"profile_differs": TARGET.differing(profile, "channel_id")},
    )


def _open(frame: Frame, names: tuple[str, ...]) -> list[str]:
    """Return the metrics that the scope may see: spend and what it is divided by only with facts that nobody owns."""
    if frame.scope.sees_unowned:
        return list(names)
    return [name for name in names if not _is_of_spend(frame.asker, name)]


def _is_of_spend(asker: Asker, name: str) -> bool:
    return any(leaf.subject and leaf.subject.fact == "fct_ad_spend" for leaf in asker.metrics.catalogue.leaves(name))


def _months(frame: Frame) -> Period:
    last = month_end(frame.facts.last)
    return Period(shift_months(bucket_start(last, "month"), 1 - MONTHS), last)


def _headline(totals: Block) -> Finding:
    """Return the one sentence: what was spent and what was sold; or why that cannot be told."""
    spend, revenue, leads = (totals.total(name) for name in ("ad_spend", "revenue", "leads"))
    ask = replace(
        totals.ask, metrics=tuple(n for n in ("ad_spend", "revenue", "drr", "leads") if n in totals.ask.metrics)
    )
    if leads is None and spend is None:
        return Finding("no_marketing", "neutral", {})
    if not spend:
        kind = "spend_unknown" if spend is None else "nothing_spent"
        return Finding(kind, "neutral", {"count": leads, "revenue": revenue}, ask)
    values = {
        "spend": spend,
        "revenue": revenue,
        "drr_share": totals.total("drr"),
        "count": leads,
        "spend_growth": findings.growth_of(spend, totals.total("ad_spend" + PREVIOUS)),
    }
    return Finding(
        "spend_and_revenue", "neutral", values, ask, Opened("ad_spend", Ask(("ad_spend",), (), ask.where, ask.period))
    )


def _silent(frame: Frame) -> Finding | None:
    if not frame.scope.sees_unowned or frame.asker.lack("ad_spend"):
        return None
    months = Period(shift_months(frame.today, -findings.CHANNEL_MONTHS), frame.today)
    found = findings.channel_without_return(frame.asker.ask("ad_spend", "leads_won", by=["channel"], period=months))
    return replace(found, values={**found.values, "amount": found.values["spend"]}) if found else None


def repeated_spend(totals: Block) -> Finding | None:
    """Return how many rows of spend repeat others, so that what was spent is too high."""
    count = totals.total("spend_duplicates")
    if not count:
        return None
    ask = replace(totals.ask, metrics=("spend_duplicates",), compare=None)
    return Finding("spend_repeated", "bad", {"count": int(count)}, ask, Opened("spend_duplicates", ask))


def dear_channel(channels: Block) -> Finding | None:
    """Return the channel whose qualified leads cost most above the others' price; None where chance may explain it.

    At the others' price its spend would have bought some number of qualified leads; as a count of independent events
    (Poisson) that number has its square root as standard error.
    """
    dear = [found for row in channels.answer.rows if (found := _dear(_Rest(row, channels)))]
    return max(dear, key=lambda finding: finding.money, default=None)


def _dear(channel: _Rest) -> Finding | None:
    spend, qualified = channel.own("ad_spend"), channel.own("leads_qualified")
    others = _price_of_others(channel)
    if not spend or not qualified or others is None:
        return None
    expected = spend / others
    if qualified >= expected - channel.level * sqrt(expected):
        return None
    values = {
        "channel": channel.row["channel"],
        "price": spend / qualified,
        "others_price": others,
        "count": int(qualified),
        "money": spend - qualified * others,
    }
    ask = _of_channel(channel, ("ad_spend", "leads_qualified", "cpql"))
    opened = Opened("leads_qualified", replace(ask, metrics=("leads_qualified",)))
    return Finding("dear_channel", "bad", values, ask, opened, spend - qualified * others)


def _price_of_others(channel: _Rest) -> float | None:
    """Return what a qualified lead of the other channels that are paid for cost; None where there is none."""
    paid = [row for row in channel.block.answer.rows if known(row.get("ad_spend")) and row is not channel.row]
    spend = sum(known(row.get("ad_spend")) or 0.0 for row in paid)
    qualified = sum(known(row.get("leads_qualified")) or 0.0 for row in paid)
    return spend / qualified if spend and qualified else None


def off_profile(profile: Block) -> Finding | None:
    """Return the channel of which the smallest share fits the client's profile, where that is beyond chance."""
    found = TARGET.lowest(profile)
    if found is None or found[0]["channel_id"] is None:
        return None
    row, others = found
    made_of, rate = TARGET.counted(row), known(row[TARGET.rate]) or 0.0
    count = made_of[1] if made_of else 0.0
    values = {
        "channel": row["channel"],
        "rate": rate,
        "others_rate": others,
        "count": round(count),
        "missing": round(count * (others - rate) / 100),
    }
    ask = _of_channel(_Rest(row, profile), ("leads", "target_leads", "target_rate"))
    return Finding("off_profile_channel", "bad", values, ask, Opened("leads", replace(ask, metrics=("leads",))))


def _of_channel(channel: _Rest, metrics: tuple[str, ...]) -> Ask:
    identity = channel.row["channel_id"]
    narrowed = channel.block.ask.narrowed(Filter("channel", (None if identity is None else str(identity),)))
    return replace(narrowed, metrics=metrics, by=())
