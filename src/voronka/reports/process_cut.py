"""What a page of a process was asked for beside the period and the filters, as lines of the cut in its files."""

from collections.abc import Iterator, Mapping

from voronka.domain.durations import length_in_words
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.query import Metrics
from voronka.reports.funnel_asked import MILESTONES, FunnelAsked, FunnelSetting
from voronka.reports.funnel_words import StepTitles
from voronka.reports.path_hands import HandsAsked

Line = tuple[Title, Title]
PIPELINE = Title("Воронка", "Pipeline")
ENTITIES: Mapping[str, Title] = {
    "journey": Title("Клиенты от лида до сделки", "Customers from lead to deal"),
    "deal": Title("Сделки", "Deals"),
    "lead": Title("Лиды", "Leads"),
}
AXES: Mapping[str, Title] = {
    "closed": Title("Закрытые за период", "Closed in the period"),
    "created": Title("Начатые за период", "Begun in the period"),
}
STAGES, ALL = Title("Только этапы", "Stages only"), Title("Этапы и всё между ними", "Stages and all between")
ORDERS: Mapping[str, Title] = {
    "ordered": Title("что угодно", "anything"),
    "strict": Title("ничего другого", "nothing else"),
    "any": Title("в любом порядке", "in any order"),
}
CLOCKS: Mapping[str, Title] = {
    "calendar": Title("календарное", "by the calendar"),
    "working": Title("рабочее", "working time"),
}
ARROW = " → "
MICROSECONDS = 1_000_000


def path_lines(metrics: Metrics, query: JourneysQuery) -> Iterator[Line]:
    """Yield whose path it is, which cases they are, and what is a step of theirs."""
    every = Title("Все воронки", "All pipelines")
    yield PIPELINE, metrics.company.titles().pipeline(query.pipeline) if query.pipeline else every
    yield Title("Что идёт по пути", "What goes the way"), ENTITIES[query.entity]
    yield Title("Какие случаи", "Which cases"), AXES[query.axis]
    yield Title("Что считать шагом", "What is a step"), STAGES if set(query.kinds) == {"stage"} else ALL


def hands_lines(asked: HandsAsked) -> Iterator[Line]:
    """Yield between whom hand-overs are counted, and within what time the client is to be spoken to."""
    people = Title("люди", "people") if asked.by == "people" else Title("роли", "roles")
    yield Title("Между кем", "Between whom"), people
    hours = asked.within
    within = Title(f"{hours:g} раб. ч", f"{hours:g} working h")
    yield Title("Контакт за", "Contact within"), within


def clock_line(clock: str) -> Line:
    """Return by which clock times are told."""
    return Title("Время", "Time"), CLOCKS[clock]


def funnel_lines(metrics: Metrics, setting: FunnelSetting, asked: FunnelAsked) -> Iterator[Line]:
    """Yield which funnel it is: its pipeline, what counts, its steps, their order and window, the cut."""
    whole = Title("Весь путь по вехам", "The whole way by milestones")
    yield PIPELINE, whole if setting.pipeline == MILESTONES else metrics.company.titles().pipeline(setting.pipeline)
    yield Title("Что считать", "What to count"), ENTITIES[setting.entity]
    yield Title("Какие случаи", "Which cases"), AXES["created"]
    names = [step.name for step in setting.funnel.steps]
    titles = list(StepTitles(setting.steps, setting.only_pipeline).of(names).values())
    told = Title(ARROW.join(title.ru for title in titles), ARROW.join(title.en for title in titles))
    yield Title("Шаги", "Steps"), told
    yield Title("Между шагами", "Between steps"), ORDERS[setting.funnel.order]
    yield Title("Срок", "Within"), _window(setting.funnel.window)
    if asked.by in DIMENSIONS:
        yield Title("В разрезе", "Cut by"), DIMENSIONS[asked.by].title


def _window(micros: int | None) -> Title:
    if micros is None:
        return Title("любой", "any time")
    seconds = micros / MICROSECONDS
    return Title(length_in_words(seconds, "ru"), length_in_words(seconds, "en"))
