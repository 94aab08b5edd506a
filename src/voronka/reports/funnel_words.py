"""What the funnel's steps are called and what its columns mean, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voronka.analyses.journey_log import Step
from voronka.metrics.answer import Row
from voronka.metrics.dimensions import Title
from voronka.reports.journey_funnel import MILESTONE, step_meanings
from voronka.reports.page import Table
from voronka.reports.step_names import step_names
from voronka.reports.tables import Language, in_words

MILESTONES: Mapping[str, Title] = {
    "qualified": Title("Квалифицирован", "Qualified"),
    "handed": Title("Передан в продажи", "Handed to sales"),
    "accepted": Title("Принят продажами", "Accepted by sales"),
    "proposal": Title("Отправлено предложение", "Proposal sent"),
    "contract": Title("Договор", "Contract"),
    "payment": Title("Оплата", "Payment"),
}
OR = Title(" или ", " or ")
MEANS: Mapping[str, Title] = {
    "cases": Title(
        "Случаи, прошедшие все шаги до этого по порядку и этот; проигранные позже остаются",
        "Cases that had all steps before in their order and this one; those lost later stay",
    ),
    "money": Title(
        "Во что вылились эти случаи: выиграно, проиграно или в работе", "What they came to: won, lost or open"
    ),
    "step_conversion": Title("Доля дошедших до предыдущего шага", "Share of those who reached the step before"),
    "previous_conversion": Title(
        "Та же доля в прошлом периоде, каким он был столько же дней спустя",
        "The same share in the compared period, as it stood as many days after",
    ),
    "overall": Title("Доля дошедших до первого шага", "Share of those who reached the first step"),
    "median_hours": Title("Половина прошла быстрее; все часы суток", "Half of them took less; all hours of the day"),
    "median_worked_hours": Title("То же по рабочему времени компании", "The same by the company's working hours"),
    "went_on": Title("Дошли до следующего шага", "Reached the next step"),
    "lost": Title("Не дошли до следующего шага и проиграны", "Did not reach the next step and were lost"),
    "open": Title("Не дошли до следующего шага и ещё в работе", "Did not reach the next step and are still open"),
    "went_round": Title("Выиграны мимо следующего шага", "Won without the next step"),
    "share": Title("Доля всех проигранных денег", "Share of all the money lost"),
    "finished": Title("Дошли до последнего шага", "Reached the last step"),
}
"""What columns of the funnel's tables count."""


@dataclass(frozen=True)
class StepTitles:
    """What the steps are called by what they are asked by: keys, milestones, stages' ids and titles, `A|B`."""

    steps: Sequence[Step]
    pipeline: str

    def of(self, names: Sequence[str]) -> dict[str, Title]:
        """Return the titles of steps as they are asked for."""
        told = {language: step_names(self.steps, language) for language in ("ru", "en")}
        keyed = {step.key: Title(_begun(told["ru"][step.key]), _begun(told["en"][step.key])) for step in self.steps}
        meanings = step_meanings(self.steps, self.pipeline)
        return {name: self._title(name, keyed, meanings) for name in names}

    def _title(self, name: str, keyed: Mapping[str, Title], meanings: Mapping[str, tuple[int, ...]]) -> Title:
        if name in keyed:
            return keyed[name]
        if name.startswith(MILESTONE):
            plain = name.removeprefix(MILESTONE)
            return MILESTONES.get(plain, Title(plain, plain))
        if name in meanings:
            titles = [keyed[self.steps[place].key] for place in meanings[name]]
            return titles[0] if len(titles) == 1 else Title(name, name)
        parts = [self._title(part, keyed, meanings) for part in name.split("|")]
        return (
            Title(OR.ru.join(part.ru for part in parts), OR.en.join(part.en for part in parts))
            if parts[1:]
            else parts[0]
        )


def _begun(text: str) -> str:
    """Return a text that begins with a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def titled(table: Table, titles: Mapping[str, Title]) -> Table:
    """Return a table whose columns are called by the titles of their steps."""
    columns = tuple(replace(column, title=titles.get(column.title.ru, column.title)) for column in table.columns)
    return replace(table, columns=columns)


def in_language(table: Table, titles: Mapping[str, Title], language: Language) -> Table:
    """Return a table with its steps by their titles, for files."""
    rows: list[Row] = [
        {**row, "step": in_words(titles[str(row["step"])], language)} if row.get("step") in titles else row
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows))
