"""How far people do what their role is measured by: weights over targets, each metric capped, so none hides another.

A person's score is sum(weight x min(done / target, cap)) / sum(weight) over the metrics that the settings weigh for the
role that the person holds on the last day of the period (or of each bucket of time). The target is the person's own
plan, of which only what is due by now counts (as in `X_pace`); who has none is measured by the settings' target per
working day, over the working days until now on which the person was employed. A metric without either, or whose value
is unknown, is left out of both sums; nobody has a score of nothing. Teams, roles and the total put the sums of their
people together: they are no mean of scores.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from voronka.domain.errors import QuestionError, SettingsError, did_you_mean
from voronka.domain.period import GRAINS, Period, bucket_label
from voronka.domain.scope import Scope
from voronka.metrics.answer import LeftOut, Row, records
from voronka.metrics.query import Computation, Computed, Metrics, Query
from voronka.settings import RoleScore, ScoreSettings

SCORE = "score"
Key = tuple[object, ...]


@dataclass(frozen=True)
class Person:
    """Somebody on the last day of a period: team and role then, and the working days until now."""

    employee_id: str
    team_id: str | None
    role: str
    working_days: int

    def place(self, by: Sequence[str]) -> Key:
        """Return the person's place among cuts by employee, team and role."""
        places = {"employee": self.employee_id, "team": self.team_id, "role": self.role}
        return tuple(places[name] for name in by if name in places)


@dataclass
class Sums:
    """What is above and below the line of a score."""

    achieved: float = 0.0
    weights: float = 0.0

    def add(self, other: "Sums") -> None:
        """Put another's sums to these."""
        self.achieved += other.achieved
        self.weights += other.weights

    @property
    def percent(self) -> float | None:
        """Return the score in percent, None of nothing."""
        return self.achieved / self.weights if self.weights else None


@dataclass(frozen=True)
class Staff:
    """Everybody whom the asker may see, with their teams and roles, and the working days."""

    spans: Sequence[Mapping[str, object]]
    employed: Mapping[object, tuple[date, date]]
    working: Sequence[date]

    def on(self, day: date, period: Period, until: date) -> Iterator[Person]:
        """Return who held a role on a day: of several the one begun last; days count to `until`."""
        latest: dict[object, Mapping[str, object]] = {}
        for span in sorted(self.spans, key=lambda each: (str(each["valid_from"]), str(each["role"]))):
            begins, ends = span["valid_from"], span["valid_to"]
            if span["role"] and isinstance(begins, date) and isinstance(ends, date) and begins <= day < ends:
                latest[span["employee_id"]] = span
        working = sorted(self.working)
        for who, span in latest.items():
            since, gone = self.employed.get(who, (date.min, date.max))
            first, last = max(since, period.first), min(gone, period.last, until)
            days = max(bisect_right(working, last) - bisect_left(working, first), 0)
            yield Person(str(who), _text(span["team_id"]), str(span["role"]), days)


def score(settings: ScoreSettings) -> Computation:
    """Return the computation `score` of a company's settings; QuestionError without a period."""

    def compute(_names: Sequence[str], query: Query, metrics: Metrics) -> Computed:
        weighed = {role: each for role, each in settings.roles.items() if each.weights}
        if not weighed:
            return Computed({SCORE: None}, {}, (LeftOut(SCORE, "not set: score.<role>.weights", 0),))
        for role, each in weighed.items():
            _check(role, each, metrics)
        if query.period is None:
            message = f"{SCORE} is of a period"
            raise QuestionError(message, do="Give its first and last day")
        staff = metrics.kept(("staff of scores", query.scope.key()), lambda: _staff(query, metrics), is_small=True)
        asked = _Asked(query, metrics, weighed, settings.cap, staff, _wanted(query, metrics))
        return Computed({SCORE: asked.total(query.period)}, dict(asked.rows(query.period)))

    return compute


@dataclass(frozen=True)
class _Asked:
    """One question about scores, with all that it is answered by."""

    query: Query
    metrics: Metrics
    roles: Mapping[str, RoleScore]
    cap: float
    staff: Staff
    wanted: Mapping[str, set[object]]
    known: dict[Period, dict[Person, Sums]] = field(default_factory=dict)

    def total(self, period: Period) -> float | None:
        whole = Sums()
        for sums in self._sums(period).values():
            whole.add(sums)
        return whole.percent

    def rows(self, period: Period) -> Iterator[tuple[Key, dict[str, float | None]]]:
        names = list(dict.fromkeys(self.query.by))
        grain = next((each for each in GRAINS if each in names), None)
        buckets = (
            [(bucket_label(b.start, grain), Period(b.first, b.last)) for b in period.buckets(grain)] if grain else []
        )
        for label, days in buckets or [("", period)] if names else []:
            groups: dict[Key, Sums] = defaultdict(Sums)
            for person, sums in self._sums(days).items():
                groups[person.place(names)].add(sums)
            for place, sums in groups.items():
                rest = iter(place)
                yield tuple(label if name == grain else next(rest) for name in names), {SCORE: sums.percent}

    def _sums(self, period: Period) -> dict[Person, Sums]:
        """Return what each person who is asked about achieved in a period; nobody in one that has not begun."""
        if period not in self.known:
            self.known[period] = self._summed(period)
        return self.known[period]

    def _summed(self, period: Period) -> dict[Person, Sums]:
        today = self.metrics.company.today()
        if period.first > today:
            return {}
        counted = self.metrics.counted().until
        people = list(self.staff.on(min(period.last, today), period, counted))
        held = {role: settings for role, settings in self.roles.items() if any(each.role == role for each in people)}
        wanted = [each for each in people if each.role in held and self._is_wanted(each)]
        values = self._values(held, period) if wanted else {}
        return {each: self._of(each, held[each.role], values) for each in wanted}

    def _is_wanted(self, person: Person) -> bool:
        places = {"employee": person.employee_id, "team": person.team_id, "role": person.role}
        return all(places[name] in values for name, values in self.wanted.items())

    def _values(self, held: Mapping[str, RoleScore], period: Period) -> dict[object, Row]:
        """Return by person what any of the roles is measured by, and how far it is over its plan.

        Of all roles at once, whoever is asked about: it is the same question for each of them, and answered once.
        """
        names = list(dict.fromkeys(name for settings in held.values() for name in settings.weights))
        planned = [f"{name}_pace" for name in names if self.metrics.catalogue.metrics[name].verb != "computed"]
        asked = replace(self.query, metrics=(*names, *planned), by=("employee",), where=(), period=period)
        return {row["employee_id"]: row for row in self.metrics.query(asked).rows}

    def _of(self, person: Person, settings: RoleScore, values: Mapping[object, Row]) -> Sums:
        row, sums = values.get(person.employee_id, {}), Sums()
        for name, weight in settings.weights.items():
            done = self._achieved(name, row, settings.targets.get(name), person)
            if done is not None:
                sums.add(Sums(weight * min(done, self.cap), weight))
        return sums

    def _achieved(self, name: str, row: Mapping[str, object], target: float | None, person: Person) -> float | None:
        """Return the percent of what is due; None where neither a plan nor the settings say what that is."""
        pace = row.get(f"{name}_pace")
        if pace is not None:
            return float(str(pace))
        is_flow = self.metrics.catalogue.is_flow(name)
        value = row.get(name, 0 if is_flow else None)
        due = (target or 0) * (person.working_days if is_flow else 1)
        return 100 * float(str(value)) / due if value is not None and due else None


def _check(role: str, settings: RoleScore, metrics: Metrics) -> None:
    """Refuse metrics that there are not, and those of which less is better: more of them would raise the score."""
    for table, names in (("weights", settings.weights), ("targets", settings.targets)):
        for name in names:
            place = f"score.{role}.{table}"
            if name not in metrics.catalogue.names:
                hint = did_you_mean(name, metrics.catalogue.names)
                raise SettingsError(f"unknown metric: {name}", where=place, do=hint)
            if metrics.catalogue.metrics[name].better == "down" or name == SCORE:
                raise SettingsError(
                    f"a score cannot be made of {name}", where=place, do="Take one of which more is better"
                )


def _staff(query: Query, metrics: Metrics) -> Staff:
    columns = ("employee_id", "team_id", "role", "valid_from", "valid_to")
    people = records(metrics.rows("dim_employee", query.scope, columns=("employee_id", "hired_on", "left_on")))
    days = records(metrics.rows("dim_calendar", Scope.everything(), {"is_working": True}, ("day",)))
    return Staff(
        records(metrics.rows("employee_team", query.scope, columns=columns)),
        {row["employee_id"]: (_day(row["hired_on"], date.min), _day(row["left_on"], date.max)) for row in people},
        sorted(row["day"] for row in days if isinstance(row["day"], date)),
    )


def _wanted(query: Query, metrics: Metrics) -> Mapping[str, set[object]]:
    """Return what each filter lets pass: ids of people and teams by id or name, roles as they are called."""
    found: dict[str, set[object]] = {}
    for each in query.where:
        values: set[object] = set(each.values)
        if each.dimension in ("employee", "team"):
            key = f"{each.dimension}_id"
            members = records(metrics.rows(f"dim_{each.dimension}", query.scope, columns=(key, "name")))
            lowered = {str(value).lower() for value in each.values if value is not None}
            named = {row[key] for row in members if str(row["name"]).lower() in lowered}
            values |= named
        found[each.dimension] = values & found[each.dimension] if each.dimension in found else values
    return found


def _day(value: object, otherwise: date) -> date:
    return value if isinstance(value, date) else otherwise


def _text(value: object) -> str | None:
    return None if value is None else str(value)
