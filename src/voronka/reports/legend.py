"""What goes with a table that leaves the program: what each figure means, and which cut of which data it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import PART_TITLES, Answer, LeftOut
from voronka.metrics.answer import records as rows_of
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.dimensions import DIMENSIONS, TIME_TITLES, Title
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import Records
from voronka.metrics.table_rows import NAMED
from voronka.reports.ask import Ask, stem_of
from voronka.reports.coded import reason_in_words, word_of
from voronka.reports.definition_words import worked_out
from voronka.reports.tables import NOT_GIVEN, Language, in_words, known_columns
from voronka.reports.xlsx import Described

UNITS = {
    "count": Title("шт.", "number"),
    "percent": Title("%", "%"),
    "hours": Title("ч", "hours"),
    "minutes": Title("мин", "minutes"),
    "working minutes": Title("мин рабочего времени", "working minutes"),
    "seconds": Title("с", "seconds"),
    "days": Title("дни", "days"),
    "ratio": Title("раз", "times"),
}
DEFINED = (
    *(Title("Название", "Title"), Title("Единица", "Unit"), Title("Вопрос", "Question")),
    *(Title("Что считается", "What it counts"), Title("Как считается", "How it is calculated")),
    *(Title("Вариант", "Variant"), Title("Действует с", "Since")),
    *(
        Title("Имя в файлах и API", "Name in files and the API"),
        Title("Как записано в файле", "As written in the file"),
    ),
)
"""The words for whoever reads the table stand first, what a file of metrics would have of it last."""
NO_DAYS = Title("не с чем: данных за период ещё нет", "nothing: there are no data of the period yet")
CUT = (Title("Что", "What"), Title("Значение", "Value"))
PARTS = {
    "plan": Title("план; план потока разложен по рабочим дням", "the plan; that of a flow is cut by working days"),
    "covered": Title("факт тех людей и дней, на которые есть план", "actuals of the people and days that have a plan"),
    "attainment": Title(
        "100 × факт / план; факт тех людей и дней, на которые план есть",
        "100 × actual / plan; actuals of the people and days that have a plan",
    ),
    "pace": Title(
        "100 × факт / план на сегодня; факт тех людей и дней, на которые план есть",
        "100 × actual / plan due by now; actuals of the people and days that have a plan",
    ),
    "forecast": Title("оценка на конец периода", "an estimate of the period's end"),
    "forecast_low": Title(
        "нижняя граница: между границами кончаются 8 периодов из 10", "lower bound: 8 of 10 periods end between the two"
    ),
    "forecast_high": Title(
        "верхняя граница: между границами кончаются 8 периодов из 10",
        "upper bound: 8 of 10 periods end between the two",
    ),
}
COMPARED = {
    "previous": Title("такой же период до этого", "the like period before"),
    "year": Title("год назад", "a year before"),
}
LEFT_OUT = Title("Не учтено", "Left out")
NO_PLAN = Title("плана нет", "there is no plan")
UNKNOWN = Title("неизвестно", "unknown")
ALL_TIME = Title("всё время", "all time")


@dataclass(frozen=True)
class Made:
    """Who made a table and when: the company's name, the local time."""

    company: str
    at: datetime


def definitions(metrics: Metrics, names: Sequence[str], language: Language) -> Described:
    """Return what the metrics mean, in the variants that the data allow; names may be plans, attainments and paces."""
    lines = [_definition(metrics, name, language) for name in dict.fromkeys(names)]
    return Described(tuple(in_words(title, language) for title in DEFINED), tuple(lines))


def _definition(metrics: Metrics, name: str, language: Language) -> tuple[str, ...]:
    stem = stem_of(metrics, name)
    catalogue = metrics.settled()
    told = catalogue.explain(stem)
    part = name.removeprefix(stem).removeprefix("_")
    unit = "percent" if part in {"attainment", "pace"} else told.unit
    definition = PARTS[part] if part else told.definition
    return (
        in_words(title_of(metrics, name), language),
        unit_in_words(unit, metrics.company.currency, language),
        in_words(told.question, language) if told.question and not part else "",
        in_words(definition, language) if definition else "",
        "" if part else worked_out(catalogue, told, language),
        told.variant or "",
        told.since.isoformat() if told.since else "",
        name,
        "" if part else meaning_of(catalogue, stem),
    )


def title_of(metrics: Metrics, name: str) -> Title:
    """Return the title of a metric, a plan, an attainment or a pace; QuestionError for any other name."""
    stem = stem_of(metrics, name)
    title = (metrics.catalogue.metrics.get(stem) or metrics.catalogue.metric(stem)).title  # a part may not be listed
    part = name.removeprefix(stem).removeprefix("_")
    if not part:
        return title
    words = PART_TITLES[part]
    return Title(words.ru.format(ru=title.ru), words.en.format(en=title.en))


def meaning_of(catalogue: Catalogue, name: str) -> str:
    """Return what a metric measures and over which rows, as its file says it."""
    told = catalogue.explain(name)
    return f"{told.meaning} where {told.where}" if told.where else told.meaning


def unit_in_words(unit: str, currency: str, language: Language) -> str:
    """Return a unit as people write it; money is in the company's currency."""
    if unit == "money":
        return currency
    return in_words(UNITS[unit], language) if unit in UNITS else unit


def cut_of_answer(metrics: Metrics, scope: Scope, ask: Ask, answer: Answer, made: Made) -> "CutLines":
    """Return the lines on an answer: period, comparison, filters, data, what was left out."""
    lines = [
        *_asked(metrics, scope, ask),
        *_data(answer.data_version, made),
        (Title("На дату", "As of"), Title(*[answer.as_of.isoformat()] * 2)),
    ]
    lines += [(LEFT_OUT, _left_out(metrics, item)) for item in answer.left_out]
    shown = {column.name for column in known_columns(answer)}
    lines += [(LEFT_OUT, _unknown(metrics, name)) for name in ask.metrics if name not in shown]
    return CutLines(tuple(lines))


def cut_of_records(metrics: Metrics, scope: Scope, ask: Ask, listed: Records, made: Made) -> "CutLines":
    """Return the lines on records: which figure's they are, the cut, and how many of how many are shown."""
    titles = [title_of(metrics, name) for name in dict.fromkeys((listed.metric, listed.part))]
    shown, total = len(listed.rows), listed.total
    counted = Title(f"{shown} из {total}", f"{shown} of {total}")
    lines = [
        (Title("Записи показателя", "Records of"), _joined(titles)),
        *_asked(metrics, scope, ask, listed.entity),
        (Title("Показано записей", "Records shown"), counted),
        *_data(listed.data_version, made),
    ]
    return CutLines(tuple(lines))


def cut_of_cases(  # noqa: PLR0913 - the parts of a cut
    metrics: Metrics, scope: Scope, ask: Ask, version: str, made: Made, *, more: Sequence[tuple[Title, Title]] = ()
) -> "CutLines":
    """Return the lines on the cases of a process: their period and filters, what `more` was asked for, the data."""
    return CutLines((*_asked(metrics, scope, ask), *more, *_data(version, made)))


def _left_out(metrics: Metrics, item: LeftOut) -> Title:
    title, reason = title_of(metrics, item.metric), reason_in_words(item.reason)
    rows = f" ({item.rows})" if item.rows else ""
    return Title(f"{title.ru}: {reason.ru}{rows}", f"{title.en}: {reason.en}{rows}")


def _unknown(metrics: Metrics, name: str) -> Title:
    title, why = title_of(metrics, name), NO_PLAN if name.endswith("_plan") else UNKNOWN
    return Title(f"{title.ru}: {why.ru}", f"{title.en}: {why.en}")


@dataclass(frozen=True)
class CutLines:
    """Lines of what and value, in both languages."""

    lines: tuple[tuple[Title, Title], ...]

    def described(self, language: Language) -> Described:
        """Return the lines in a language."""
        shown = [(in_words(what, language), in_words(value, language)) for what, value in self.lines]
        return Described(tuple(in_words(title, language) for title in CUT), tuple(shown))


def _asked(metrics: Metrics, scope: Scope, ask: Ask, entity: str = "") -> Iterator[tuple[Title, Title]]:
    yield Title("Период", "Period"), _period(ask.period)
    if ask.period and ask.compare:
        earlier = metrics.counted().earlier(ask.period, ask.compare)
        days, words = _period(earlier.period) if earlier else NO_DAYS, COMPARED[ask.compare]
        yield Title("Сравнение", "Compared with"), Title(f"{words.ru}: {days.ru}", f"{words.en}: {days.en}")
    if ask.by:
        yield Title("В разрезе", "Cut by"), _joined([_title(name) for name in ask.by])
    for each in ask.where:
        yield _title(each.dimension), _joined(_values(metrics, scope, each, entity))


def _data(version: str, made: Made) -> Iterator[tuple[Title, Title]]:
    at = made.at.isoformat(" ", "minutes")
    for what, value in (
        (Title("Компания", "Company"), made.company),
        (Title("Версия данных", "Data version"), version),
        (Title("Составлено", "Made"), at),
    ):
        yield what, Title(value, value)


def _period(period: Period | None) -> Title:
    if period is None:
        return ALL_TIME
    text = f"{period.first} – {period.last}"
    return Title(text, text)


def _title(name: str) -> Title:
    dimension = DIMENSIONS.get(name)
    return dimension.title if dimension else TIME_TITLES.get(name, Title(name, name))


def _joined(titles: Sequence[Title]) -> Title:
    return Title(", ".join(title.ru for title in titles), ", ".join(title.en for title in titles))


def _values(metrics: Metrics, scope: Scope, filter_: Filter, entity: str) -> list[Title]:
    """Return the names of a filter's members and the words for its codes, other values as they are."""
    dimension = DIMENSIONS.get(filter_.dimension)
    names: dict[object, object] = {}
    member = dimension.member if dimension else None
    ids = [value for value in filter_.values if value is not None]
    if member and ids and (scope.all_rows or member.table in NAMED):
        found = metrics.rows(member.table, scope, {member.key: ids}, (member.key, member.name))
        names = {row[member.key]: row[member.name] for row in rows_of(found)}
    return [_value(filter_.dimension, value, names, entity) for value in filter_.values]


def _value(dimension: str, value: str | None, names: Mapping[object, object], entity: str) -> Title:
    if value is None:
        return NOT_GIVEN
    name = str(names.get(value) or value)
    return word_of(dimension, value, entity) or Title(name, name)
