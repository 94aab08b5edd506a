"""The board: places and totals by what adds up, for everybody of the sales department, each among their own role.

It is the one place where people see figures of rows that are not theirs: totals of people and teams, and nothing else.
No record, no client and no name of one is asked for here; what may be opened behind a figure is what the visitor's own
scope sees. Only metrics whose days add up and of which more is better have places: a rate of few cases is mostly
chance, and the page of the team compares rates with that in mind.

Whoever worked in the period in the role has a place, with nothing done too; figures of others (who left before, or
whose role was another) count in the totals alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import cast

from voronka.analyses.presence import Person, presence, roles_held
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.answer import records as rows_of
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.reports.ask import Asker, Block, can_be_planned, known
from voronka.reports.board_places import PLANNED, Member, Places
from voronka.reports.findings import Finding
from voronka.reports.page import Contents, Frame, Table, unknown_headline
from voronka.reports.people import LEADING, roles_in_order

SHOWN = (
    *("deals_won", "revenue", "meetings", "demos", "proposals"),
    *("leads_qualified", "leads_handed", "won_from_handed", "outgoing_calls", "talk_time", "calls"),
)
"""What the board shows where nobody chose: what is done and what it brings, in this order."""
PLAIN = ("deals_won", "revenue", "calls", "meetings")
"""What whoever has no role is shown by."""
TEAMS = "@teams"
"""What stands for the role in the lists of teams: no role has such a code, one may well be called teams."""


@dataclass(frozen=True)
class BoardAsked:
    """Which metrics the board shows (none: those it shows by itself), and whose rows its visitor may open."""

    metrics: tuple[str, ...] = ()
    sight: Scope = Scope()  # noqa: RUF009 - frozen


def board_page(frame: Frame, asked: BoardAsked) -> Contents:
    """Return the board; the frame sees everybody."""
    return _Board(frame, asked).contents()


def can_be_shown(metrics: Metrics, name: str) -> bool:
    """Say whether a metric may have places: its days add up, more is better, and it is of somebody."""
    catalogue = metrics.catalogue
    if name not in catalogue.metrics or catalogue.metrics[name].better != "up":
        return False
    return catalogue.is_flow(name) and can_be_planned(metrics, name) and "employee" in catalogue.dimensions_of(name)


def that_can_be_shown(metrics: Metrics) -> list[str]:
    """Return the metrics that may be chosen for the board, in the order of the definitions."""
    return [name for name in metrics.catalogue.names if can_be_shown(metrics, name)]


@dataclass(frozen=True)
class _Board:
    frame: Frame
    asked: BoardAsked

    def contents(self) -> Contents:
        lists = [each for code in self.codes for each in self._of_role(code)]
        boards = [*lists, *self._of_teams(list(dict.fromkeys(each.metric.name for each in lists)))]
        said = tuple(each.said() for each in boards)
        tables = {f"places:{each.board}:{each.metric.name}": each.table() for each in boards}
        return Contents(
            headline=self._headline(said),
            findings=said,
            blocks={f"facts:{each.board}": _without_rows(each.facts) for each in boards},
            tables={"boards": self._all(boards), **tables},
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        return self.frame.metrics.settled()

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return presence(self.frame.metrics, self.frame.scope, self.frame.facts)

    @cached_property
    def before(self) -> Mapping[str, Person]:
        compared = self.frame.compared
        return presence(self.frame.metrics, self.frame.scope, compared) if compared else {}

    @cached_property
    def employed(self) -> frozenset[str]:
        """Return who was employed on any day of the facts."""
        columns = ["employee_id", "hired_on", "left_on"]
        found = rows_of(self.frame.metrics.rows("dim_employee", self.frame.scope, None, columns))
        return frozenset(str(row["employee_id"]) for row in found if _overlaps(row, self.frame.facts))

    @cached_property
    def teams(self) -> Mapping[str, str]:
        """Return the names of teams by id."""
        found = rows_of(self.frame.metrics.rows("dim_team", self.frame.scope, None, ["team_id", "name"]))
        return {str(row["team_id"]): str(row["name"] or row["team_id"]) for row in found}

    @cached_property
    def codes(self) -> Sequence[str | None]:
        """Return the roles that anybody held; those that lead others only where there are no others."""
        held = roles_held(self.people.values())
        ordered = roles_in_order(held or frozenset([None]), self.frame)
        return [code for code in ordered if code not in LEADING] or ordered

    @property
    def is_plain(self) -> bool:
        """Say whether nobody has a role, so that everybody stands in one list."""
        return list(self.codes) == [None]

    def _shown(self, code: str | None) -> tuple[str, ...]:
        """Return the metrics of a role: those of the board that are the role's own, where none is, all of them."""
        chosen = self.asked.metrics or SHOWN
        role = self.frame.settings.roles.get(code or "")
        own = set(role.metrics if role else PLAIN)
        usable = [name for name in chosen if can_be_shown(self.frame.metrics, name)]
        return tuple(name for name in usable if name in own) or tuple(usable)

    def _of_role(self, code: str | None) -> list[Places]:
        frame, shown = self.frame, self._shown(code)
        where = () if self.is_plain else (Filter("role", (code,)),)
        facts = self._facts(Asker(frame.metrics, frame.scope, where), shown, "employee")
        members = self._people(code, facts)
        plans = self._plans(shown, tuple(each.id for each in members))
        return [
            Places(code or "", self.catalogue.metrics[name], "employee", members, facts, plans.get(name))
            for name in self._known(facts, shown)
        ]

    def _facts(self, asker: Asker, names: Sequence[str], key: str) -> Block:
        frame = self.frame
        return asker.ask(*names, by=[key], period=frame.period, compare=frame.asked.compare)

    def _known(self, facts: Block, names: Sequence[str]) -> list[str]:
        """Return the metrics of which there are data, those of which there is anything first."""
        loaded = [name for name in names if facts.total(name) is not None]
        return sorted(loaded, key=lambda name: not facts.total(name))

    def _people(self, code: str | None, facts: Block) -> list[Member]:
        names = facts.ask.metrics
        did = {
            str(row["employee_id"]) for row in facts.answer.rows if any(known(row.get(name)) for name in names)
        } & self.employed
        there = {key for key, person in self.people.items() if person.days_as(code)}
        return [self._person(self.people[key], code) for key in sorted(there | did) if key in self.people]

    def _person(self, person: Person, code: str | None) -> Member:
        last = self.frame.facts.last
        held = [span for span in person.spans if span.first <= last and (self.is_plain or span.role == code)]
        team = max(held, key=lambda span: span.first).team_id if held else None
        was = person.employee_id in self.before and bool(self.before[person.employee_id].days)
        name = self.teams.get(team) if team else None
        return Member(person.employee_id, person.name, name, self._opens(person.employee_id), was)

    def _opens(self, key: str) -> bool:
        """Say whether whoever looks sees every record of a person in the period."""
        sight, days = self.asked.sight, self.frame.facts
        covers = (s for s in sight.spans if s.valid_from <= days.first and days.last < s.valid_to)
        return sight.all_rows or any(span.employee_id == key for span in covers)

    def _plans(self, names: Sequence[str], ids: tuple[str, ...], key: str = "employee") -> Mapping[str, Block]:
        """Return the plans of those metrics that have any: a plan is a person's or a team's, and is not cut by role."""
        frame = self.frame
        if not ids:
            return {}
        asker = Asker(frame.metrics, frame.scope, (Filter(key, ids),))
        parts = [f"{name}_{part}" for name in names for part in PLANNED]
        block = asker.ask(*parts, by=[key], period=frame.period)
        rows = block.answer.rows
        return {name: block for name in names if any(known(row[f"{name}_plan"]) is not None for row in rows)}

    def _of_teams(self, names: Sequence[str]) -> list[Places]:
        """Return the lists of teams, where there are at least two."""
        frame = self.frame
        if not names:
            return []
        facts = self._facts(Asker(frame.metrics, frame.scope), names, "team")
        sizes = self._sizes()
        did = {name: self._teams_that_did(facts, name) for name in self._known(facts, names)}
        ids = sorted({*sizes, *(team for each in did.values() for team in each)})
        if len(ids) < 2:  # noqa: PLR2004 - one team has nobody to be placed among
            return []
        plans = self._plans(names, tuple(ids), "team")
        return [
            Places(
                TEAMS, self.catalogue.metrics[name], "team", self._team_members(sizes, teams), facts, plans.get(name)
            )
            for name, teams in sorted(did.items(), key=lambda each: -len(each[1]))  # what most do says most
        ]

    def _team_members(self, sizes: Mapping[str, int], did: frozenset[str]) -> list[Member]:
        opens = self.asked.sight.all_rows
        ids = sorted({*sizes, *did})
        return [Member(key, self.teams.get(key, key), sizes.get(key, 0), opens) for key in ids]

    @staticmethod
    def _teams_that_did(facts: Block, name: str) -> frozenset[str]:
        rows = facts.answer.rows
        return frozenset(str(row["team_id"]) for row in rows if row["team_id"] is not None and known(row.get(name)))

    def _sizes(self) -> Mapping[str, int]:
        """Return how many people worked in each team, those who lead left out."""
        found: dict[str, int] = {}
        for person in self.people.values():
            held = {
                span.team_id
                for span in person.spans
                if span.role not in LEADING and any(span.first <= day < span.until for day in person.days)
            }
            for team in held - {None}:
                found[str(team)] = found.get(str(team), 0) + 1
        return found

    def _headline(self, said: Sequence[Finding]) -> Finding:
        if said:
            return next((each for each in said if each.kind != "nobody"), said[0])
        name = next(iter(self._shown(None)), SHOWN[0])
        return unknown_headline(self._facts(self.frame.asker, [name], "employee"), name)

    def _all(self, boards: Sequence[Places]) -> Table:
        """Return the lists that there are: of which role, by which metrics, whether figures are of the role alone."""
        rows: list[Row] = []
        for code in dict.fromkeys(each.board for each in boards):
            role = self.frame.settings.roles.get(code)
            names = [each.metric.name for each in boards if each.board == code]
            rows.append(
                {
                    "board": code,
                    "title_ru": role.title.ru if role else None,
                    "title_en": role.title.en if role else None,
                    "metrics": ",".join(names),
                    "by": "team" if code == TEAMS else "employee",
                    "is_of_role": code != TEAMS and not self.is_plain,
                }
            )
        return Table(BOARD_COLUMNS, tuple(rows))


def _without_rows(block: Block) -> Block:
    """Return a question with its totals: its rows stand in the lists, of whoever has a place."""
    return replace(block, answer=replace(block.answer, rows=[]))


def _overlaps(row: Row, days: Period) -> bool:
    hired, left = (cast("date | None", row[name]) for name in ("hired_on", "left_on"))
    return (hired is None or hired <= days.last) and (left is None or left >= days.first)


BOARD_COLUMNS = (
    AnswerColumn("board", Title("Список", "List"), kind="dimension"),
    AnswerColumn("title_ru", Title("По-русски", "In Russian"), kind="dimension"),
    AnswerColumn("title_en", Title("По-английски", "In English"), kind="dimension"),
    AnswerColumn("metrics", Title("Показатели", "Metrics"), kind="dimension"),
    AnswerColumn("by", Title("Между кем", "Between whom"), kind="dimension"),
    AnswerColumn("is_of_role", Title("Только этой роли", "Of the role alone"), kind="dimension"),
)
