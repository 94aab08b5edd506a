"""The plans of one metric as a grid: whose by which period, each with where it comes from and what stands below it.

What people state is read from the statements themselves, so that an edit shows at once; what files say comes from the
build. Of what is planned by other periods than the grid's (a quarter in a grid of months) a cell tells the part that
the figures show, as of the last build.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Literal, get_args

from voronka.domain.access import Stay
from voronka.domain.errors import QuestionError
from voronka.domain.period import Grain, Period, bucket_label, bucket_start, month_end, shift_months
from voronka.domain.plans import SCOPES, Planned, PlanScope, Statement, Subject
from voronka.domain.scope import Scope
from voronka.metrics.answer import Row, records
from voronka.metrics.query import Metrics
from voronka.metrics.question import Query
from voronka.reports.ask import can_be_planned
from voronka.transform.references import BY_NAME
from voronka.transform.sources import ENTERED

PlanGrain = Literal["week", "month", "quarter"]
Origin = Literal["none", "entered", "file"]
Owner = tuple[PlanScope, str | None]
"""Whose plan: a scope and its id, None of the company."""

WEEKS, MONTHS, QUARTERS = 8, 12, 4
"""The columns of a grid of which no days are given."""
MOST_COLUMNS = 60
_ABOUT_FILES = ("metric", "scope", "scope_id", "starts_on", "ends_on", "value", "revision", "entered_at", "source")
_ABOUT_PEOPLE = ("employee_id", "name", "hired_on", "left_on", "is_active")


@dataclass(frozen=True)
class GridAsked:
    """Which plans are looked at: a metric's, by which periods, of which days."""

    metric: str
    grain: PlanGrain
    columns: tuple[Period, ...]

    @property
    def period(self) -> Period:
        """Return the days of all columns."""
        return Period(self.columns[0].first, self.columns[-1].last)


@dataclass(frozen=True)
class Stood:
    """A plan that stands: how much, for which days, who says so: people (`by`, `at` in UTC) or a file's source."""

    period: Period
    value: Decimal
    origin: Origin
    source: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Cell:
    """An owner's plan of exactly one period, None where there is none; `filed` is what files say under a statement.

    `others` are plans of other periods that share days with it, `figure` what the figures show of the period because of
    them. `seen` is the number of the latest statement about it, 0 for none, `stated_as` its owner's id then.
    """

    period: Period
    stood: Stood | None = None
    filed: Stood | None = None
    others: tuple[Stood, ...] = ()
    figure: Decimal | None = None
    seen: int = 0
    stated_as: str | None = None
    may_edit: bool = True

    @property
    def value(self) -> Decimal | None:
        """Return the plan of exactly this period."""
        return self.stood.value if self.stood else None

    @property
    def amount(self) -> Decimal | None:
        """Return what counts of it in sums."""
        return self.figure if self.others and self.figure is not None else self.value


@dataclass(frozen=True)
class GridRow:
    """A line of the grid; `below` are the sums of the plans one level below, by column: None where nobody has any."""

    scope: PlanScope
    id: str | None
    name: str
    team_id: str | None
    cells: tuple[Cell, ...]
    below: tuple[Decimal | None, ...] = ()

    @property
    def owner(self) -> Owner:
        """Return whose line it is."""
        return self.scope, self.id


@dataclass(frozen=True)
class Grid:
    """The lines: the company, each team before its people, those without a team; a limited scope sees its people only.

    `is_behind`: the figures were built before the latest statements.
    """

    asked: GridAsked
    is_flow: bool
    rows: tuple[GridRow, ...]
    is_behind: bool

    @cached_property
    def _by_owner(self) -> Mapping[Owner, GridRow]:
        return {row.owner: row for row in self.rows}

    def cell(self, owner: Owner, period: Period) -> Cell:
        """Return a cell; QuestionError where the grid has none such, as of people out of sight."""
        row = self._by_owner.get(owner)
        found = next((each for each in row.cells if each.period == period), None) if row else None
        if found is None:
            raise QuestionError("there is no such plan to look at or to edit")
        return found


def grid_columns(grain: PlanGrain, first: date | None, last: date | None, today: date) -> tuple[Period, ...]:
    """Return the whole weeks, months or quarters from the one with `first` to the one with `last`.

    Without days: those of the running year, of weeks the last two and the next. QuestionError for too many.
    """
    start = bucket_start(first or (bucket_start(today, "year") if grain != "week" else today - timedelta(14)), grain)
    usual = {"week": WEEKS, "month": MONTHS, "quarter": QUARTERS}[grain]
    found = [Period(start, _end(start, grain))]
    while (found[-1].last < last) if last else (len(found) < usual):
        start = found[-1].last + timedelta(days=1)
        found.append(Period(start, _end(start, grain)))
        if len(found) > MOST_COLUMNS:
            raise QuestionError(f"a grid of plans holds {MOST_COLUMNS} periods", do="Ask for fewer days")
    return tuple(found)


def _end(start: date, grain: Grain) -> date:
    if grain == "week":
        return start + timedelta(days=6)
    return month_end(shift_months(start, 2 if grain == "quarter" else 0))


def plan_grid(
    metrics: Metrics, scope: Scope, asked: GridAsked, statements: Sequence[Statement], merged: Mapping[str, str]
) -> Grid:
    """Return the grid that somebody with this scope sees; `merged` is the employee whom people say an id is.

    QuestionError for a metric that nobody can plan.
    """
    if not can_be_planned(metrics, asked.metric):
        raise QuestionError(f"An analysis has no plan: {asked.metric}")
    return _Making(metrics, scope, asked, statements, merged).made()


@dataclass(frozen=True)
class _Making:
    metrics: Metrics
    scope: Scope
    asked: GridAsked
    statements: Sequence[Statement]
    merged: Mapping[str, str]
    everything: Scope = field(default_factory=Scope.everything)

    def made(self) -> Grid:
        rows = self._rows()
        if self.is_flow:
            sums = {row.owner: self._below(row, rows) for row in rows if row.scope == "team"}
            rows = [replace(row, below=sums.get(row.owner, ())) for row in rows]
            rows = [replace(row, below=_company(rows)) if row.scope == "company" else row for row in rows]
        return Grid(self.asked, self.is_flow, tuple(rows), self._is_behind())

    @cached_property
    def is_flow(self) -> bool:
        return self.metrics.catalogue.is_flow(self.asked.metric)

    def _table(self, name: str, columns: Sequence[str], **where: object) -> list[Row]:
        return records(self.metrics.rows(name, self.everything, where, columns))

    @cached_property
    def people(self) -> Mapping[str, Row]:
        return {str(row["employee_id"]): row for row in self._table("dim_employee", _ABOUT_PEOPLE)}

    @cached_property
    def teams(self) -> Mapping[str, str]:
        return {str(row["team_id"]): str(row["name"] or row["team_id"]) for row in self._table("dim_team", _TEAM)}

    @cached_property
    def stays(self) -> Mapping[str, Sequence[Stay]]:
        """The times in teams, by employee."""
        found: dict[str, list[Stay]] = {}
        for row in self._table("employee_team", ("employee_id", "team_id", "valid_from", "valid_to")):
            if row["team_id"] is not None:
                stay = Stay(*row.values())  # type: ignore[arg-type]
                found.setdefault(stay.employee_id, []).append(stay)
        return found

    @cached_property
    def working(self) -> frozenset[date]:
        return frozenset(row["day"] for row in self._table("dim_calendar", ("day",), is_working=True))  # type: ignore[misc]

    @cached_property
    def core(self) -> Sequence[Row]:
        """The plans of the metric as of the last build, of each owner, period and source the last revision."""
        found = self._table("fct_plans", _ABOUT_FILES, metric=self.asked.metric)
        return sorted((row for row in found if row["value"] is not None), key=_revised)

    @cached_property
    def filed(self) -> Mapping[Subject, Stood]:
        rows = (row for row in self.core if row["source"] != ENTERED)
        return {_subject(row): Stood(_days(row), _value(row), "file", str(row["source"] or "")) for row in rows}

    @cached_property
    def stated(self) -> Mapping[Subject, Statement]:
        """The latest statement about each plan of those whom the data know, also one that takes back."""
        found = {}
        for each in self.statements:
            planned = each.planned
            owner = self._now(planned.scope, planned.scope_id)
            if planned.metric == self.asked.metric and owner is not None:
                found[(planned.metric, *owner, planned.period.first, planned.period.last)] = each
        return found

    def _now(self, scope: PlanScope, stated_as: str | None) -> Owner | None:
        """Return whom a statement is of today: who was known by a name may have got an id, or be another one."""
        if stated_as is None:
            return scope, None
        known = self.people if scope == "employee" else self.teams
        now = stated_as
        while scope == "employee" and now in self.merged and now not in known:
            now = self.merged[now]
        if now not in known and now.startswith(BY_NAME):
            now = self._names[scope].get(folded(now.removeprefix(BY_NAME)), now)
        return (scope, now) if now in known else None

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        people = {folded(str(row["name"] or "")): key for key, row in self.people.items()}
        return {"employee": people, "team": {folded(name): key for key, name in self.teams.items()}}

    @cached_property
    def standing(self) -> Mapping[Owner, Sequence[Stood]]:
        """The plans that hold, by owner: what people state over what files say of the same."""
        stated = {key: _stood(each) for key, each in self.stated.items() if each.planned.value is not None}
        found: dict[Owner, list[Stood]] = {}
        for key, stood in {**self.filed, **stated}.items():
            found.setdefault((key[1], key[2]), []).append(stood)
        return found

    def _is_behind(self) -> bool:
        built = {_subject(row): _value(row) for row in self.core if row["source"] == ENTERED}
        now = {key: each.planned.value for key, each in self.stated.items() if each.planned.value is not None}
        return now != built

    @cached_property
    def figures(self) -> Mapping[tuple[Owner, str], Decimal]:
        """What the figures show of owners' plans in each column, where plans of other periods are among them."""
        inside = [each for stood in self.standing.values() for each in stood if _meets(each.period, self.asked.period)]
        if all(each.period in self.asked.columns for each in inside):
            return {}
        return {**self._shown("employee"), **(self._shown("team") if self.scope.all_rows else {})}

    def _shown(self, scope: PlanScope) -> dict[tuple[Owner, str], Decimal]:
        name, grain = f"{self.asked.metric}_plan", self.asked.grain
        query = Query(metrics=(name,), scope=self.scope, by=(scope, grain), period=self.asked.period)
        return {
            ((scope, str(row[f"{scope}_id"])), str(row[grain])): Decimal(str(row[name])).quantize(_CENT)
            for row in self.metrics.query(query).rows
            if row[f"{scope}_id"] is not None and row[name] is not None and row[grain] is not None
        }

    def _rows(self) -> list[GridRow]:
        people = sorted((self._person(key) for key in self._shown_people()), key=lambda row: folded(row.name))
        if not self.scope.all_rows:
            return people
        found = [self._row("company", None, "", None)]
        for team_id, name in sorted(self.teams.items(), key=lambda team: folded(team[1])):
            found += [self._row("team", team_id, name, team_id), *(row for row in people if row.team_id == team_id)]
        return [*found, *(row for row in people if row.team_id is None)]

    def _shown_people(self) -> Iterable[str]:
        """Return who worked for the company in the days of the grid, or has a plan of them, and is in sight."""
        period = self.asked.period
        planned = {
            owner[1]
            for owner, stood in self.standing.items()
            if owner[0] == "employee" and any(_meets(each.period, period) for each in stood)
        }
        for key, row in self.people.items():
            left, hired = _day(row["left_on"]), _day(row["hired_on"])
            is_there = row["is_active"] is not False if left is None else left >= period.first
            is_hired = hired is None or hired <= period.last
            if (key in planned or (is_there and is_hired)) and any(map(self._sees(key), self.asked.columns)):
                yield key

    def _sees(self, employee_id: str) -> "Sight":
        return Sight(self.scope, employee_id)

    def _person(self, key: str) -> GridRow:
        period = self.asked.period
        stays = [each for each in self.stays.get(key, ()) if _stays_in(each, period)]
        team = max(stays, key=lambda stay: stay.valid_from).team_id if stays else None
        return self._row("employee", key, str(self.people[key]["name"] or key), team if team in self.teams else None)

    def _row(self, scope: PlanScope, key: str | None, name: str, team_id: str | None) -> GridRow:
        sees = self._sees(key or "") if scope == "employee" else Sight(self.everything, "")
        cells = tuple(
            self._cell((scope, key), period) if sees(period) else Cell(period, may_edit=False)
            for period in self.asked.columns
        )
        return GridRow(scope, key, name, team_id, cells)

    def _cell(self, owner: Owner, period: Period) -> Cell:
        subject: Subject = (self.asked.metric, *owner, period.first, period.last)
        stood = self.standing.get(owner, ())
        said = self.stated.get(subject)
        return Cell(
            period,
            stood=next((each for each in stood if each.period == period), None),
            filed=self.filed.get(subject),
            others=tuple(each for each in stood if each.period != period and _meets(each.period, period)),
            figure=self.figures.get((owner, bucket_label(period.first, self.asked.grain))),
            seen=said.plan_id if said else 0,
            stated_as=said.planned.scope_id if said else owner[1],
        )

    def _below(self, team: GridRow, rows: Sequence[GridRow]) -> tuple[Decimal | None, ...]:
        """Return the sums of the plans of a team's people: of who was in it for a part of a period, that part."""
        people = [row for row in rows if row.scope == "employee" and self._was_in(row.id or "", team.id)]
        columns = range(len(self.asked.columns))
        return tuple(_sum(self._part(row, column, team.id) for row in people) for column in columns)

    def _was_in(self, employee_id: str, team_id: str | None) -> bool:
        return any(stay.team_id == team_id for stay in self.stays.get(employee_id, ()))

    def _part(self, row: GridRow, column: int, team_id: str | None) -> Decimal | None:
        cell = row.cells[column]
        if cell.amount is None:
            return None
        stays = [each for each in self.stays.get(row.id or "", ()) if _stays_in(each, cell.period)]
        if {each.team_id for each in stays} <= {team_id}:
            return cell.amount if stays else None
        if team_id not in {each.team_id for each in stays}:
            return None
        days = _listed(cell.period)
        days = [day for day in days if day in self.working] or days
        inside = [day for day in days if _team_on(day, stays) == team_id]
        return (cell.amount * len(inside) / len(days)).quantize(_CENT)


_TEAM = ("team_id", "name")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sight:
    """Whether a scope sees all days of a period of one employee."""

    scope: Scope
    employee_id: str

    def __call__(self, period: Period) -> bool:
        """Say whether all days of the period are in sight."""
        return self.scope.all_rows or any(
            span.valid_from <= period.first and period.last < span.valid_to
            for span in self.scope.spans
            if span.employee_id == self.employee_id
        )


def folded(name: str) -> str:
    """Return a name as names are compared: in small letters, yo as ye, blanks as one space."""
    return " ".join(name.casefold().replace("ё", "е").split())


def planned_of(grid: Grid, owner: Owner, period: Period, value: Decimal | None) -> tuple[Planned, Cell]:
    """Return a plan to be stated of a cell of the grid, and the cell; QuestionError where it cannot be.

    A value without a statement of people's cannot be taken back: a file says it, and another one is stated over it.
    """
    cell = grid.cell(owner, period)
    if not cell.may_edit:
        raise QuestionError("there is no such plan to look at or to edit")
    if value is None and cell.stood is not None and cell.stood.origin == "file":
        raise QuestionError("a plan of a file cannot be emptied", do="Put another number in its place, 0 too")
    return Planned(grid.asked.metric, owner[0], cell.stated_as, period, value), cell


def owner_of(scope: str, key: str | None) -> Owner:
    """Return whose plan is meant; QuestionError for nobody's."""
    if scope not in get_args(PlanScope) or (scope == "company") != (key is None):
        raise QuestionError("there is no such plan to look at or to edit")
    return SCOPES[scope], key


def _company(rows: Sequence[GridRow]) -> tuple[Decimal | None, ...]:
    """Return the sums below the company: the teams' own plans, else their people's, and of those without a team."""
    teams = [row for row in rows if row.scope == "team"]
    alone = [row for row in rows if row.scope == "employee" and row.team_id is None]
    found = []
    for column in range(len(rows[0].cells)):
        parts = [row.below[column] if (own := row.cells[column].amount) is None else own for row in teams]
        found.append(_sum([*parts, *(row.cells[column].amount for row in alone)]))
    return tuple(found)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _stood(statement: Statement) -> Stood:
    planned = statement.planned
    return Stood(planned.period, planned.value or Decimal(0), "entered", "", statement.entered_by, statement.entered_at)


def _subject(row: Row) -> Subject:
    scope_id = None if row["scope_id"] is None else str(row["scope_id"])
    days = _days(row)
    return str(row["metric"]), SCOPES.get(str(row["scope"]), "employee"), scope_id, days.first, days.last


def _revised(row: Row) -> tuple[int, str]:
    return int(str(row["revision"] or 0)), str(row["entered_at"] or "")


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _days(row: Row) -> Period:
    return Period(row["starts_on"], row["ends_on"])  # type: ignore[arg-type]


def _value(row: Row) -> Decimal:
    return Decimal(str(row["value"])).normalize() + 0


def _meets(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _stays_in(stay: Stay, period: Period) -> bool:
    return stay.valid_from <= period.last and period.first < stay.valid_to


def _team_on(day: date, stays: Sequence[Stay]) -> str | None:
    return min((each.team_id for each in stays if each.valid_from <= day < each.valid_to), default=None)


def _listed(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.days)]
