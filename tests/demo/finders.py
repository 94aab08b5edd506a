"""Looks for what a made company may hide, by the metrics alone: each finder is a test with a stated threshold.

A finder is given the way to the figures and the days of data, and returns whom or what it found: ids of people, names
of channels, months, weekdays. `LEVEL` is the chance that a finder finds anything where there is nothing, shared out
over all that it looks at (Bonferroni).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import erfc, sqrt
from statistics import median
from typing import Any

from voronka.analyses.portfolio import keepers_growers
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Filter, Metrics, Query

LEVEL = 0.01
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Company:
    """The figures of a company and the days its data cover."""

    metrics: Metrics
    first: date
    last: date

    def rows(
        self, *names: str, by: Iterable[str], where: Mapping[str, str] | None = None, days: Period | None = None
    ) -> list[Row]:
        """Return the rows of an answer over the data's days, or over others."""
        filters = tuple(Filter(name, (value,)) for name, value in (where or {}).items())
        period = days or Period(self.first, self.last)
        query = Query(metrics=names, by=tuple(by), where=filters, period=period, scope=Scope.everything())
        return list(self.metrics.query(query).rows)

    @property
    def settled(self) -> Period:
        """Return the days whose leads had two months to become sales."""
        return Period(self.first, self.last - timedelta(days=60))

    @property
    def last_month(self) -> Period:
        """Return the last whole month."""
        last = self.last.replace(day=1) - timedelta(days=1)
        return Period(last.replace(day=1), last)


def tail(z: float) -> float:
    """Return the chance that a standard normal value is above z."""
    return erfc(z / sqrt(2)) / 2


def difference(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return z of the difference of two shares, (successes, tries), by their pooled share (0 if that is 0 or 1)."""
    tries = one[1] + other[1]
    if not one[1] or not other[1]:
        return 0.0
    pooled = (one[0] + other[0]) / tries
    spread = sqrt(pooled * (1 - pooled) * (1 / one[1] + 1 / other[1]))
    return (one[0] / one[1] - other[0] / other[1]) / spread if spread else 0.0


def against_the_rest(shares: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Return z of each one's share against that of all the others together."""
    total = (sum(s for s, _ in shares.values()), sum(n for _, n in shares.values()))
    return {who: difference((s, n), (total[0] - s, total[1] - n)) for who, (s, n) in shares.items()}


def high(scores: Mapping[str, float], level: float = LEVEL) -> set[str]:
    """Return whose z is so high that chance would make it for any of them in `level` of cases only."""
    return {who for who, z in scores.items() if tail(z) < level / len(scores)}


def low(scores: Mapping[str, float]) -> set[str]:
    """Return whose z is as low."""
    return high({who: -z for who, z in scores.items()})


def _closed(company: Company, days: Period | None = None) -> dict[str, tuple[float, float]]:
    rows = company.rows("deals_won", "deals_lost", by=["employee"], where={"role": "ae"}, days=days)
    return {str(row["employee_id"]): (row["deals_won"], row["deals_won"] + row["deals_lost"]) for row in rows}


def true_leaders(company: Company) -> set[str]:
    """Return the sellers whose win rate over the whole time is above the others' beyond chance."""
    return high(against_the_rest(_closed(company)))


def laggards(company: Company) -> set[str]:
    """Return the sellers whose win rate over the whole time is below the others' beyond chance."""
    return low(against_the_rest(_closed(company)))


def lucky_ones(company: Company) -> set[str]:
    """Return the sellers who stood out in the last whole month (at 5 %) and do not over the whole time."""
    return high(against_the_rest(_closed(company, company.last_month)), 0.05) - true_leaders(company)


def late_weekdays(company: Company) -> set[int]:
    """Return the two busiest weekdays (Monday is 1) if their days are answered later than the others' days.

    The days' medians of first response are compared by ranks (Mann and Whitney), so that one bad day cannot do it.
    """
    leads: dict[int, int] = defaultdict(int)
    medians: dict[int, list[float]] = defaultdict(list)
    for row in company.rows("leads", "first_response_median", by=["day"]):
        weekday = date.fromisoformat(str(row["day"])).isoweekday()
        if weekday <= 5 and row["first_response_median"] is not None:
            leads[weekday] += row["leads"]
            medians[weekday].append(row["first_response_median"])
    busiest = sorted(leads, key=lambda day: -leads[day])[:2]
    busy = [value for day in busiest for value in medians[day]]
    others = [value for day in medians if day not in busiest for value in medians[day]]
    return set(busiest) if tail(ranks(busy, others)) < LEVEL else set()


def ranks(one: list[float], other: list[float]) -> float:
    """Return z of the number of pairs in which the one's value is above the other's; ties count half."""
    above = sum((a > b) + (a == b) / 2 for a in one for b in other)
    n, m = len(one), len(other)
    return (above - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)


def barren_channels(company: Company) -> set[str]:
    """Return the channels that were paid for and sold nothing, where the others' conversion would have sold some."""
    rows = company.rows("ad_spend", "leads", "leads_won", by=["channel"], days=company.settled)
    found = set()
    for row in rows:
        others = [other for other in rows if other is not row]
        won, came = (sum(other[name] or 0 for other in others) for name in ("leads_won", "leads"))
        chance = (1 - won / came) ** (row["leads"] or 0)
        if (row["ad_spend"] or 0) > 0 and not row["leads_won"] and chance < LEVEL / len(rows):
            found.add(str(row["channel"]))
    return found


def without_calls(company: Company) -> set[str]:
    """Return the sellers who win deals with next to no calls: under a twentieth of the colleagues' calls per deal."""
    found = set()
    for role in ("ae", "am"):
        rows = company.rows("calls", "deals_won", by=["employee"], where={"role": role})
        usual = {str(r["employee_id"]): (r["calls"] or 0, r["deals_won"] or 0) for r in rows if r["deals_won"]}
        per_deal = median(calls / won for calls, won in usual.values())
        for who, (calls, won) in usual.items():
            expected = per_deal * won
            # a Poisson count: expected calls and hardly any made
            if calls < expected / 20 and tail((expected - calls) / sqrt(expected)) < LEVEL / len(usual):
                found.add(who)
    return found


def wrong_temperatures(company: Company) -> set[str]:
    """Return those whose hot leads are won less, and cold ones more, than the hot and cold ones of the others."""
    rows = company.rows("leads", "leads_won", by=["employee", "temperature"], days=company.settled)
    scores: dict[str, dict[str, float]] = {}
    for label in ("hot", "cold"):
        own = {str(r["employee_id"]): (r["leads_won"], r["leads"]) for r in rows if r["temperature"] == label}
        scores[label] = against_the_rest(own)
    both = {who: (scores["cold"].get(who, 0.0) - z) / sqrt(2) for who, z in scores["hot"].items()}
    return {who for who in high(both) if scores["hot"][who] < 0 < scores["cold"].get(who, 0.0)}


def short_callers(company: Company) -> set[str]:
    """Return those of the first line whose talks are short by a fifth more often than the others', beyond chance."""
    rows = company.rows("calls_under_1m", "answered_calls", by=["employee"], where={"role": "sdr"})
    own = {str(r["employee_id"]): (r["calls_under_1m"] or 0, r["answered_calls"] or 0) for r in rows}
    total = sum(s for s, _ in own.values()) / sum(n for _, n in own.values())
    return {who for who in high(against_the_rest(own)) if own[who][0] / own[who][1] > 1.2 * total}


def series_callers(company: Company) -> set[str]:
    """Return those of whom the check of very short calls in a row found three series or more: one may be bad luck."""
    rows = company.rows("quality_issues", by=["employee"], where={"check": "short_call_series"})
    return {str(row["employee_id"]) for row in rows if (row["quality_issues"] or 0) >= 3}


def seasonal_months(company: Company) -> tuple[str, ...]:
    """Return the whole months from the best to the worst if new sales per working day differ beyond chance, () if not.

    A count of deals is taken as Poisson's, so the months' distances from the even spread add up to a chi-square value.
    """
    rows = company.rows("deals_won", by=["month"], where={"role": "ae"})
    months = {str(row["month"]): row["deals_won"] for row in rows if str(row["month"]) < f"{company.last:%Y-%m}"}
    days = working_days(company)
    total, worked = sum(months.values()), sum(days[month] for month in months)
    expected = {month: total * days[month] / worked for month in months}
    distance = sum((months[m] - expected[m]) ** 2 / expected[m] for m in months)
    if chi_square_tail(distance, len(months) - 1) >= LEVEL:
        return ()
    return tuple(sorted(months, key=lambda month: -months[month] / expected[month]))


def chi_square_tail(value: float, freedom: int) -> float:
    """Return the chance that a chi-square value is above `value` (Wilson and Hilferty 1931)."""
    spread = 2 / (9 * freedom)
    return tail(((value / freedom) ** (1 / 3) - (1 - spread)) / sqrt(spread))


def working_days(company: Company) -> dict[str, int]:
    """Return the number of working days of each month."""
    table = company.metrics.rows("dim_calendar", Scope.everything(), {"is_working": True}, columns=("day",))
    found: dict[str, int] = defaultdict(int)
    for row in table.to_struct_array().to_pylist():
        found[f"{row['day']:%Y-%m}"] += 1
    return found


def dipped_months(company: Company) -> set[str]:
    """Return the month of the fewest leads if they, and what they sold, are under 0.6 of usual and conversion is not.

    Leads are a Poisson count of the working day; the conversion of the month's leads must be within chance (5 %) of
    that of the other months: then it is the leads that explain the sales.
    """
    rows = company.rows("leads", "leads_won", by=["month"], days=company.settled)
    months = {str(row["month"]): (row["leads_won"], row["leads"]) for row in rows}
    whole = {m: pair for m, pair in months.items() if m < f"{company.settled.last:%Y-%m}"}
    days = working_days(company)
    worst = min(whole, key=lambda month: whole[month][1] / days[month])
    others = {month: pair for month, pair in whole.items() if month != worst}
    usual = sum(n for _, n in others.values()) / sum(days[month] for month in others) * days[worst]
    sold = sum(s for s, _ in others.values()) / sum(days[month] for month in others) * days[worst]
    won, came = whole[worst]
    is_few = came < 0.6 * usual and tail((usual - came) / sqrt(usual)) < LEVEL / len(whole)
    total = (sum(s for s, _ in others.values()), sum(n for _, n in others.values()))
    is_as_good = 2 * tail(abs(difference((won, came), total))) > LEVEL
    return {worst} if is_few and is_as_good and won < 0.75 * sold else set()


def grey_stages(company: Company) -> set[str]:
    """Return statuses outside the pipelines in which a tenth of the deals wait, and over a week at the median."""
    scope = Scope.everything()
    stages = company.metrics.rows("dim_stage", scope, {"in_model": False}, columns=("stage_id",))
    outside = {row["stage_id"] for row in stages.to_struct_array().to_pylist()}
    columns = ("entity_id", "stage_id", "entered_at", "left_at")
    entries = company.metrics.rows("fct_stage_entries", scope, {"entity": "deal"}, columns=columns)
    waits: dict[str, list[float]] = defaultdict(list)
    deals = set()
    for row in entries.to_struct_array().to_pylist():
        deals.add(row["entity_id"])
        if row["stage_id"] in outside and row["left_at"] is not None:
            waits[row["stage_id"]].append((row["left_at"] - row["entered_at"]).total_seconds() / 86400)
    return {stage for stage, found in waits.items() if len(found) > 0.1 * len(deals) and median(found) > 7}


def hidden_churners(company: Company) -> set[str]:
    """Return the account managers whose portfolio grows over the halves while it loses clients beyond chance.

    A client is lost who bought in the first half and nothing in the second; more than a tenth of them must be.
    """
    middle = company.first + (company.last - company.first) / 2
    later = Period(middle + timedelta(days=1), company.last)
    kept = keepers_growers(company.metrics, Scope.everything(), later, [Filter("role", ("am",))])
    lost = {str(each.employee_id): (float(each.lost_accounts), float(each.accounts)) for each in kept}
    hiding = {str(each.employee_id) for each in kept if each.hides_losses}
    return high(against_the_rest(lost)) & hiding


PEOPLE: Mapping[str, Callable[[Company], set[str]]] = {
    "true_leader": true_leaders,
    "laggard": laggards,
    "lucky": lucky_ones,
    "no_calls": without_calls,
    "wrong_temperature": wrong_temperatures,
    "five_second_calls": short_callers,
    "hidden_churn": hidden_churners,
}
"""The finders of people, by the kind of story they look for."""
