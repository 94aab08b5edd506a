"""Reads a definition file: YAML with the lines of its keys, checked key by key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NoReturn

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voronka.domain.errors import DefinitionError, did_you_mean

_SAFE_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader in C where PyYAML has it: the definitions are read at every command's start, five times faster."""

Name = str | int
Verb = Literal["count", "count_distinct", "sum", "average", "median", "formula", "computed"]
VERBS: tuple[Verb, ...] = ("count", "count_distinct", "sum", "average", "median", "formula", "computed")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class WordsEntry(_Entry):
    """A text in both languages."""

    ru: str
    en: str


class CohortEntry(_Entry):
    """Marks a metric of a cohort; `window_days` is how long the cohort has before its answer is complete.

    It is a number of days, or the name of a constant that the settings give.
    """

    window_days: int | str | None = None


class TargetEntry(_Entry):
    """The range a company would expect, and of what; `range` names one that the settings give."""

    model_config = ConfigDict(populate_by_name=True)

    per: str
    from_: float | None = Field(default=None, alias="from")
    to: float | None = None
    range: str | None = None


class MeaningEntry(_Entry):
    """What a metric measures: one verb, and which rows it takes; a variant overrides any of it.

    `definition` says it in the words of a head of sales; `source`, whose definition it is: a paper, a standard, "own".
    """

    title: WordsEntry | None = None
    question: WordsEntry | None = None
    definition: WordsEntry | None = None
    source: WordsEntry | str | None = None
    count: str | None = None
    count_distinct: str | None = None
    sum: str | None = None
    average: str | None = None
    median: str | None = None
    formula: str | None = None
    computed: str | None = None
    where: str | None = None
    time: str | None = None
    share: bool = False
    cohort: CohortEntry | None = None

    def verbs(self) -> dict[Verb, str]:
        """Return the verbs that are given, with their expressions."""
        given = {verb: getattr(self, verb) for verb in VERBS}
        return {verb: text for verb, text in given.items() if text is not None}


class MetricEntry(MeaningEntry):
    """A metric as a file gives it."""

    unit: str = "count"
    better: Literal["up", "down"] | None = None
    target: TargetEntry | None = None
    variant: str | None = None
    otherwise: str | None = None
    variants: dict[str, MeaningEntry] = {}

    def in_variant(self, name: str) -> "MetricEntry":
        """Return the entry with what the variant says laid over it; another verb replaces the verb.

        The words of the metric do not say what a variant without words of its own means: it then has none.
        """
        over = {key: getattr(self.variants[name], key) for key in self.variants[name].model_fields_set}
        if self.variants[name].verbs():
            over = dict.fromkeys(VERBS) | over
        return self.model_copy(update={"definition": None} | over)


class HoldsEntry(_Entry):
    """The columns between whose days a row holds: [from, until)."""

    from_: str = Field(alias="from")
    until: str


class ExampleEntry(_Entry):
    """A tiny question worked out by hand: the tables given, what is asked, the rows expected.

    `name` says in English what it shows, `ru` in Russian.
    """

    name: str
    ru: str | None = None
    given: dict[str, str] = {}
    metrics: list[str] = []
    by: list[str] = []
    where: list[str] = []
    period: tuple[date, date] | None = None
    compare: Literal["previous", "year"] | None = None
    owner: Literal["then", "now"] = "then"
    today: date | None = None
    now: datetime | None = None
    variants: dict[str, str] = {}
    settings: dict[str, Any] = {}
    expect: str
    totals: str | None = None


class FileEntry(_Entry):
    """One subject: what it is called, a fact, its time and dimensions, its metrics, and the parts only formulas see."""

    title: WordsEntry | None = None
    about: WordsEntry | None = None
    fact: str | None = None
    time: str | None = None
    where: str | None = None
    holds: HoldsEntry | None = None
    dimensions: list[str] = []
    metrics: dict[str, MetricEntry] = {}
    parts: dict[str, MetricEntry] = {}
    examples: list[ExampleEntry] = []


@dataclass(frozen=True)
class Source:
    """A definition file that was read: its entries, and at which line each key stands."""

    path: str
    entries: FileEntry
    lines: Mapping[tuple[Name, ...], int]

    def where(self, *keys: Name) -> str:
        """Return `path:line` of the deepest of these keys that the file has."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.lines:
                return f"{self.path}:{self.lines[keys[:length]]}"
        return self.path


def read_source(path: str, text: str) -> Source:
    """Return a file's entries; DefinitionError names file, line and key of what is wrong."""
    loader = _SAFE_LOADER(text)
    try:
        node = loader.get_single_node()
        lines = dict(_lines(path, node, ())) if node else {}
        content = loader.construct_document(node) if node else {}
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        message = f"Not YAML: {error.problem}"
        raise DefinitionError(message, where=path + line) from error
    finally:
        loader.dispose()
    return Source(path, _entries(path, content, lines), lines)


def _lines(path: str, node: yaml.Node, keys: tuple[Name, ...]) -> Iterator[tuple[tuple[Name, ...], int]]:
    if isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield (*keys, position), item.start_mark.line + 1
            yield from _lines(path, item, (*keys, position))
    if isinstance(node, yaml.MappingNode):
        seen: set[Name] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                message = f"Given twice: {key.value}"
                raise DefinitionError(message, where=f"{path}:{line}")
            seen.add(key.value)
            yield (*keys, key.value), line
            yield from _lines(path, value, (*keys, key.value))


def _entries(path: str, content: Any, lines: Mapping[tuple[Name, ...], int]) -> FileEntry:  # noqa: ANN401 - any YAML
    if not isinstance(content, dict):
        message = "A definition file holds keys and values"
        raise DefinitionError(message, where=path, do="Begin with fact: and metrics:")
    try:
        return FileEntry.model_validate(content)
    except ValidationError as error:
        _refuse(path, error, lines)


def _refuse(path: str, error: ValidationError, lines: Mapping[tuple[Name, ...], int]) -> NoReturn:
    first = error.errors()[0]
    keys = tuple(first["loc"])
    placed = next((keys[:n] for n in range(len(keys), 0, -1) if keys[:n] in lines), ())
    where = f"{path}:{lines[placed]}" if placed else path
    name = ".".join(str(key) for key in keys)
    if first["type"] == "extra_forbidden":
        message = f"Unknown key: {keys[-1]}"
        raise DefinitionError(message, where=where, do=did_you_mean(str(keys[-1]), _known_keys(keys))) from error
    message = f"{name}: {first['msg'][:1].lower()}{first['msg'][1:]}"
    raise DefinitionError(message, where=where) from error


def _known_keys(keys: tuple[Name, ...]) -> list[str]:
    """Return the keys that are known where the last of these keys stands."""
    model: type[BaseModel] = FileEntry
    for key in keys[:-1]:
        model = _BELOW.get(str(key), model)
    return [field.alias or name for name, field in model.model_fields.items()]


_BELOW: dict[str, type[BaseModel]] = {
    "metrics": MetricEntry,
    "parts": MetricEntry,
    "variants": MeaningEntry,
    "examples": ExampleEntry,
    "holds": HoldsEntry,
    "title": WordsEntry,
    "question": WordsEntry,
    "definition": WordsEntry,
    "about": WordsEntry,
    "target": TargetEntry,
    "cohort": CohortEntry,
}
"""The entry that stands below a key."""
