"""Writes the pages of the metrics in both languages from their files: for people who read no file."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import PurePosixPath

from voronka.metrics.catalogue import Catalogue, SubjectWords
from voronka.metrics.definition import Example
from voronka.metrics.dimensions import DIMENSIONS, TIME_TITLES, Title
from voronka.metrics.examples import Grid
from voronka.reports.coded import word_of
from voronka.reports.definition_words import PLACE, plain_title, told
from voronka.reports.tables import BOOLEANS, Language, in_words

INDEX = "metrics.md"
LANGUAGES: tuple[Language, ...] = ("ru", "en")
MADE = "<!-- Made by docs/generate.py: run `make docs`, do not edit. -->"

BACK = Title("Все показатели", "All metrics")
OTHER = Title("In English", "По-русски")
EXAMPLES = Title("Примеры, посчитанные вручную", "Examples worked out by hand")
EXAMPLE = Title("Пример", "Example")
GIVEN = Title("Дано", "Given")
GIVES = Title("Получается", "It gives")
TOTALS = Title("Всего", "In all")
ASKED = Title("Спрошено", "Asked")
BY = Title("в разрезе: {}", "cut by {}")
PERIOD = Title("период: {} – {}", "period: {} – {}")
TODAY = Title("сегодня: {}", "today: {}")
VARIANTS = Title("вариант {} показателя {}", "variant {} of {}")
PARTS = Title("Части формул", "Parts of formulas")
PARTS_SAID = Title(
    "Сами по себе не показываются: на них стоят формулы этой и других страниц.",
    "Not shown by themselves: formulas of this page and of others stand on them.",
)
PART_HEADS = (Title("Часть", "Part"), Title("Имя", "Name"), Title("В файле", "In the file"))

INTRODUCTION = """\
Every metric that comes with Voronka. The name is the same on the command line, in files, in Python and on pages;
`voronka metrics explain NAME` says the same as these pages. A company may lay its own definitions over them:
[own metrics](../guides/own-metrics.md).

Все показатели Voronka: вопрос, определение, единица, формула, варианты и примеры, посчитанные вручную. Имя одно и то же
в командной строке, в файлах и на страницах."""

YES = {"true": True, "false": False}


@cache
def catalogue() -> Catalogue:
    """Return the built-in metrics."""
    return Catalogue.load()


def metric_pages() -> Mapping[str, Callable[[], str]]:
    """Return what makes each page, by its path under docs/reference: the index, and a page per subject and language."""
    pages: dict[str, Callable[[], str]] = {INDEX: index_page}
    for subject in catalogue().subjects():
        for language in LANGUAGES:
            pages[path_of(subject, language)] = partial(subject_page, subject, language)
    return pages


def path_of(subject: SubjectWords, language: Language) -> str:
    """Return where the page of a subject stands."""
    return f"metrics/{language}/{PurePosixPath(subject.path).stem}.md"


def index_page() -> str:
    """Return the list of all metrics, each leading to its page in both languages."""
    parts = ["# Metrics / Показатели", MADE, INTRODUCTION]
    for subject in catalogue().subjects():
        title = subject.title or Title(subject.path, subject.path)
        parts.append(f"## {title.en} / {title.ru}")
        rows = []
        for name in subject.names:
            shown = catalogue().metric(name).title
            links = [_link(shown, subject, language) for language in LANGUAGES]
            rows.append([f"`{name}`", *links])
        parts.append(_table(["Metric", "По-русски", "In English"], rows))
    return "\n\n".join(parts) + "\n"


def _link(title: Title, subject: SubjectWords, language: Language) -> str:
    target = f"{path_of(subject, language)}#{slug(plain_title(title, language))}"
    return f"[{in_words(title, language)}]({target})"


def slug(heading: str) -> str:
    """Return the name by which a heading is linked to, as the hosts of repositories make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def subject_page(subject: SubjectWords, language: Language) -> str:
    """Return the page of a subject: what each of its metrics means, and the worked examples."""
    other: Language = "en" if language == "ru" else "ru"
    beside = f"../{other}/{PurePosixPath(subject.path).name.replace('.yml', '.md')}"
    links = f"[{in_words(BACK, language)}](../../{INDEX}) · [{in_words(OTHER, language)}]({beside}) · `{subject.path}`"
    parts = [f"# {in_words(subject.title, language) if subject.title else subject.path}", MADE, links]
    parts += [in_words(subject.about, language)] if subject.about else []
    for name in subject.names:
        parts += _metric(name, language)
    examples = [example for example in catalogue().examples if example.path == subject.path]
    if examples:
        parts.append(f"## {in_words(EXAMPLES, language)}")
    for example in examples:
        parts += _example(example, language)
    parts += _parts(subject, language)
    return "\n\n".join(parts) + "\n"


def _metric(name: str, language: Language) -> Iterator[str]:
    """Return a metric: its title, question and definition as text, all else as a list."""
    yield f"## {plain_title(catalogue().metric(name).title, language)}"
    lines = told(catalogue(), name, language, "`{}`".format)
    spoken, rest = lines[:2], [line for line in lines[2:] if line[0] != in_words(PLACE, language)]
    yield f"`{name}`"
    yield from (value for _, value in spoken)
    known = catalogue().explain(name)
    listed = [f"- {label}: {value}" for label, value in rest]
    if known.examples:
        heading = example_heading(known.examples[0], language)
        listed.append(f"- {in_words(EXAMPLE, language)}: [{heading}](#{slug(heading)})")
    yield "\n".join(listed)


def example_heading(example: Example, language: Language) -> str:
    """Return what an example is called in the language, by its English name where it has no other."""
    return (example.entry.ru if language == "ru" else None) or example.entry.name


def _example(example: Example, language: Language) -> Iterator[str]:
    entry = example.entry
    yield f"### {example_heading(example, language)}"
    for name, text in entry.given.items():
        yield f"{in_words(GIVEN, language)}, `{name}`:"
        yield _grid(text, example.place, language)
    asked = list(_asked(example, language))
    if asked:
        yield f"{in_words(ASKED, language)}: {'; '.join(asked)}."
    yield f"{in_words(GIVES, language)}:"
    yield _grid(entry.expect, example.place, language)
    if entry.totals:
        yield f"{in_words(TOTALS, language)}:"
        yield _grid(entry.totals, example.place, language)


def _asked(example: Example, language: Language) -> Iterator[str]:
    entry = example.entry
    if entry.by:
        yield in_words(BY, language).format(", ".join(_head(name, language).lower() for name in entry.by))
    yield from (f"`{condition}`" for condition in entry.where)
    if entry.period:
        yield in_words(PERIOD, language).format(*entry.period)
    if entry.today:
        yield in_words(TODAY, language).format(entry.today)
    for metric, variant in entry.variants.items():
        yield in_words(VARIANTS, language).format(f"`{variant}`", f"`{metric}`")


def _grid(text: str, place: str, language: Language) -> str:
    grid = Grid.parse(text, place)
    rows = ([_cell(name, row[name], language) for name in grid.columns] for row in grid.rows)
    return _table([_head(name, language) for name in grid.columns], rows)


def _head(name: str, language: Language) -> str:
    """Return a column of an example by its title: a metric, a cut, time; any other as it stands in the table."""
    if name in catalogue().metrics:
        return in_words(catalogue().metrics[name].title, language)
    known = DIMENSIONS[name].title if name in DIMENSIONS else TIME_TITLES.get(name)
    return in_words(known, language) if known else f"`{name}`"


def _cell(name: str, value: str | None, language: Language) -> str:
    if value is None:
        return ""
    if value == "null":
        return "—"
    if value in YES:
        return in_words(BOOLEANS[YES[value]], language)
    found = word_of(name, value, "")
    return in_words(found, language) if found else value


def _parts(subject: SubjectWords, language: Language) -> Iterator[str]:
    """Return the table of the parts that the file defines and nobody asks for."""
    parts = [m for m in catalogue().metrics.values() if m.path == subject.path and not m.listed and "." not in m.name]
    if not parts:
        return
    yield f"## {in_words(PARTS, language)}"
    yield in_words(PARTS_SAID, language)
    rows = []
    for part in parts:
        where = f" where {part.where.text}" if part.where else ""
        rows.append([plain_title(part.title, language), f"`{part.name}`", f"`{part.verb}: {part.text}{where}`"])
    yield _table([in_words(head, language) for head in PART_HEADS], rows)


def _table(heads: list[str], rows: Iterator[list[str]] | list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([c.replace("|", "\\|").replace("\n", " ") for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines)
