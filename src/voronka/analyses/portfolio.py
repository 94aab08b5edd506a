"""How the portfolios of accounts change: what was upsold, bought dearer, bought more often, and what was lost.

Two like periods are compared account by account. An account is in the portfolio if it paid in the earlier one; whose
it is, is the same for both (metrics/turnover.py). Of an account that pays again, n0 purchases at a0 on average before
and n1 at a1 now, products or kinds that it never bought before set aside:

    growth = upsell + n1 (a1 - a0) + (n1 - n0) a0 - lost

exactly, to the last kopeck: the split of what it bought at its old average, n1 a0, is rounded once and used on both
sides. Where an account pays nothing now (or only gets money back), all that it paid is lost. New accounts stand
outside. A purchase is a deal, or the payments of a deal in one period; refunds take away money and are no purchase.

The lifetime growth compares what accounts older than a year bought in the last year with what they bought in their
first one, those that have left included: that clients buy more the longer they stay is the claim of F. Reichheld and
W. Sasser, Zero Defections, Harvard Business Review 68 (1990) 5, pp. 105-111, and it can only be seen so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from voronka.analyses.chance import shares_differ
from voronka.analyses.growth import years_of
from voronka.domain.errors import QuestionError
from voronka.domain.period import GRAINS, Grain, Period, bucket_label
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.query import Computed, Filter, Metrics, Number, Query
from voronka.metrics.turnover import SUMS, Window, like_before

BASE = "purchase_revenue"
LIFETIME = "upsell_rate_lifetime"
HIDDEN_SHARE = 10.0
"""Percent of the accounts that may be lost before a growing portfolio hides it."""

Quadrant = Literal["keeper+grower", "keeper", "grower", "neither"]
QUADRANTS: Mapping[tuple[bool, bool], Quadrant] = {
    (True, True): "keeper+grower",
    (True, False): "keeper",
    (False, True): "grower",
    (False, False): "neither",
}
"""What a person is who keeps, who grows."""
ZERO = Decimal(0)


@dataclass(frozen=True)
class AccountChange:
    """What one account bought in a period and in the like one before, in the company's currency, and whose it is."""

    id: str
    name: str
    employee_id: str | None
    employee: str | None
    before: Decimal
    after: Decimal
    upsell: Decimal
    purchase_effect: Decimal
    frequency_effect: Decimal
    lost: Decimal
    is_new: bool

    @property
    def growth(self) -> Decimal:
        """Return by how much the portfolio grew through this account; a new one stands outside."""
        return ZERO if self.is_new else self.after - self.before


@dataclass(frozen=True)
class KeeperGrower:
    """One person's portfolio: whether its accounts are kept and whether it grows, in percent; what all together retain.

    `hides_losses`: it grows while more than a tenth of its accounts are lost; `loses_more`: more than those of the
    others, beyond chance.
    """

    employee_id: str | None
    employee: str | None
    accounts: int
    lost_accounts: int
    retention_by_count: float
    retention_by_revenue: float
    retention_of_all: float
    portfolio_growth_percent: float
    quadrant: Quadrant
    hides_losses: bool
    loses_more: bool


@dataclass(frozen=True)
class Buckets:
    """The windows that a query asks about by the label of each bucket of time, and that of the whole period."""

    windows: Mapping[str | None, Window]
    whole: Window | None
    grain: Grain | None


Told = Callable[[Row | None], Mapping[str, Number]]
"""Tells the values of a row of sums by metric; of no row, those of where nothing was bought."""


def portfolio(names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
    """Return the parts of a portfolio's change: Decimal money; the lifetime growth in percent.

    QuestionError where neither a period is given nor time is cut: then there is nothing to compare.
    """
    money = _money_of([name for name in names if name != LIFETIME])
    parts = []
    if set(names) - {LIFETIME}:
        parts.append((_over_windows(list(money(None)), query, metrics, money, "sums"), money(None)))
    if LIFETIME in names:
        parts.append((_over_windows([LIFETIME], query, metrics, _lifetime, "lifetimes"), _lifetime(None)))
    keys = dict.fromkeys(key for part, _ in parts for key in part.rows)
    return Computed(
        {name: value for part, _ in parts for name, value in part.totals.items()},
        {key: {n: v for part, nothing in parts for n, v in part.rows.get(key, nothing).items()} for key in keys},
        tuple(told for part, _ in parts for told in part.left_out),
    )


def over_accounts(names: Sequence[str], query: Query, metrics: Metrics, told: Told) -> Computed:
    """Return what `told` makes of the sums over accounts: per group and bucket, and in all."""
    return _over_windows(names, query, metrics, told, "sums")


def _over_windows(
    names: Sequence[str], query: Query, metrics: Metrics, told: Told, kind: Literal["sums", "lifetimes"]
) -> Computed:
    base = metrics.settled().metrics[names[0]].of
    whole_base = metrics.query(Query(metrics=(base,), scope=query.scope, hidden=True))
    left_out = tuple(replace(each, metric=name) for name in names for each in whole_base.left_out)
    buckets = windows_of(names[0], query, metrics, base)
    unknown = dict.fromkeys(names)
    if whole_base.totals[base] is None:
        return Computed(unknown, {}, left_out)
    totals = unknown
    if buckets.whole:
        found = records(metrics.turnover(base, replace(query, by=()), [buckets.whole], kind))
        totals = dict(told(found[0] if found else None))
    if not query.by or not buckets.windows:
        return Computed(totals, {}, left_out)
    rows = records(metrics.turnover(base, query, list(buckets.windows.values()), kind))
    return Computed(totals, dict(_keyed(rows, query, buckets, told)), left_out)


def _keyed(
    rows: Sequence[Row], query: Query, buckets: Buckets, told: Told
) -> Iterator[tuple[tuple[object, ...], Mapping[str, Number]]]:
    labels = list(buckets.windows)
    names = list(dict.fromkeys(query.by))
    keys = [DIMENSIONS[name].key if name in DIMENSIONS else name for name in names]
    if names == [buckets.grain]:  # a bucket in which nobody bought anything stands in the answer too
        by_label = {labels[int(str(row["window_no"]))]: row for row in rows}
        yield from (((label,), told(by_label.get(label))) for label in labels)
        return
    for row in rows:
        label = labels[int(str(row["window_no"]))]
        yield (
            tuple(label if name == buckets.grain else row[key] for name, key in zip(names, keys, strict=True)),
            told(row),
        )


def windows_of(name: str, query: Query, metrics: Metrics, base: str) -> Buckets:
    """Return the windows that a query asks a computed metric about; those of which no day counts yet are left out."""
    counted = metrics.counted()
    grain = next((each for each in GRAINS if each in query.by), None)
    if grain is None and query.period is None:
        message = f"{name} compares a period with the one before it"
        raise QuestionError(message, do="Give its first and last day")
    whole = like_before(query.period, counted) if query.period else None
    if grain is None:
        return Buckets({None: whole} if whole else {}, whole, None)
    period = query.period or years_of(replace(query, metrics=(base,), hidden=True), metrics)
    found: dict[str | None, Window] = {
        bucket_label(bucket.start, grain): window
        for bucket in (period.buckets(grain) if period else ())
        if (window := like_before(Period(bucket.first, bucket.last), counted))
    }
    return Buckets(found, whole, grain)


def _money_of(names: Sequence[str]) -> Told:
    def values(row: Row | None) -> Mapping[str, Number]:
        found = {name: as_money(row[name]) if row else ZERO for name in SUMS}
        found["portfolio_growth"] = found["portfolio_end"] - found["portfolio_start"]
        return {name: found[name] for name in names}

    return values


def _lifetime(row: Row | None) -> Mapping[str, Number]:
    first, last = (float(str(row[name])) if row else 0.0 for name in ("first_year", "last_year"))
    return {LIFETIME: 100 * (last / first - 1) if first > 0 else None}


def as_money(value: object) -> Decimal:
    """Return a sum of money to the kopeck where it has no more places."""
    found = Decimal(str(value))
    kopecks = found.quantize(Decimal("0.01"))
    return kopecks if kopecks == found else found


def accounts_split(
    metrics: Metrics, scope: Scope, period: Period, filters: Iterable[Filter] = ()
) -> tuple[AccountChange, ...]:
    """Return how each account's purchases changed against the like period before, the largest change first."""
    window = like_before(period, metrics.counted())
    if window is None:
        return ()
    asked = Query(metrics=(BASE,), scope=scope, where=tuple(filters), period=period)
    found = [_change(row) for row in records(metrics.turnover(BASE, asked, [window], "accounts"))]
    return tuple(sorted(found, key=lambda each: (-abs(each.after - each.before), each.id)))


def _change(row: Row) -> AccountChange:
    parts = ("before", "after", "upsell", "purchase_effect", "frequency_effect", "lost")
    return AccountChange(
        id=str(row["account_id"]),
        name=str(row["account"] or row["account_id"]),
        employee_id=_text(row["employee_id"]),
        employee=_text(row["employee"]) or _text(row["employee_id"]),
        is_new=bool(row["is_new"]),
        **{name: as_money(row[name]) for name in parts},
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def keepers_growers(
    metrics: Metrics, scope: Scope, period: Period, filters: Iterable[Filter] = ()
) -> tuple[KeeperGrower, ...]:
    """Return whose portfolios are kept and whose grow against the like period before, the largest portfolio first.

    A keeper retains no smaller a part of the revenue than all people asked about together; a grower's portfolio is
    larger than before. Who had no accounts in the period before is left out.
    """
    window = like_before(period, metrics.counted())
    if window is None:
        return ()
    asked = Query(metrics=(BASE,), scope=scope, where=tuple(filters), by=("employee",), period=period)
    rows = [row for row in records(metrics.turnover(BASE, asked, [window])) if int(str(row["accounts"]))]
    names = records(metrics.rows("dim_employee", scope, columns=("employee_id", "name")))
    known = {row["employee_id"]: _text(row["name"]) for row in names}
    rows.sort(key=lambda row: (-as_money(row["portfolio_start"]), str(row["employee_id"])))
    return tuple(_judged(row, rows, known) for row in rows)


def _judged(row: Row, rows: Sequence[Row], names: Mapping[object, str | None]) -> KeeperGrower:
    def summed(name: str, among: Sequence[Row]) -> float:
        return sum(float(str(each[name])) for each in among)

    accounts, kept = int(str(row["accounts"])), int(str(row["kept"]))
    start, end, kept_start = (summed(name, [row]) for name in ("portfolio_start", "portfolio_end", "kept_start"))
    retained, of_all = kept_start / start, summed("kept_start", rows) / summed("portfolio_start", rows)
    others = [each for each in rows if each is not row]
    lost_by_others = summed("accounts", others) - summed("kept", others)
    lost, grown = accounts - kept, 100 * (end / start - 1)
    differs = shares_differ(lost, accounts, lost_by_others, summed("accounts", others))
    is_keeper, is_grower = retained >= of_all, grown > 0
    return KeeperGrower(
        employee_id=_text(row["employee_id"]),
        employee=names.get(row["employee_id"]) or _text(row["employee_id"]),
        accounts=accounts,
        lost_accounts=lost,
        retention_by_count=100 * kept / accounts,
        retention_by_revenue=100 * retained,
        retention_of_all=100 * of_all,
        portfolio_growth_percent=grown,
        quadrant=QUADRANTS[is_keeper, is_grower],
        hides_losses=is_grower and 100 * lost > HIDDEN_SHARE * accounts,
        loses_more=differs and lost / accounts > lost_by_others / summed("accounts", others),
    )
