"""How far the data reach: the last day that counts, and which records stopped coming before it.

A day counts by the share of its working hours that lie before the last build. Where a company's data end earlier (an
export is never asked for again), the days after its last event do not count at all; one working day without any event
says so. Records of one kind have stopped coming where, as often as they came, some `EXPECTED` days of them are lacking.
Few or none as they may be, they end with all data where so many days of anything are: a load tells of no later days
than its events.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import cast
from zoneinfo import ZoneInfo

from voronka.domain.period import Counted
from voronka.lake.engine import Engine
from voronka.metrics.answer import PREVIOUS, Answer, LeftOut, Row, records
from voronka.metrics.definition import Metric
from voronka.metrics.happened import happened
from voronka.metrics.resolve import Question, Wanted
from voronka.metrics.sql import quoted

ENDED = "data end: "
"""What stands before the last day of a metric's data, in the reason why it, or its comparison, was left out."""
EVENTS = {
    "fct_activities": ("started", "completed"),
    "fct_leads": ("created",),
    "fct_deals": ("created", "closed"),
    "fct_payments": ("paid",),
}
"""The facts, and their axes, by which a company's data end."""
ANSWERS = ("fct_calls", "fct_emails", "fct_messages", "fct_meetings", "fct_demos")
"""The facts by which it is known whether a lead was answered."""
ANSWERED = "is_answered"
LATELY = 90
"""Over how many days before its last one it is reckoned how often a kind of record comes."""
EXPECTED = 5.0
"""So many days with records are missed before they are said to have stopped: by chance it is 1 case of 150."""
FEWEST = 5
"""Of records of fewer days than these nothing is said by themselves."""
NEVER = date.min
"""Where the data end of what no source has ever given."""
_DAY = timedelta(days=1)


class Reach:
    """Knows up to when the days of a company count; asked once per version of the data and day."""

    def __init__(self, engine: Engine, zone: str, *, may_end: bool) -> None:
        """Stand on an engine; `may_end`: data whose events stop are taken for ended, not for days of nothing."""
        self._engine = engine
        self._zone = ZoneInfo(zone)
        self._may_end = may_end
        self._lock = Lock()
        self._key: tuple[object, ...] = ()
        self._days: dict[str, Counted] = {}
        self._ends: dict[tuple[str, str], date | None] = {}

    def counted(self, today: date, known_until: datetime, version: str) -> Counted:
        """Return up to when days count, of data known until a moment (UTC without a zone)."""
        with self._lock:
            self._look(today, known_until, version)
            return self._known(today, known_until)[0]

    def ended(self, leaf: Metric, today: date, known_until: datetime, version: str) -> date | None:
        """Return the last day of what a base metric counts, where its records have stopped coming; None: they come."""
        subject = leaf.subject
        if not self._may_end or subject is None or subject.holds is not None or leaf.axis in ("", "due"):
            return None
        with self._lock:
            self._look(today, known_until, version)
            counted, built = self._known(today, known_until)
            key = (subject.fact, leaf.axis)
            if key not in self._ends:
                self._ends[key] = self._ended(*key, counted.until, built.until)
            if not _is_of_answers(leaf):
                return self._ends[key]
            answers = (ANSWERED, "")
            if answers not in self._ends:
                self._ends[answers] = self._answers_ended(counted.until, built.until)
            return min((end for end in (self._ends[key], self._ends[answers]) if end is not None), default=None)

    def _answers_ended(self, counted: date, until: date) -> date | None:
        """Return the last day of calls, mails and meetings, where all have stopped: later leads may be answered."""
        last = {fact: day for fact in ANSWERS if (day := self._last_day(fact, "started", until)) is not None}
        ends = {fact: self._ended(fact, "started", counted, until) for fact in last}
        end = max((each for each in ends.values() if each is not None), default=None)
        if end is None or any(ends[fact] is None and day > end for fact, day in last.items()):
            return None
        sql = f"SELECT 1 AS n FROM fct_leads WHERE {ANSWERED} AND created_day > $last LIMIT 1"
        return None if records(self._engine.execute(sql, {"last": end})) else end

    def _look(self, *key: object) -> None:
        if key != self._key:
            self._key, self._days, self._ends = key, {}, {}

    def _known(self, today: date, known_until: datetime) -> tuple[Counted, Counted]:
        """Return up to when days count, and up to when they were built; looked up once per version of the data."""
        if "counted" not in self._days:
            self._days["built"] = self._built(today, known_until)
            self._days["counted"] = self._counted(self._days["built"])
        return self._days["counted"], self._days["built"]

    def _built(self, today: date, known_until: datetime) -> Counted:
        local = known_until.replace(tzinfo=UTC).astimezone(self._zone)
        if local.date() > today or local.time() == time.max:
            return Counted(min(today, local.date()))
        return Counted(local.date(), self._share(local, known_until))

    def _share(self, local: datetime, moment: datetime) -> float:
        """Return how much of a day's work is over at a moment; of a day off, how much of the day."""
        sql = "SELECT opens_at, closes_at FROM dim_calendar WHERE day = $day AND is_working"
        hours = records(self._engine.execute(sql, {"day": local.date()}))
        opens, closes = (
            cast("datetime | None", hours[0][name] if hours else None) for name in ("opens_at", "closes_at")
        )
        if opens is None or closes is None:
            return round((local.replace(tzinfo=None) - datetime.combine(local.date(), time.min)) / _DAY, 4)
        return round(min(max((moment - opens) / (closes - opens), 0.0), 1.0), 4)

    def _counted(self, built: Counted) -> Counted:
        last = self._last_event(built.day) if self._may_end else None
        if last is None or last >= built.until:
            return built
        sql = "SELECT 1 AS n FROM dim_calendar WHERE is_working AND day > $last AND day <= $until LIMIT 1"
        return Counted(last) if records(self._engine.execute(sql, {"last": last, "until": built.until})) else built

    def _last_event(self, today: date) -> date | None:
        found = [self._last_day(fact, axis, today) for fact, axes in EVENTS.items() for axis in axes]
        return max((each for each in found if each is not None), default=None)

    def _last_day(self, fact: str, axis: str, today: date) -> date | None:
        day = _day_of(axis)
        sql = f"SELECT max({day}) AS last FROM {fact} AS f WHERE {day} <= $today AND {happened(fact, axis)}"
        return cast("date | None", records(self._engine.execute(sql, {"today": today}))[0]["last"])

    def _ended(self, fact: str, axis: str, counted: date, until: date) -> date | None:
        """Return the last day of records, or of the whole company's data where they end with these; None: they come."""
        last = self._last_day(fact, axis, until)
        if last is not None and last >= until:
            return None
        if last is not None:
            often = self._often([(fact, axis)], last, last - LATELY * _DAY)
            ends = [end for end, to in ((last, counted), (counted, until)) if (to - last).days >= often.enough]
            if often.days >= FEWEST and ends:
                return ends[0]
        all_ended = self._all_ended(counted, until)
        return all_ended if all_ended and (last is None or last <= all_ended) else None

    def _all_ended(self, counted: date, until: date) -> date | None:
        """Return the last day of all data where, as often as anything happened, too many days are lacking since."""
        if counted >= until:
            return None
        whole = ("", "")
        if whole not in self._ends:
            axes = [(fact, axis) for fact, axes in EVENTS.items() for axis in axes]
            often = self._often(axes, counted, counted - LATELY * _DAY)
            if often.days < FEWEST:
                often = self._often(axes, counted, NEVER)
            self._ends[whole] = counted if (until - counted).days >= often.enough else None
        return self._ends[whole]

    def _often(self, axes: Sequence[tuple[str, str]], last: date, since: date) -> "_Often":
        """Return how often records came on these axes of facts after a day, until the last day of them."""
        days = " UNION ".join(
            f"SELECT {_day_of(axis)} AS day FROM {fact} AS f"
            f" WHERE {_day_of(axis)} > $since AND {_day_of(axis)} <= $last AND {happened(fact, axis)}"
            for fact, axis in axes
        )
        sql = f"SELECT count(DISTINCT day) AS days, min(day) AS first FROM ({days})"
        row = records(self._engine.execute(sql, {"since": since, "last": last}))[0]
        return _Often(cast("int", row["days"]), (last - cast("date", row["first"] or last)).days + 1)


@dataclass(frozen=True)
class _Often:
    """On how many days records came, of how many in all."""

    days: int
    among: int

    @property
    def enough(self) -> float:
        """Return after how many days without any they are said to have stopped."""
        return EXPECTED * self.among / max(self.days, 1)


def _is_of_answers(leaf: Metric) -> bool:
    """Say whether a metric counts leads by whether, or when, they were answered."""
    told = (leaf.where, leaf.fragment)
    return leaf.fact.fact == "fct_leads" and any(ANSWERED in each.text for each in told if each is not None)


def _day_of(axis: str) -> str:
    return quoted("day" if axis == "day" else f"{axis}_day")


@dataclass(frozen=True)
class _Ended:
    """A name asked for, and the last day of its data."""

    wanted: Wanted
    last: date


def without_ended(answer: Answer, question: Question, ended: Callable[[Metric], date | None]) -> Answer:
    """Return the answer without what is asked of days after a metric's data end, told under `left_out`.

    Where they end inside the period, what stands there is told, and only what it is compared with is left out: the
    figures of the days before it, and what was due by now. The days of a whole company's data end are cut elsewhere.
    """
    period = question.query.period
    counted = question.counted.of(period) if period else None
    if period is None or period.first > question.today:
        return answer
    until = counted.last if counted else period.first
    stopped = [
        _Ended(wanted, last)
        for wanted in question.wanted
        if not wanted.is_computed and wanted.part != "plan"
        if (last := _end_of(question, wanted, ended)) is not None and last < until
    ]
    if not stopped:
        return answer
    unknown = {name for each in stopped for name in _unknown(each, is_before=each.last < period.first)}
    told = [LeftOut(each.wanted.name, f"{ENDED}{each.last.isoformat()}", 0) for each in stopped]
    rows = [_blanked(row, unknown) for row in answer.rows]
    return replace(answer, rows=rows, totals=_blanked(answer.totals, unknown), left_out=(*answer.left_out, *told))


def _end_of(question: Question, wanted: Wanted, ended: Callable[[Metric], date | None]) -> date | None:
    """Return where the data of a name end: a sum goes on as long as any of its parts does, all else as all of them.

    A part that no source gives (NEVER) neither goes on nor ends.
    """
    leaves = [leaf for leaf in question.catalogue.leaves(wanted.metric.name) if leaf.is_base]
    ends = [end for leaf in leaves if (end := ended(leaf)) != NEVER]
    known = [each for each in ends if each is not None]
    if not known:
        return None
    if question.catalogue.is_flow(wanted.metric.name):
        return max(known) if len(known) == len(ends) else None
    return min(known)


def _unknown(stopped: _Ended, *, is_before: bool) -> set[str]:
    name = stopped.wanted.name
    if stopped.wanted.part == "fact":
        return {name + suffix for suffix in (("", PREVIOUS, "_low", "_high") if is_before else (PREVIOUS,))}
    return {name, name + PREVIOUS} if is_before or stopped.wanted.part == "pace" else {name + PREVIOUS}


def _blanked(row: Row, unknown: set[str]) -> Row:
    return {name: None if name in unknown else value for name, value in row.items()}
