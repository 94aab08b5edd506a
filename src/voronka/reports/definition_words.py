"""A metric's definition as a person reads it, in one language: for the command line, files and the reference."""

import re
from collections.abc import Callable, Iterator, Sequence

from voronka.metrics.catalogue import Catalogue, Explanation
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.metrics.notation import TargetEntry
from voronka.reports.tables import Language, in_words

Line = tuple[str, str]
"""What is told, and how it is."""
Code = Callable[[str], str]
"""Marks a text of a file as code."""

QUESTION = Title("Вопрос", "Question")
DEFINITION = Title("Что считается", "What it counts")
UNIT = Title("Единица", "Unit")
BETTER = Title("Лучше", "Better")
TARGET = Title("Ориентир", "Target")
WORKED = Title("Как считается", "Worked out as")
FORMULA = Title("Формула в файле", "Formula in the file")
ROWS = Title("Какие записи", "Which rows")
GRAIN = Title("Запись", "Row")
AXIS = Title("По какой дате", "Dated by")
CUTS = Title("Разрезы", "Cut by")
VARIANT = Title("Вариант", "Variant")
SOURCE = Title("Чьё определение", "Source")
PLACE = Title("Где записано", "Defined in")

SHORT = {
    "percent": Title("%", "%"),
    "hours": Title("ч", "h"),
    "minutes": Title("мин", "min"),
    "working minutes": Title("рабочих мин", "working min"),
    "seconds": Title("с", "s"),
    "days": Title("дн.", "days"),
}
IN_FORCE = Title("в силе", "in force")
OTHERWISE = Title("вместо него, если его данные не загружены", "instead of it where its data are not loaded")
SINCE = Title("с {day}", "since {day}")

BETTERS = {"up": Title("когда больше", "when higher"), "down": Title("когда меньше", "when lower")}
UNITS = {
    "count": Title("штуки", "number"),
    "money": Title("деньги", "money"),
    "percent": Title("проценты", "percent"),
    "hours": Title("часы", "hours"),
    "minutes": Title("минуты", "minutes"),
    "working minutes": Title("минуты рабочего времени", "minutes of working time"),
    "seconds": Title("секунды", "seconds"),
    "days": Title("дни", "days"),
    "ratio": Title("раз", "times"),
}
VERBS = {
    "count": Title("число записей", "number of rows"),
    "count_distinct": Title("число разных", "number of different"),
    "sum": Title("сумма", "sum"),
    "average": Title("среднее", "average"),
    "median": Title("медиана", "median"),
    "computed": Title("отдельный расчёт", "an analysis of its own"),
}
AXES = {
    "started": Title("начало", "start"),
    "created": Title("создание", "creation"),
    "closed": Title("закрытие", "closing"),
    "completed": Title("выполнение", "completion"),
    "due": Title("срок", "day it was due"),
    "paid": Title("оплата", "payment"),
    "handed": Title("передача", "hand-over"),
    "entered": Title("переход на этап", "entry into the stage"),
    "qualified": Title("квалификация", "qualification"),
    "won": Title("продажа", "sale"),
    "touched": Title("касание", "touch"),
    "day": Title("день", "day"),
    "": Title("на конец периода", "at the end of the period"),
}
OWN_AXES = Title("каждая часть по своей дате", "each part by its own date")
PER = {
    "employee and working day": Title("на сотрудника в рабочий день", "per person and working day"),
    "employee and day": Title("на сотрудника в день", "per person and day"),
    "employee and week": Title("на сотрудника в неделю", "per person and week"),
    "employee and month": Title("на сотрудника в месяц", "per person and month"),
    "hot lead": Title("горячих лидов", "of hot leads"),
    "warm lead": Title("тёплых лидов", "of warm leads"),
    "cold lead": Title("холодных лидов", "of cold leads"),
}
SOURCES = {
    "own": Title("собственное", "own"),
    "common in marketing": Title("общепринятое в маркетинге", "common in marketing"),
}
SIGNS = {"*": "×", "-": "−"}


def told(catalogue: Catalogue, name: str, language: Language, code: Code = str) -> list[Line]:
    """Return what is known of a metric that is listed, line by line; `code` marks what stands so in a file."""
    return list(_told(catalogue, catalogue.explain(name), language, code))


def _told(catalogue: Catalogue, known: Explanation, language: Language, code: Code) -> Iterator[Line]:
    lines: list[tuple[Title, str | None]] = [
        (QUESTION, in_words(known.question, language) if known.question else None),
        (DEFINITION, in_words(known.definition, language) if known.definition else None),
        (UNIT, word(UNITS, known.unit, language)),
        (BETTER, in_words(BETTERS[known.better], language) if known.better else None),
        (TARGET, target_in_words(known.target, known.unit, language) if known.target else None),
        (WORKED, worked_out(catalogue, known, language, code)),
        (FORMULA, code(known.meaning.partition(": ")[2]) if known.parts else None),
        (ROWS, code(known.where) if known.where else None),
        (GRAIN, known.grain if language == "en" else None),
        (AXIS, axis_in_words(catalogue, known.name, language)),
        (CUTS, cuts_in_words(known.dimensions, language) or None),
        *((VARIANT, line) for line in variants_in_words(known, language, code)),
        (SOURCE, source_in_words(known.source, language) if known.source else None),
        (PLACE, code(known.place)),
    ]
    return ((in_words(label, language), value) for label, value in lines if value)


def formula_in_titles(catalogue: Catalogue, name: str, language: Language) -> str:
    """Return the formula of a metric with the titles of its parts for their names, as people would write it."""
    formula = catalogue.metrics[name].formula
    if formula is None:
        return ""
    text = re.sub(r"(?<= )[*-](?= )", lambda found: SIGNS[found[0]], formula.text)
    titles = {part: plain_title(catalogue.metrics[part].title, language) for part in formula.names}
    marks = "«{}»" if language == "ru" else "“{}”"
    return re.sub(
        r"\b[a-z]\w*\b", lambda found: marks.format(titles[found[0]]) if found[0] in titles else found[0], text
    )


def plain_title(title: Title, language: Language) -> str:
    """Return a title without the unit that some end in."""
    return re.sub(r", (%|ч|мин|с|дней)$", "", in_words(title, language))


def worked_out(catalogue: Catalogue, known: Explanation, language: Language, code: Code = str) -> str:
    """Return how a metric is worked out: the formula in titles, else what is done with which value of the rows."""
    verb, _, text = known.meaning.partition(": ")
    if verb == "formula":
        return formula_in_titles(catalogue, known.name, language)
    said = word(VERBS, verb, language)
    return said if verb in ("count", "computed") else f"{said} {code(text)}"


def target_in_words(target: TargetEntry, unit: str, language: Language) -> str:
    """Return a target as people say it: its range, its unit, of what."""
    bounds = [f"{bound:g}" for bound in (target.from_, target.to) if bound is not None]
    range_ = "–".join(bounds)
    if len(bounds) == 1:
        least, most = ("от", "до") if language == "ru" else ("at least", "at most")
        range_ = f"{least if target.from_ is not None else most} {range_}"
    units = word(SHORT, unit, language) if unit in SHORT else ""
    return " ".join(part for part in (range_, units, word(PER, target.per, language)) if part)


def source_in_words(source: Title, language: Language) -> str:
    """Return whose definition it is: a citation as it stands, the few common words in the language."""
    return word(SOURCES, in_words(source, language), language)


def axis_in_words(catalogue: Catalogue, name: str, language: Language) -> str:
    """Return by which date a metric stands in its period."""
    leaves = catalogue.leaves(name)
    axes = {"" if leaf.is_as_of else leaf.axis or (leaf.subject.axis if leaf.subject else "") for leaf in leaves}
    return word(AXES, axes.pop(), language) if len(axes) == 1 else in_words(OWN_AXES, language)


def cuts_in_words(dimensions: Sequence[str], language: Language) -> str:
    """Return the titles of dimensions, small and parted by commas."""
    titles = [in_words(DIMENSIONS[name].title, language) if name in DIMENSIONS else name for name in dimensions]
    return ", ".join(title.lower() if not title.isupper() else title for title in titles)


def variants_in_words(known: Explanation, language: Language, code: Code = str) -> Iterator[str]:
    """Return each variant of a metric: its name, whether and since when it is in force, what it means."""
    for each in known.alternatives:
        said = [in_words(IN_FORCE, language)] if each.name == known.variant else []
        if each.name == known.otherwise:
            said.append(in_words(OTHERWISE, language))
        elif said and known.since:
            said.append(in_words(SINCE, language).format(day=known.since.isoformat()))
        force = f" ({', '.join(said)})" if said else ""
        is_told = each.definition is not None and each.definition == known.definition
        meaning = in_words(each.definition, language) if each.definition else code(each.meaning)
        yield f"{code(each.name)}{force}" + ("" if is_told else f": {meaning}")


def word(words: dict[str, Title], key: str, language: Language) -> str:
    """Return the word for a key, the key itself where there is none."""
    return in_words(words[key], language) if key in words else key
