"""The page of the team: who is ahead and who behind, each among people of the same role, and whether that is chance.

A role is shown by the metrics that the settings give it, its score first where the settings weigh one, so people who
search and people who sell never stand in one list. People of a role are compared by its first metric whose days add up
(analyses/standing.py); only what their own ups and downs do not explain is called ahead or behind. Who has many calls
with series of very short ones among them is not called ahead for their count: it is told as a fact, beside the series.

Its findings: people far behind their plan of revenue; people who worked and did nothing of what their role is measured
by, where the others of the role did; who makes series of very short calls and has more calls than the role; and who
is behind, then who is ahead, of all roles beyond chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from voronka.analyses.presence import Person, roles_held
from voronka.analyses.standing import Side, Standing, standings
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Filter
from voronka.reports import findings
from voronka.reports.ask import Ask, Asker, Block, can_be_planned, known
from voronka.reports.findings import Finding
from voronka.reports.page import Contents, Frame, Table
from voronka.reports.people import LEADING, named, people_of, roles_in_order
from voronka.reports.team_compared import ComparedRole
from voronka.reports.team_time import RoleTime
from voronka.reports.worth_a_look import counts_calls, whose, worth_a_look

WITHOUT_ROLE = ("calls", "meetings", "deals_won", "revenue")
"""What whoever has no role, or one that the settings do not know, is shown by."""
FINDINGS = 3
SILENT_DAYS = 5


def team_page(frame: Frame) -> Contents:
    """Return the page of the team."""
    return _Team(frame).contents()


@dataclass(frozen=True)
class _Role:
    """A role of the page: what it is shown by, its answers, and how its people stand."""

    code: str | None
    main: str | None
    facts: Block
    plans: Block | None
    course: Block | None
    stand: tuple[Standing, ...]
    in_series: frozenset[str] = frozenset()

    def side(self, stand: Standing) -> Side | Literal["series"]:
        """Return where a person stands; `series`: ahead by calls among which are series of very short ones."""
        return "series" if stand.side == "ahead" and stand.employee_id in self.in_series else stand.side


@dataclass(frozen=True)
class _Team:
    frame: Frame

    def contents(self) -> Contents:
        roles = [self._role(code) for code in self.codes]
        blocks = {f"role:{role.code or ''}": role.facts for role in roles}
        blocks |= {f"plans:{role.code or ''}": role.plans for role in roles if role.plans}
        blocks |= {f"course:{role.code or ''}": role.course for role in roles if role.course}
        compared = {name: table for role in roles for name, table in self._compared(role).items()}
        series = self.series if any(role.side(each) == "series" for role in roles for each in role.stand) else None
        found = [self._behind_plan(), self._silent(roles), series]
        found += [self._apart(roles, "behind"), self._apart(roles, "ahead"), self._without_roles()]
        return Contents(
            headline=self._headline(roles),
            findings=tuple(finding for finding in found if finding)[:FINDINGS],
            blocks=blocks,
            tables={"standing": self._table(roles), "roles": self._all_roles(), **compared},
        )

    @cached_property
    def people(self) -> Mapping[str, Person]:
        return people_of(self.frame)

    @cached_property
    def codes(self) -> Sequence[str | None]:
        """Return the roles that anybody held, in the order of the settings, who has none last.

        Roles that lead others are shown where they are asked for, or where there are no others.
        """
        held = roles_in_order(roles_held(self.people.values()) if self.people else frozenset([None]), self.frame)
        selling = [code for code in held if code not in LEADING]
        return selling if selling and not self.frame.asked.roles else held

    def _shown(self, code: str | None) -> tuple[str, ...]:
        settings = self.frame.settings
        role, score = settings.roles.get(code or ""), settings.score.roles.get(code or "")
        metrics = (role.metrics if role else ()) or WITHOUT_ROLE
        return ("score", *metrics) if score and score.weights else metrics

    def _title(self, code: str | None) -> Row:
        """Return what a role is called; one that the settings do not know by its code, none at all by nothing."""
        role = self.frame.settings.roles.get(code or "")
        title = role.title if role else None
        return {"title_ru": title.ru if title else code, "title_en": title.en if title else code}

    def _role(self, code: str | None) -> _Role:
        frame, shown = self.frame, self._shown(code)
        asker = self._asker(code)
        facts = asker.ask(*shown, by=["employee"], period=frame.period, compare=frame.asked.compare)
        main = self._main(facts)
        course = asker.ask(main, by=["employee", frame.grain], period=frame.counted or frame.facts) if main else None
        stand = self._standings(code, main, course)
        in_series = self._in_series(main) if main and any(each.side == "ahead" for each in stand) else frozenset()
        return _Role(code, main, facts, self._plans(code, shown), course, stand, in_series)

    def _in_series(self, metric: str) -> frozenset[str]:
        """Return who makes series of very short calls, where a metric counts calls."""
        catalogue = self.frame.metrics.catalogue
        is_known = metric in catalogue.names and counts_calls(catalogue, metric)
        return whose(self.series) if is_known else frozenset()

    @cached_property
    def series(self) -> Finding | None:
        """Return the finding of series of very short calls, None where there are none."""
        return worth_a_look(self.frame, self.people, "call_series")

    def _compared(self, role: _Role) -> dict[str, Table]:
        """Return how people of a role compare in its rates, and what its best do with their days."""
        asker, shown = self._asker(role.code), self._shown(role.code)
        compared = ComparedRole(self.frame, asker, role.code, shown, self.people).tables()
        return compared | self._time(asker, role.code).tables()

    def _time(self, asker: Asker, code: str | None) -> RoleTime:
        """Return what tells of the best of a role; by calls nobody is best who makes series of very short ones."""
        time = RoleTime(self.frame, asker, code, self.people)
        apart = self._in_series(time.result)
        return replace(time, people={key: each for key, each in self.people.items() if key not in apart})

    def _main(self, facts: Block) -> str | None:
        """Return by what the people of a role are compared: the first of its metrics that there is anything of."""
        compared = [name for name in facts.ask.metrics if self._compares(name)]
        loaded = [name for name in compared if facts.total(name) is not None]
        return next((name for name in loaded if facts.total(name)), next(iter(loaded or compared), None))

    def _compares(self, name: str) -> bool:
        """Say whether people can be compared by a metric's days: they add up, and more is better."""
        catalogue = self.frame.metrics.catalogue
        return catalogue.is_flow(name) and catalogue.metric(name).better == "up"

    def _asker(self, code: str | None) -> Asker:
        """Return what asks of one role; of everybody where nobody has any, so that no metric lacks the cut."""
        asker = self.frame.asker
        others = tuple(each for each in asker.filters if each.dimension != "role")
        return Asker(asker.metrics, asker.scope, others if self.is_plain else (*others, Filter("role", (code,))))

    @cached_property
    def is_plain(self) -> bool:
        """Say whether nobody has a role."""
        return list(self.codes) == [None] and not self.frame.asked.roles

    @cached_property
    def planned(self) -> frozenset[str]:
        """Return the metrics of the roles of which somebody has a plan in the period."""
        frame, ids = self.frame, tuple(self.people)
        names = dict.fromkeys(name for code in self.codes for name in self._shown(code))
        may_be = [name for name in names if can_be_planned(frame.metrics, name)]
        if frame.asked.channels or not ids or not may_be:
            return frozenset()
        block = self._of_people(ids).ask(*(f"{name}_plan" for name in may_be), period=frame.period)
        return frozenset(name for name in may_be if block.total(f"{name}_plan") is not None)

    def _of_people(self, ids: tuple[str, ...]) -> Asker:
        """Return what asks of some people: a plan is a person's, so it is not cut by role."""
        frame = self.frame
        where = tuple(each for each in frame.asker.filters if each.dimension not in {"role", "employee"})
        return Asker(frame.metrics, frame.scope, (*where, Filter("employee", ids)))

    def _plans(self, code: str | None, shown: Sequence[str]) -> Block | None:
        """Return the plans of the people who held the role, None where nothing of the role is planned."""
        ids = tuple(key for key, person in self.people.items() if person.days_as(code))
        planned = [name for name in shown if name in self.planned]
        if not planned or not ids:
            return None
        kept = [name + part for name in planned for part in ("_plan", "_attainment", "_pace")]
        return self._of_people(ids).ask(*kept, by=["employee"], period=self.frame.period)

    def _standings(self, code: str | None, main: str | None, course: Block | None) -> tuple[Standing, ...]:
        if not main or course is None or course.total(main) is None:
            return ()
        figures: dict[str, dict[str, float]] = {}
        for row in course.answer.rows:
            label = row[self.frame.grain]
            if row["employee_id"] is not None and label is not None:
                figures.setdefault(str(row["employee_id"]), {})[str(label)] = known(row[main]) or 0.0
        worked = {key: person.days_as(code) for key, person in self.people.items()}
        return standings(figures, worked, self.frame.grain)

    def _headline(self, roles: Sequence[_Role]) -> Finding:
        stand = [role.side(each) for role in roles for each in role.stand]
        judged = [side for side in stand if side != "unknown"]
        if not stand:
            return Finding("nothing_known" if self.people else "nothing", "neutral", {"count": len(self.people)})
        if not judged:
            return Finding("few", "neutral", {"count": len(stand)})
        ahead, behind, series = (judged.count(side) for side in ("ahead", "behind", "series"))
        values = {"count": len(judged), "ahead": ahead, "behind": behind}
        if not ahead and not behind:
            return Finding("series", "neutral", {"count": series}) if series else Finding("alike", "neutral", values)
        values |= {"in_series": series} if series else {}
        return Finding("apart", "bad" if behind > ahead else "neutral", values)

    def _behind_plan(self) -> Finding | None:
        frame = self.frame
        if frame.counted is None or frame.asked.channels or frame.asked.roles:
            return None
        block = frame.asker.ask("revenue", "revenue_plan", by=["employee"], period=frame.counted)
        return findings.people_behind_plan(block, frame.period) if block.total("revenue_plan") else None

    def _without_roles(self) -> Finding | None:
        """Return that nobody has a role, so that everybody is compared with everybody, whatever they do."""
        if not self.is_plain or len(self.people) < 2:  # noqa: PLR2004 - of one there is nobody to compare with
            return None
        return Finding("no_roles", "neutral", {"count": len(self.people)})

    def _silent(self, roles: Sequence[_Role]) -> Finding | None:
        found = {
            each.employee_id
            for role in roles
            for each in role.stand
            if each.level and each.mean == 0 and each.days >= SILENT_DAYS
        }
        return self._told("silent", "bad", found)

    def _apart(self, roles: Sequence[_Role], side: str) -> Finding | None:
        """Return who stands apart from the others of the role; who did nothing at all is told by itself."""
        found = {
            each.employee_id
            for role in roles
            for each in role.stand
            if role.side(each) == side and not (each.mean == 0 and each.days >= SILENT_DAYS)
        }
        return self._told(side, "bad" if side == "behind" else "good", found)

    def _told(self, kind: str, tone: findings.Tone, ids: set[str]) -> Finding | None:
        if not ids:
            return None
        people = sorted((self.people[key] for key in ids), key=lambda each: each.name)
        where = (Filter("employee", tuple(each.employee_id for each in people)),)
        ask = Ask(("activities",), ("employee",), where, self.frame.facts)
        return Finding(kind, tone, named(each.name for each in people), ask)

    def _table(self, roles: Sequence[_Role]) -> Table:
        rows: list[Row] = [
            {
                "role": role.code,
                "employee_id": each.employee_id,
                "employee": self.people[each.employee_id].name,
                "metric": role.main,
                "side": role.side(each),
                "worked_days": each.days,
                "mean": each.mean,
                "level": each.level,
            }
            for role in roles
            for each in role.stand
        ]
        return Table(STANDING_COLUMNS, tuple(rows))

    def _all_roles(self) -> Table:
        """Return the roles that there are to choose from, how many people held each and which metric compares them."""
        asked = self.frame.asked
        frame = replace(self.frame, asked=replace(asked, roles=())) if asked.roles else self.frame
        everyone = people_of(frame) if asked.roles else self.people
        codes = roles_in_order(roles_held(everyone.values()), frame)
        rows: list[Row] = [
            {
                "role": code,
                **self._title(code),
                "people": sum(bool(person.days_as(code)) for person in everyone.values()),
            }
            for code in codes
        ]
        return Table(ROLE_COLUMNS, tuple(rows))


STANDING_COLUMNS = (
    AnswerColumn("role", Title("Роль", "Role"), kind="dimension"),
    AnswerColumn("employee_id", Title("Менеджер, id", "Manager, id"), kind="dimension"),
    AnswerColumn("employee", Title("Менеджер", "Manager"), kind="dimension"),
    AnswerColumn("metric", Title("Показатель", "Metric"), kind="dimension"),
    AnswerColumn("side", Title("Среди своей роли", "Among the role"), kind="dimension"),
    AnswerColumn("worked_days", Title("Рабочих дней", "Days worked"), "days"),
    AnswerColumn("mean", Title("В рабочий день", "Per worked day"), "count"),
    AnswerColumn("level", Title("Медиана роли", "Median of the role"), "count"),
)
ROLE_COLUMNS = (
    AnswerColumn("role", Title("Роль", "Role"), kind="dimension"),
    AnswerColumn("title_ru", Title("По-русски", "In Russian"), kind="dimension"),
    AnswerColumn("title_en", Title("По-английски", "In English"), kind="dimension"),
    AnswerColumn("people", Title("Людей", "People"), "count"),
)
