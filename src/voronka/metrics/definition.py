"""A metric as the rest of the package sees it: checked, its expressions parsed, its fact and time known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from voronka.domain.errors import DefinitionError, did_you_mean
from voronka.domain.fragments import Fragment, parse_fragment
from voronka.domain.model import Table, tables
from voronka.metrics.dimensions import DIMENSIONS, TIME_TITLES, Title, dimension_names, dimension_of
from voronka.metrics.expressions import Formula, parse_formula
from voronka.metrics.notation import (
    VERBS,
    ExampleEntry,
    MeaningEntry,
    MetricEntry,
    Source,
    TargetEntry,
    Verb,
    WordsEntry,
)
from voronka.settings import FILE as SETTINGS_FILE

NAME = re.compile(r"[a-z][a-z0-9_]*")

ADDITIVE: tuple[Verb, ...] = ("count", "sum")
"""The verbs whose parts sum to the whole."""

AS_OF = "as_of"
"""What the value of a row that holds at a moment calls the day at whose end it is looked at."""


@dataclass(frozen=True)
class Choice:
    """The variant of a metric that a company has chosen, and since when it is in force."""

    variant: str
    since: date | None = None
    place: str = SETTINGS_FILE
    """Where it is chosen: the file of settings, or a worked example."""


@dataclass(frozen=True)
class Alternative:
    """One of the variants of a metric: what it measures and over which rows, as its file says it and in words."""

    name: str
    meaning: str
    where: str | None
    definition: Title | None
    source: Title | None


@dataclass(frozen=True)
class Subject:
    """What a file is about: its fact, the axis of its time, which rows count, and by what they are cut."""

    path: str
    fact: str
    axis: str
    where: Fragment | None
    holds: tuple[str, str] | None
    dimensions: tuple[str, ...]

    @property
    def table(self) -> Table:
        """Return the fact as the model describes it."""
        return tables()[self.fact]


@dataclass(frozen=True)
class Metric:
    """One metric: a verb over its subject's rows, a formula over other metrics, or an analysis' answer."""

    name: str
    title: Title
    unit: str
    verb: Verb
    text: str
    place: str
    subject: Subject | None = None
    question: Title | None = None
    definition: Title | None = None
    source: Title | None = None
    better: str | None = None
    target: TargetEntry | None = None
    where: Fragment | None = None
    fragment: Fragment | None = None
    formula: Formula | None = None
    axis: str = ""
    own_time: bool = False
    share: bool = False
    is_cohort: bool = False
    window_days: int | None = None
    window: str = ""
    listed: bool = True
    variant: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    since: date | None = None
    fallback: "Metric | None" = None
    cuts: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Return the file that defines the metric."""
        return self.place.rsplit(":", 1)[0]

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the names of the variants, the one in force where nothing is chosen first."""
        return tuple(each.name for each in self.alternatives)

    @property
    def analysis(self) -> str:
        """Return the name of the analysis that answers a computed metric: `growth` of `growth of revenue`."""
        return self.text.partition(" of ")[0]

    @property
    def of(self) -> str:
        """Return the metric that a computed one is made of: `revenue` of `growth of revenue`; '' where of none."""
        return self.text.partition(" of ")[2] if self.verb == "computed" else ""

    @property
    def is_base(self) -> bool:
        """Say whether the metric is answered from the rows of a fact."""
        return self.verb not in ("formula", "computed")

    @property
    def is_as_of(self) -> bool:
        """Say whether the metric counts the rows that hold at a moment."""
        return bool(self.subject and self.subject.holds)

    @property
    def is_additive(self) -> bool:
        """Say whether plans of the metric are cut to days: parts of a flow sum to the whole."""
        return self.verb in ADDITIVE and not self.is_as_of

    @property
    def fact(self) -> Subject:
        """Return the subject of a base metric."""
        if self.subject is None:
            message = f"{self.name} stands on no fact"
            raise DefinitionError(message, where=self.place)
        return self.subject


@dataclass(frozen=True)
class Example:
    """A worked example, and the file and line it stands at."""

    place: str
    entry: ExampleEntry

    @property
    def path(self) -> str:
        """Return the file the example stands in."""
        return self.place.rsplit(":", 1)[0]


@dataclass(frozen=True)
class Definitions:
    """What one file defines, and what its subject is called."""

    path: str
    title: Title | None
    about: Title | None
    metrics: tuple[Metric, ...]
    examples: tuple[Example, ...]


def define(source: Source, choices: Mapping[str, Choice]) -> Definitions:
    """Return the metrics of a file that was read, in the variants chosen; formulas are not yet parsed."""
    subject = _subject(source)
    groups = (("metrics", source.entries.metrics, True), ("parts", source.entries.parts, False))
    listed = tuple(
        _listed(_with_fallback(source, subject, (group, name), entry, choices), is_listed=is_listed)
        for group, entries, is_listed in groups
        for name, entry in entries.items()
    )
    examples = [Example(source.where("examples", n), entry) for n, entry in enumerate(source.entries.examples)]
    words = _words(source.entries.title), _words(source.entries.about)
    return Definitions(source.path, *words, listed, tuple(examples))


def _listed(metric: Metric, *, is_listed: bool) -> Metric:
    fallback = replace(metric.fallback, listed=is_listed) if metric.fallback else None
    return replace(metric, listed=is_listed, fallback=fallback)


def _with_fallback(
    source: Source, subject: Subject | None, keys: tuple[str, str], entry: MetricEntry, choices: Mapping[str, Choice]
) -> Metric:
    """Return a metric in the variant in force, and the one that it becomes where what it counts was never loaded."""
    name, place = keys[1], source.where(*keys)
    alternatives, cuts = tuple(_alternatives(entry, place)), _own_cuts(source, subject)
    metric = _metric(source, subject, keys, _in_choice(name, entry, choices), choices)
    metric = replace(metric, alternatives=alternatives, cuts=cuts)
    if entry.otherwise is None or name in choices:
        return metric
    if entry.otherwise not in entry.variants:
        message = f"{name} has no variant: {entry.otherwise}"
        raise DefinitionError(message, where=place, do=did_you_mean(entry.otherwise, entry.variants))
    other = _metric(source, subject, keys, entry.in_variant(entry.otherwise), {name: Choice(entry.otherwise)})
    return replace(metric, fallback=replace(other, alternatives=alternatives, cuts=cuts))


def _own_cuts(source: Source, subject: Subject | None) -> tuple[str, ...]:
    """Return by what the computed metrics of a file without a fact are cut."""
    if subject is not None:
        return ()
    for position, name in enumerate(source.entries.dimensions):
        _known(name, DIMENSIONS, "dimension", source.where("dimensions", position))
    return tuple(source.entries.dimensions)


def with_formula(metric: Metric, known: Sequence[str], constants: Mapping[str, float] | None = None) -> Metric:
    """Return the metric with its formula parsed over the known metrics and the company's constants."""
    if metric.fallback:
        metric = replace(metric, fallback=with_formula(metric.fallback, known, constants))
    metric = _with_numbers(metric, constants or {})
    if metric.of:
        _known(metric.of, known, "metric", metric.place)
    if metric.verb != "formula":
        return metric
    formula = parse_formula(metric.text, known, metric.place, constants)
    if metric.share and formula.division() is None:
        message = f"A share is written as 100 * a / b: {metric.text}"
        raise DefinitionError(message, where=metric.place)
    return replace(metric, formula=formula)


def _with_numbers(metric: Metric, constants: Mapping[str, float]) -> Metric:
    """Return the metric with the constants that its window and its words name, `{touch_days}`, as numbers."""
    if metric.window:
        _known(metric.window, constants, "constant", metric.place)
        metric = replace(metric, window_days=int(constants[metric.window]))
    if metric.target and metric.target.range:
        ends = [f"{metric.target.range}_{end}" for end in ("from", "to")]
        for end in ends:
            _known(end, constants, "constant", metric.place)
        target = TargetEntry(per=metric.target.per, from_=constants[ends[0]], to=constants[ends[1]])
        metric = replace(metric, target=target)
    return replace(
        metric,
        title=_numbered(metric.title, constants),
        question=_numbered(metric.question, constants) if metric.question else None,
        definition=_numbered(metric.definition, constants) if metric.definition else None,
        alternatives=tuple(
            replace(each, definition=_numbered(each.definition, constants) if each.definition else None)
            for each in metric.alternatives
        ),
    )


def _numbered(text: Title, constants: Mapping[str, float]) -> Title:
    ru, en = text.ru, text.en
    for name, value in constants.items():
        ru, en = (each.replace(f"{{{name}}}", f"{value:g}") for each in (ru, en))
    return Title(ru, en)


def _window_days(entry: MeaningEntry, place: str) -> tuple[int | None, str]:
    """Return the days of a cohort's window, and the constant that tells them where it is one."""
    given = entry.cohort.window_days if entry.cohort else None
    if isinstance(given, str) and not given.lstrip("-").isdecimal():
        return None, given
    if given is not None and int(given) <= 0:
        message = f"A window is of one day or more: {given}"
        raise DefinitionError(message, where=place)
    return (None if given is None else int(given)), ""


def _subject(source: Source) -> Subject | None:
    entries = source.entries
    if entries.fact is None:
        return None
    if entries.fact not in tables():
        message = f"Unknown fact: {entries.fact}"
        raise DefinitionError(message, where=source.where("fact"), do=did_you_mean(entries.fact, tables()))
    columns = [column.name for column in tables()[entries.fact].columns]
    where = parse_fragment(entries.where, columns, source.where("where")) if entries.where else None
    axis = _axis(entries.fact, entries.time, source.where("time")) if not entries.holds else ""
    holds = (entries.holds.from_, entries.holds.until) if entries.holds else None
    for column in holds or ():
        _known(column, columns, "column", source.where("holds"))
    return Subject(source.path, entries.fact, axis, where, holds, _dimensions(source, entries.fact))


def _dimensions(source: Source, fact: str) -> tuple[str, ...]:
    for position, name in enumerate(source.entries.dimensions):
        if dimension_of(name, fact) is None:
            _known(name, dimension_names(fact), "dimension", source.where("dimensions", position))
    return tuple(source.entries.dimensions)


def _axis(fact: str, time: str | None, place: str) -> str:
    axes = {("day" if axis == "day" else f"{axis}_at"): axis for axis in tables()[fact].axes}
    if time is None:
        message = f"{fact} needs a time"
        raise DefinitionError(message, where=place, do=f"Write time: with one of {', '.join(axes)}")
    _known(time, axes, "time", place)
    return axes[time]


def _known(name: str, known: Sequence[str] | Mapping[str, object], kind: str, place: str) -> None:
    if name not in known:
        message = f"Unknown {kind}: {name}"
        raise DefinitionError(message, where=place, do=did_you_mean(name, known))


def _in_choice(name: str, entry: MetricEntry, choices: Mapping[str, Choice]) -> MetricEntry:
    choice = choices.get(name)
    if choice is None or choice.variant == entry.variant:
        return entry
    if choice.variant not in entry.variants:
        known = [*entry.variants, *([entry.variant] if entry.variant else [])]
        message = f"`variants.{name}`: {name} has no variant {choice.variant}"
        raise DefinitionError(message, where=choice.place, do=did_you_mean(choice.variant, known))
    return entry.in_variant(choice.variant)


def _metric(
    source: Source,
    subject: Subject | None,
    keys: tuple[str, str],
    entry: MetricEntry,
    choices: Mapping[str, Choice],
) -> Metric:
    name, place = keys[1], source.where(*keys)
    _check_name(name, place)
    verb, text = _only_verb(entry, place)
    days, window = _window_days(entry, place)
    choice = choices.get(name)
    metric = Metric(
        name=name,
        title=_words(entry.title) or Title(name, name),
        unit=entry.unit,
        verb=verb,
        text=text,
        place=place,
        subject=None if verb == "formula" else subject,
        question=_words(entry.question),
        definition=_words(entry.definition),
        source=_words(entry.source),
        better=entry.better,
        target=entry.target,
        share=entry.share,
        is_cohort=entry.cohort is not None,
        window_days=days,
        window=window,
        variant=choice.variant if choice else entry.variant,
        since=choice.since if choice else None,
    )
    _check_listed(keys[0], entry, place)
    return metric if not metric.is_base else _over_rows(source, metric, entry, keys)


def _alternatives(entry: MetricEntry, place: str) -> Iterator[Alternative]:
    """Return the variants of a metric, its own meaning first where that has a name."""
    own = [(entry.variant, entry)] if entry.variant and entry.variant not in entry.variants else []
    for name, meant in (*own, *((name, entry.in_variant(name)) for name in entry.variants)):
        verb, text = _only_verb(meant, place)
        yield Alternative(name, f"{verb}: {text}", meant.where, _words(meant.definition), _words(meant.source))


def _over_rows(source: Source, metric: Metric, entry: MetricEntry, keys: tuple[str, str]) -> Metric:
    subject = metric.subject
    if subject is None:
        message = f"{metric.name} needs a fact"
        raise DefinitionError(message, where=metric.place, do="Write fact: at the top of the file")
    columns = [column.name for column in subject.table.columns]
    own = entry.time is not None
    axis = _axis(subject.fact, entry.time, source.where(*keys, "time")) if own else subject.axis
    where = parse_fragment(entry.where, columns, source.where(*keys, "where")) if entry.where else None
    return replace(metric, axis=axis, own_time=own, where=where, fragment=_expression(source, metric, keys, columns))


def _expression(source: Source, metric: Metric, keys: tuple[str, str], columns: Sequence[str]) -> Fragment | None:
    place = source.where(*keys, metric.verb)
    if metric.verb != "count":
        moment = [AS_OF] if metric.is_as_of else []
        return parse_fragment(metric.text, [*columns, *moment], place)
    if metric.text != "rows":
        message = f"Only rows are counted: count: {metric.text}"
        raise DefinitionError(message, where=place, do="Write count: rows, and which rows in where:")
    return None


def _check_name(name: str, place: str) -> None:
    if not NAME.fullmatch(name):
        message = f"A metric's name is small Latin letters, digits and _: {name}"
        raise DefinitionError(message, where=place)
    if name in DIMENSIONS or name in TIME_TITLES:
        message = f"This name is taken by a dimension: {name}"
        raise DefinitionError(message, where=place)


def _check_listed(group: str, entry: MetricEntry, place: str) -> None:
    if group == "metrics" and entry.title is None:
        message = "A metric needs a title"
        raise DefinitionError(message, where=place, do="Write title: { ru: ..., en: ... }")


def _only_verb(entry: MeaningEntry, place: str) -> tuple[Verb, str]:
    verbs = entry.verbs()
    if len(verbs) != 1:
        found = ", ".join(verbs) or "none"
        message = f"A metric has one verb: {found}"
        raise DefinitionError(message, where=place, do=f"Give one of {', '.join(VERBS)}")
    return next(iter(verbs.items()))


def _words(entry: WordsEntry | str | None) -> Title | None:
    """Return a text in both languages; one that is given once, such as a citation, is the same in both."""
    if isinstance(entry, str):
        return Title(entry, entry)
    return Title(entry.ru, entry.en) if entry else None
