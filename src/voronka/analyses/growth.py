"""By how much a metric has grown: against the like period before; cut by time each bucket against the one before it.

The base may be any metric that is counted or a formula: `computed: growth of revenue`. The first bucket asked for is
compared too: the data before it are looked at. A bucket that is on its way, or that the period cuts, stands against as
many days of the one before, as everywhere (`Period.earlier`). Where the base was nothing, negative or unknown before,
its growth is unknown: from nothing anything is infinitely more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from voronka.domain.period import GRAINS, Bucket, Grain, Period, bucket_label, bucket_start
from voronka.metrics.answer import PREVIOUS, Answer, LeftOut, Row
from voronka.metrics.dimensions import DIMENSIONS
from voronka.metrics.query import Computed, Metrics, Query

Key = tuple[object, ...]
Values = Mapping[str, object]


@dataclass(frozen=True)
class _Asked:
    """What is asked: the growths by name, what each is of, and the query."""

    bases: Mapping[str, str]
    query: Query
    metrics: Metrics

    @property
    def grain(self) -> Grain | None:
        return next((grain for grain in GRAINS if grain in self.query.by), None)

    @property
    def of_bases(self) -> Query:
        return replace(self.query, metrics=tuple(dict.fromkeys(self.bases.values())), intervals=False, hidden=True)

    def cuts(self) -> list[str]:
        """Return the columns that tell a row's place, time apart."""
        names = [name for name in dict.fromkeys(self.query.by) if name != self.grain]
        return [DIMENSIONS[name].key if name in DIMENSIONS else name for name in names]

    def keyed(self, place: Key, bucket: str | None) -> Key:
        """Return a row's place with its bucket where time stands among the cuts."""
        rest = iter(place)
        return tuple(bucket if name == self.grain else next(rest) for name in dict.fromkeys(self.query.by))


def growth(names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
    """Return the growth of each metric's base in percent; unknown without a period, unless time is cut."""
    catalogue = metrics.settled()
    asked = _Asked({name: catalogue.metrics[name].of for name in names}, query, metrics)
    rows: dict[Key, dict[str, float | None]] = {}
    if asked.grain:
        rows = dict(_by_bucket(asked, asked.grain))
    if query.period is None:
        return Computed(dict.fromkeys(names), rows)
    whole = metrics.query(replace(asked.of_bases, by=() if asked.grain else query.by, compare="previous"))
    if not asked.grain and query.by:
        rows = {place: _grown(asked, row) for place, row in _placed(asked, whole)}
    return Computed(_grown(asked, whole.totals), rows, _left_out(asked, whole))


def _grown(asked: _Asked, row: Row) -> dict[str, float | None]:
    return {name: percent_more(row[base], row[base + PREVIOUS]) for name, base in asked.bases.items()}


def percent_more(now: object, before: object) -> float | None:
    """Return by how many percent `now` is more than `before`; None where either is unknown or there was nothing."""
    if now is None or before is None or float(str(before)) <= 0:
        return None
    return 100 * (float(str(now)) / float(str(before)) - 1)


def _placed(asked: _Asked, answer: Answer) -> Iterator[tuple[Key, Row]]:
    cuts = asked.cuts()
    return ((tuple(row[cut] for cut in cuts), row) for row in answer.rows)


def _left_out(asked: _Asked, answer: Answer) -> tuple[LeftOut, ...]:
    told = [(name, each) for name, base in asked.bases.items() for each in answer.left_out if each.metric == base]
    return tuple(replace(each, metric=name) for name, each in told)


def _by_bucket(asked: _Asked, grain: Grain) -> Iterator[tuple[Key, dict[str, float | None]]]:
    """Yield the growth of every group in every bucket that has begun: whole ones are asked for together."""
    period = asked.query.period or years_of(asked.of_bases, asked.metrics)
    if period is None:
        return
    until = asked.metrics.counted().until
    begun = [bucket for bucket in period.buckets(grain) if bucket.first <= until]
    whole = [bucket for bucket in begun if _is_whole(bucket, grain, until)]
    if whole:
        yield from _whole_buckets(asked, grain, whole)
    for bucket in begun:
        if bucket not in whole:
            by = tuple(name for name in asked.query.by if name != grain)
            days = Period(bucket.first, bucket.last)
            answer = asked.metrics.query(replace(asked.of_bases, by=by, period=days, compare="previous"))
            for place, row in _placed(asked, answer):
                yield asked.keyed(place, bucket_label(bucket.start, grain)), _grown(asked, row)


def _is_whole(bucket: Bucket, grain: Grain, until: date) -> bool:
    """Say whether all days of a bucket lie in the period and count."""
    following = next(iter(Period(bucket.last + timedelta(days=1), bucket.last + timedelta(days=1)).buckets(grain)))
    is_clipped = bucket.first != bucket.start or following.start != bucket.last + timedelta(days=1)
    return not is_clipped and bucket.last <= until


def _whole_buckets(
    asked: _Asked, grain: Grain, whole: Sequence[Bucket]
) -> Iterator[tuple[Key, dict[str, float | None]]]:
    first = bucket_start(whole[0].start - timedelta(days=1), grain)
    answer = asked.metrics.query(replace(asked.of_bases, period=Period(first, whole[-1].last)))
    found = {(place, row[grain]): row for place, row in _placed(asked, answer)}
    places = dict.fromkeys(place for place, _ in found)
    starts = [first, *(bucket.start for bucket in whole)]
    for place in places:
        for earlier, later in pairwise(starts):
            label = bucket_label(later, grain)
            now, before = found.get((place, label)), found.get((place, bucket_label(earlier, grain)))
            yield asked.keyed(place, label), _between(asked, now, before)


def _between(asked: _Asked, now: Row | None, before: Row | None) -> dict[str, float | None]:
    """Return the growth between two rows; a row that an answer lacks had nothing of what is counted."""
    return {
        name: percent_more(_value(asked, now, before, base), _value(asked, before, now, base))
        for name, base in asked.bases.items()
    }


def _value(asked: _Asked, row: Row | None, other: Row | None, base: str) -> object:
    if row is not None:
        return row[base]
    is_flow = asked.metrics.catalogue.is_flow(base) and other is not None and other[base] is not None
    return 0 if is_flow else None


def years_of(query: Query, metrics: Metrics) -> Period | None:
    """Return the years in which a query's metrics have anything, until today; None where nothing has a date."""
    answer = metrics.query(replace(query, by=("year",), period=None, compare=None))
    years = sorted(int(str(row["year"])) for row in answer.rows if row["year"] is not None)
    today = metrics.company.today()
    if not years or date(years[0], 1, 1) > today:
        return None
    return Period(date(years[0], 1, 1), min(date(years[-1], 12, 31), today))
