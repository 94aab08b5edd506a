"""The page of one person, to be open at a one-to-one: the weakest step and its proof, the period, what to discuss.

Without a person chosen it shows whom to choose from; whoever sees nobody but themselves is shown their own page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from voronka.analyses.presence import Person
from voronka.domain.scope import Scope
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.records import Records
from voronka.reports.ask import Ask, Block, can_be_planned
from voronka.reports.daily import PARTS
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Contents, Frame, PageAsked, Table
from voronka.reports.people import people_of
from voronka.reports.person_proof import Proof, proof_of
from voronka.reports.person_steps import BELOW, PERHAPS_BELOW, PersonSteps, Step, asker_of, role_of
from voronka.reports.team_page import WITHOUT_ROLE

LISTED = 5
"""Records of each reason: the sheet stays one that two people can go through; the drawer shows all of them."""
DISCUSSED: tuple[tuple[str, str, Literal["asc", "desc"], bool], ...] = (
    ("stalled_deals", "amount", "desc", False),
    ("deals_without_task", "amount", "desc", False),
    ("tasks_overdue", "due_at", "asc", True),
    ("leads_unanswered", "created_at", "asc", False),
    ("missed_not_called_back", "started_at", "desc", True),
    ("leads_rejected", "", "desc", True),
    ("quality_issues", "from_day", "desc", False),
)
"""Records to discuss: the metric that says why, their order, and whether those of the period or as they stand now."""


def person_page(frame: Frame) -> Contents:
    """Return the page of the one person chosen, or whom to choose from."""
    chosen = _chosen(frame)
    if chosen is None:
        return _choice(frame)
    return _PersonPage(replace(frame, asked=_only(frame.asked, chosen)), chosen).contents()


def _chosen(frame: Frame) -> str | None:
    ids = frame.asked.employees
    if not ids and not frame.scope.all_rows:
        ids = tuple({span.employee_id for span in frame.scope.spans})
    return ids[0] if len(ids) == 1 else None


def _only(asked: PageAsked, employee_id: str) -> PageAsked:
    """Return what is asked of one person, whatever else the page is narrowed to: a person is met as a whole."""
    return PageAsked(asked.period, asked.compare, employees=(employee_id,), day=asked.day)


def _choice(frame: Frame) -> Contents:
    people = sorted(people_of(frame).values(), key=lambda each: (each.name.casefold(), each.employee_id))
    rows: list[Row] = [
        {
            "employee_id": each.employee_id,
            "employee": each.name,
            **_role_titles(frame, role_of(each)),
            "worked_days": len(each.days),
        }
        for each in people
    ]
    kind = "choose" if rows else "nobody"
    return Contents(Finding(kind, "neutral", {"count": len(rows)}), tables={"people": Table(PEOPLE, tuple(rows))})


def _role_titles(frame: Frame, code: str | None) -> dict[str, str | None]:
    role = frame.settings.roles.get(code or "")
    title = role.title if role else None
    return {"role": code, "title_ru": title.ru if title else code, "title_en": title.en if title else code}


@dataclass(frozen=True)
class _PersonPage:
    frame: Frame
    employee_id: str

    def contents(self) -> Contents:
        if self.person is None:
            return Contents(Finding("nobody", "neutral", {"count": 0}), tables={"people": Table(PEOPLE, ())})
        weakest = self._weakest
        proof = proof_of(self.frame, weakest.metric) if weakest else Proof()
        return Contents(
            headline=self._headline(weakest),
            blocks={"own": self._own, **self._planned()},
            lists={**self._discussed(), **proof.lists()},
            tables={
                "person": Table(PEOPLE, (self._person_row(self.person),)),
                "steps": self._steps_table(),
                "medians": self._medians_table(len(self.person.days)),
            },
        )

    @cached_property
    def person(self) -> Person | None:
        return people_of(self.frame).get(self.employee_id)

    @cached_property
    def wide(self) -> Frame:
        """Return the frame of everybody: of others only what a role has in common is told from it."""
        asked = PageAsked(self.frame.asked.period, self.frame.asked.compare)
        return replace(self.frame, asked=asked, scope=Scope.everything())

    @cached_property
    def everybody(self) -> Mapping[str, Person]:
        return people_of(self.wide)

    @cached_property
    def code(self) -> str | None:
        return role_of(self.person) if self.person else None

    @cached_property
    def shown(self) -> tuple[str, ...]:
        role = self.frame.settings.roles.get(self.code or "")
        return (role.metrics if role else ()) or WITHOUT_ROLE

    @cached_property
    def steps(self) -> PersonSteps:
        is_plain = all(role is None for each in self.everybody.values() for role in {role_of(each)})
        asker = asker_of(self.wide, self.code, is_plain=is_plain)
        all_rows = self.frame.scope.all_rows
        return PersonSteps(self.wide, asker, self.employee_id, self.code, self.shown, self.everybody, all_rows)

    @cached_property
    def _weakest(self) -> Step | None:
        return next((each for each in self.steps.steps if each.gap > 0), None)

    @cached_property
    def _own(self) -> Block:
        frame = self.frame
        return frame.asker.ask(*self.shown, period=frame.period, compare=frame.asked.compare)

    def _planned(self) -> dict[str, Block]:
        """Return what is planned of the person, in all and by day (week, month); nothing where there is no plan."""
        frame = self.frame
        may_be = [name for name in self.shown if can_be_planned(frame.metrics, name)]
        found = frame.asker.ask(*(f"{name}_plan" for name in may_be), period=frame.period) if may_be else None
        planned = [name for name in may_be if found and found.total(f"{name}_plan") is not None]
        if not planned:
            return {}
        kept = [name + part for name in planned for part in ("", "_plan", "_attainment", "_pace")]
        plans = {"plans": frame.asker.ask(*kept, period=frame.period)}
        by_day = [name for name in planned if frame.metrics.catalogue.is_flow(name)]
        if by_day:
            daily = [name + part for name in by_day for part in PARTS]
            plans["plan_days"] = frame.asker.ask(*daily, by=[frame.grain], period=frame.facts)
        return plans

    def _headline(self, weakest: Step | None) -> Finding:
        name = self.person.name if self.person else ""
        if not self.steps.steps:
            return Finding("no_peers", "neutral", {"name": name})
        if weakest is None:
            return Finding("none_weaker", "good", {"name": name, "count": len(self.steps.steps)})
        is_share = self.frame.metrics.catalogue.metric(weakest.metric).share
        unit = "percent" if is_share else "sum"
        values: dict[str, object] = {
            "name": name,
            "metric": weakest.metric,
            f"own_{unit}": weakest.adjusted,
            f"level_{unit}": weakest.level,
            "people": weakest.people,
        }
        if weakest.price:
            price = weakest.price
            values |= {"money": price.money, "money_low": price.low, "money_high": price.high}
        kind = {BELOW: "weakest", PERHAPS_BELOW: "perhaps"}.get(weakest.side, "within")
        ask = Ask((weakest.metric,), (), self.frame.asker.filters, self.frame.facts)
        tone: Literal["bad", "neutral"] = "bad" if kind == "weakest" else "neutral"
        of = "_sum" if not is_share else "" if weakest.price else "_unpriced"
        of += "_mix" if weakest.is_adjusted and is_share else ""
        return Finding(kind + of, tone, values, ask, Opened(weakest.metric, ask))

    def _person_row(self, person: Person) -> Row:
        return {
            "employee_id": person.employee_id,
            "employee": person.name,
            **_role_titles(self.frame, self.code),
            "worked_days": len(person.days),
        }

    def _steps_table(self) -> Table:
        rows = tuple(
            _step_row(each, self.frame.metrics.catalogue.metric(each.metric).unit) for each in self.steps.steps
        )
        return Table(STEPS, rows)

    def _medians_table(self, worked: int) -> Table:
        found = self.steps.medians(worked)
        catalogue = self.frame.metrics.catalogue
        metrics = [catalogue.metric(name) for name in found]
        columns = (AnswerColumn(each.name, each.title, each.unit, "metric", each.better) for each in metrics)
        return Table(tuple(columns), ({**found},) if found else ())

    def _discussed(self) -> dict[str, Records]:
        frame, found = self.frame, {}
        for metric, sort, order, in_period in DISCUSSED:
            if metric in frame.metrics.catalogue.names and not frame.asker.lack(metric):
                listed = frame.records(metric, sort, order, frame.facts if in_period else None, limit=LISTED)
                if listed.rows:
                    found[metric] = listed
        return found


def _step_row(step: Step, unit: str) -> Row:
    price = step.price
    return {
        "metric": step.metric,
        "unit": unit,
        "value": step.value,
        "low": step.ends[0],
        "high": step.ends[1],
        "adjusted": step.adjusted if step.is_adjusted else None,
        "among": step.among,
        "estimate": step.estimate,
        "median": step.level,
        "people": step.people,
        "gap": step.gap,
        "side": step.side,
        "price": price.money if price else None,
        "price_low": price.low if price else None,
        "price_high": price.high if price else None,
    }


PEOPLE = (
    AnswerColumn("employee_id", Title("Менеджер, id", "Manager, id"), kind="dimension"),
    AnswerColumn("employee", Title("Менеджер", "Manager"), kind="dimension"),
    AnswerColumn("role", Title("Роль", "Role"), kind="dimension"),
    AnswerColumn("title_ru", Title("Роль по-русски", "Role in Russian"), kind="dimension"),
    AnswerColumn("title_en", Title("Роль по-английски", "Role in English"), kind="dimension"),
    AnswerColumn("worked_days", Title("Рабочих дней", "Days worked"), "days"),
)
STEPS = (
    AnswerColumn("metric", Title("Шаг", "Step"), kind="dimension"),
    AnswerColumn("unit", Title("Единица", "Unit"), kind="dimension"),
    AnswerColumn("value", Title("Своё значение", "Own figure")),
    AnswerColumn("low", Title("Не меньше", "At least")),
    AnswerColumn("high", Title("Не больше", "At most")),
    AnswerColumn("adjusted", Title("На составе лидов роли", "On the role's mix of leads")),
    AnswerColumn("among", Title("Из скольких", "Of how many"), "count"),
    AnswerColumn("estimate", Title("Оценка с учётом случая", "Estimate that allows for chance")),
    AnswerColumn("median", Title("Медиана роли", "Median of the role")),
    AnswerColumn("people", Title("Людей в роли", "People of the role"), "count"),
    AnswerColumn("gap", Title("Не хватает до медианы", "Missing to the median")),
    AnswerColumn("side", Title("Среди своей роли", "Among the role"), kind="dimension"),
    AnswerColumn("price", Title("Цена шага", "Price of the step"), "money"),
    AnswerColumn("price_low", Title("Цена, не меньше", "Price, at least"), "money"),
    AnswerColumn("price_high", Title("Цена, не больше", "Price, at most"), "money"),
)
