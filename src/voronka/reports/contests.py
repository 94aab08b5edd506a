"""How a contest stands: places by its metric, as they were kept where it is over, and what has changed since.

A contest counts what the metric counts anywhere else, on the days of the contest. Who is chosen takes part whatever
they do; where nobody is chosen, everybody takes part who worked on one of these days and does not lead others, or every
team of such people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from voronka.analyses.places import DIGITS
from voronka.analyses.presence import Person, presence
from voronka.domain.contests import Contest, Kept, State
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import Answer, Row
from voronka.metrics.answer import records as rows_of
from voronka.metrics.query import Metrics
from voronka.reports.ask import Ask, Asker, Block, known
from voronka.reports.board_places import Member, Places
from voronka.reports.findings import Finding
from voronka.reports.page import Table
from voronka.reports.people import LEADING

EVERYTHING = Scope.everything()


@dataclass(frozen=True)
class Changed:
    """Whose figure is another one now than it was when the contest's end was kept."""

    name: str
    kept: float
    now: float


@dataclass(frozen=True)
class Standing:
    """A contest as it stands: without places where it has not begun, or its metric is not known."""

    contest: Contest
    state: State
    said: Finding
    table: Table | None = None
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class Contested:
    """A contest over the company's figures."""

    metrics: Metrics
    contest: Contest

    def standing(self) -> Standing:
        """Return how it stands today."""
        contest, state = self.contest, self.contest.state(self.metrics.company.today())
        if state == "ahead":
            return Standing(contest, state, Finding("ahead", "neutral", {}))
        if contest.kept and contest.wished.metric in self.metrics.catalogue.metrics:
            found = self._places(_as_kept(contest, contest.kept), self._of_kept(contest.kept))
            return Standing(contest, state, found.said(), found.table(), self._changed(contest.kept))
        if not self.is_known:
            return Standing(contest, state, Finding("unknown", "neutral", {}))
        found = self._places(self._facts, self._members)
        return Standing(contest, state, found.said(), found.table())

    def kept(self, at: datetime, built_on: date | None) -> Kept | None:
        """Return what is to be kept of its end, as of the data there are; None while the last day may not be in them.

        `built_on` is the company's day of the last build. What somebody ended is kept as it is at that moment.
        """
        contest, today = self.contest, self.metrics.company.today()
        if contest.kept or contest.state(today) != "over" or not self.is_known:
            return None
        if contest.ended_on is None and (built_on is None or built_on <= contest.period.last):
            return None
        names = {member.id: member.name for member in self._members}
        beside = {member.id: member.beside for member in self._members}
        return Kept(self._now, names, beside, self._facts.answer.data_version, at)

    @property
    def data_version(self) -> str:
        """Return of which version of the data its places are, '' where it has none."""
        return self.contest.kept.data_version if self.contest.kept else self._facts.answer.data_version

    @property
    def key(self) -> str:
        """Return the dimension whose members take part."""
        return self.contest.wished.between

    @cached_property
    def is_known(self) -> bool:
        """Say whether there is such a metric, with data on these days."""
        name = self.contest.wished.metric
        return name in self.metrics.catalogue.metrics and self._facts.total(name) is not None

    @cached_property
    def _days(self) -> Period:
        """Return the days of it that are not to come."""
        period = self.contest.period
        return Period(period.first, max(period.first, min(period.last, self.metrics.company.today())))

    @cached_property
    def _facts(self) -> Block:
        """Return the figures of all: who is chosen and gone from the data is nobody to be filtered by."""
        asker = Asker(self.metrics, EVERYTHING)
        return asker.ask(self.contest.wished.metric, by=[self.key], period=self._days)

    @cached_property
    def _now(self) -> Mapping[str, float]:
        name, ids = self.contest.wished.metric, {member.id for member in self._members}
        rows = {str(row[f"{self.key}_id"]): known(row[name]) or 0.0 for row in self._facts.answer.rows}
        return {key: rows.get(key, 0.0) for key in sorted(ids)}

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return presence(self.metrics, EVERYTHING, self._days)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        table = "dim_employee" if self.key == "employee" else "dim_team"
        found = rows_of(self.metrics.rows(table, EVERYTHING, None, [f"{self.key}_id", "name"]))
        return {str(row[f"{self.key}_id"]): str(row["name"] or row[f"{self.key}_id"]) for row in found}

    @cached_property
    def _members(self) -> Sequence[Member]:
        """Return who takes part; who is chosen and gone from the data stays, by the id."""
        chosen, teams = self.contest.wished.members, self._teams
        ids = chosen or (self._sellers if self.key == "employee" else sorted(teams))
        beside: Mapping[str, str | float | None] = self._own_teams if self.key == "employee" else teams
        return [Member(key, self._names.get(key, key), beside.get(key)) for key in ids]

    @cached_property
    def _sellers(self) -> Sequence[str]:
        people = self._people.items()
        return [key for key, person in people if any(person.roles_on(day) - set(LEADING) for day in person.days)]

    @cached_property
    def _teams(self) -> Mapping[str, int]:
        """Return how many people worked in each team, those who lead left out."""
        held = [
            {str(span.team_id) for span in person.spans if span.team_id and span.role not in LEADING}
            for person in self._people.values()
            if person.days
        ]
        return {team: sum(team in each for each in held) for team in {team for each in held for team in each}}

    @cached_property
    def _own_teams(self) -> Mapping[str, str]:
        """Return the name of the team that each was in at the end."""
        found = rows_of(self.metrics.rows("dim_team", EVERYTHING, None, ["team_id", "name"]))
        names = {row["team_id"]: str(row["name"] or row["team_id"]) for row in found}
        last = self._days.last
        held = {
            key: [span for span in person.spans if span.first <= last < span.until and span.team_id]
            for key, person in self._people.items()
        }
        return {key: names.get(spans[0].team_id, "") for key, spans in held.items() if spans}

    def _places(self, facts: Block, members: Sequence[Member]) -> Places:
        metric = self.metrics.settled().metrics[self.contest.wished.metric]
        return Places(str(self.contest.contest_id), metric, self.key, members, facts)

    def _of_kept(self, kept: Kept) -> Sequence[Member]:
        return [Member(key, kept.names.get(key, key), kept.beside.get(key)) for key in kept.values]

    def _changed(self, kept: Kept) -> tuple[Changed, ...]:
        """Return whose figures the data tell otherwise by now, the largest difference first."""
        if not self.is_known or self._facts.answer.data_version == kept.data_version:
            return ()
        names = {member.id: member.name for member in self._members}
        both = {key: (kept.values.get(key, 0.0), self._now.get(key, 0.0)) for key in {*kept.values, *self._now}}
        found = [
            Changed(kept.names.get(key) or names.get(key, key), was, now)
            for key, (was, now) in both.items()
            if round(was - now, DIGITS)
        ]
        return tuple(sorted(found, key=lambda each: (-abs(each.now - each.kept), each.name)))


def _as_kept(contest: Contest, kept: Kept) -> Block:
    """Return the figures that were kept as an answer, so that places are made of them as of any other."""
    name, key = contest.wished.metric, contest.wished.between
    rows: list[Row] = [
        {f"{key}_id": each, key: kept.names.get(each), name: value} for each, value in kept.values.items()
    ]
    answer = Answer((), rows, {name: sum(kept.values.values())}, kept.data_version, contest.period.last)
    return Block(Ask((name,), (key,), (), contest.period), answer)
