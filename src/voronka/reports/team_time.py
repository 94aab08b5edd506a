"""What the best of a role do with their days, against the rest: the kinds of work of all activities, and hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voronka.analyses.presence import Person
from voronka.analyses.time_use import TimeUse, Use, time_use
from voronka.metrics.answer import AnswerColumn, Row
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.dimensions import Title
from voronka.metrics.question import Query
from voronka.reports.ask import Asker, known
from voronka.reports.page import Frame, Table

WHOLES = ("activities", "selling_time")
"""The metrics whose parts are the kinds of work."""
WITHOUT_ROLE = "revenue"
"""By what the best are told of whoever has no role."""


@dataclass(frozen=True)
class RoleTime:
    """A role whose best are set against the rest: its code, what asks of it, and who held it on which days."""

    frame: Frame
    asker: Asker
    code: str | None
    people: Mapping[str, Person]

    def tables(self) -> dict[str, Table]:
        """Return what the best do otherwise as `time:ROLE`, and who they are as `best:ROLE`; nothing where unknown."""
        made = self._made() if self.result in self.catalogue.names and self.catalogue.is_flow(self.result) else None
        if made is None or not made.uses:
            return {}
        code, work, best = self.code or "", Table(USE_COLUMNS, tuple(map(self._row, made.uses))), self._best(made)
        return {f"time:{code}": work, f"best:{code}": best}

    @cached_property
    def result(self) -> str:
        """Return by which metric the best are told."""
        role = self.frame.settings.roles.get(self.code or "")
        return role.result if role else WITHOUT_ROLE

    @cached_property
    def catalogue(self) -> Catalogue:
        """Return the definitions in force for the data that there are."""
        return self.frame.metrics.settled()

    @cached_property
    def held(self) -> Mapping[str, int]:
        """Return how many days that count each person worked in the role."""
        days = {key: len(person.days_as(self.code)) for key, person in self.people.items()}
        return {key: count for key, count in days.items() if count}

    @cached_property
    def figures(self) -> Mapping[str, Mapping[str, float]]:
        """Return the result and each kind of work by person, per worked day."""
        asker = self.asker
        cuts = {name: self.catalogue.dimensions_of(name) for name in (self.result, *self._kinds())}
        wanted = [name for name, each in cuts.items() if all(one.dimension in each for one in asker.filters)]
        period = self.frame.counted or self.frame.facts
        query = Query(
            metrics=tuple(wanted), scope=asker.scope, by=("employee",), where=asker.filters, period=period, hidden=True
        )
        answer = asker.metrics.query(query)
        rows = {str(row["employee_id"]): row for row in answer.rows}
        there = [name for name in wanted if known(answer.totals[name])]
        return {name: {key: _figure(rows.get(key), name) / days for key, days in self.held.items()} for name in there}

    def _kinds(self) -> Sequence[str]:
        formulas = (self.catalogue.metrics[whole].formula for whole in WHOLES)
        return list(dict.fromkeys(name for formula in formulas if formula for name in formula.names))

    def _made(self) -> TimeUse | None:
        result = self.figures.get(self.result)
        if result is None:
            return None
        return time_use(result, {name: each for name, each in self.figures.items() if name in self._kinds()})

    def _row(self, use: Use) -> Row:
        metric = self.catalogue.metrics[use.kind]
        return {
            "work": use.kind,
            "title_ru": metric.title.ru,
            "title_en": metric.title.en,
            "unit": metric.unit,
            "best": use.best,
            "rest": use.rest,
            "difference": use.difference.value,
            "difference_low": use.difference.low,
            "difference_high": use.difference.high,
            "differs": use.difference.is_beyond_chance,
        }

    def _best(self, made: TimeUse) -> Table:
        metric = self.catalogue.metrics[self.result]
        title = Title(f"{metric.title.ru} в рабочий день", f"{metric.title.en} per worked day")
        rows: list[Row] = [
            {"employee_id": key, "employee": self.people[key].name, "result": self.figures[self.result][key]}
            for key in made.best
        ]
        result = AnswerColumn("result", title, metric.unit, "metric", metric.better)
        return Table((*BEST_COLUMNS, result), tuple(rows), {"others": len(self.held) - len(made.best)})


def _figure(row: Row | None, name: str) -> float:
    return (known(row[name]) or 0.0) if row else 0.0


USE_COLUMNS = (
    AnswerColumn("work", Title("Вид работы, имя", "Kind of work, name"), kind="dimension"),
    AnswerColumn("title_ru", Title("Вид работы", "Kind of work, in Russian"), kind="dimension"),
    AnswerColumn("title_en", Title("Вид работы, по-английски", "Kind of work"), kind="dimension"),
    AnswerColumn("unit", Title("Единица", "Unit"), kind="dimension"),
    AnswerColumn("best", Title("У лучших в рабочий день", "The best per worked day"), "ratio"),
    AnswerColumn("rest", Title("У остальных в рабочий день", "The rest per worked day"), "ratio"),
    AnswerColumn("difference", Title("Разница", "Difference"), "ratio"),
    AnswerColumn("difference_low", Title("Разница, не меньше", "Difference, at least"), "ratio"),
    AnswerColumn("difference_high", Title("Разница, не больше", "Difference, at most"), "ratio"),
    AnswerColumn("differs", Title("Больше случайной", "Beyond chance")),
)
BEST_COLUMNS = (
    AnswerColumn("employee_id", Title("Менеджер, id", "Manager, id"), kind="dimension"),
    AnswerColumn("employee", Title("Менеджер", "Manager"), kind="dimension"),
)
