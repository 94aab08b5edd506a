"""All metrics in force: the built-in files with the company's own laid over them, in the variants it has chosen."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from voronka.domain.errors import DefinitionError, QuestionError, did_you_mean
from voronka.metrics.definition import Alternative, Choice, Definitions, Example, Metric, define, with_formula
from voronka.metrics.dimensions import Title
from voronka.metrics.moments import moments_of
from voronka.metrics.notation import TargetEntry, read_source
from voronka.settings import Settings

ENDS = ("from", "to")


def constants_of(settings: Settings) -> dict[str, float]:
    """Return the numbers of a company's settings that its metrics may name."""
    ranges = settings.temperature.ranges()
    return {
        "minutes_per_email": settings.minutes.per_email,
        "touch_days": settings.touches.window_days,
        "call_back_minutes": settings.regulations.call_back_minutes,
        "stalled_days": settings.regulations.stalled_days,
        "first_response_minutes": settings.regulations.first_response_minutes,
        "accept_minutes": settings.regulations.accept_minutes,
        **{
            f"{warmth}_{end}": value
            for warmth, range_ in ranges.items()
            for end, value in zip(ENDS, range_, strict=True)
        },
    }


CONSTANTS: Mapping[str, float] = constants_of(Settings())
"""The numbers that formulas, windows and words may name, as the settings have them where a company says nothing."""


@dataclass(frozen=True)
class Explanation:
    """What a person wants to know about a metric before believing it."""

    name: str
    title: Title
    unit: str
    question: Title | None
    definition: Title | None
    source: Title | None
    better: str | None
    target: TargetEntry | None
    meaning: str
    where: str | None
    grain: str | None
    axis: str | None
    dimensions: tuple[str, ...]
    variant: str | None
    alternatives: tuple[Alternative, ...]
    otherwise: str | None
    since: date | None
    place: str
    parts: tuple["Explanation", ...]
    examples: tuple[Example, ...]

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the names of the variants."""
        return tuple(each.name for each in self.alternatives)

    def every_part(self) -> tuple["Explanation", ...]:
        """Return what the formula stands on, and what that stands on, each once."""
        found = [each for part in self.parts for each in (part, *part.every_part())]
        return tuple({each.name: each for each in found}.values())


@dataclass(frozen=True)
class SubjectWords:
    """A file's subject: what it is called and about, and the names of the metrics listed from it."""

    path: str
    title: Title | None
    about: Title | None
    names: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """The metrics by name, parts of formulas included, and the worked examples of all files.

    `notice` says what is wrong with the company's files where these are not what they say now, else ''.
    """

    metrics: Mapping[str, Metric]
    examples: tuple[Example, ...]
    fingerprint: str
    files: tuple[Definitions, ...] = ()
    notice: str = ""

    @classmethod
    def load(
        cls,
        company: Sequence[tuple[str, str]] = (),
        variants: Mapping[str, Choice] | None = None,
        constants: Mapping[str, float] | None = None,
    ) -> "Catalogue":
        """Return the built-in definitions under the company's, which are (path, text) of its files.

        A company's metric of the same name replaces the built-in one. `variants` is the choice per metric, `constants`
        are the numbers that formulas name, the settings' defaults where they are not given.
        """
        known = {**CONSTANTS, **(constants or {})}
        return _loaded(tuple(company), tuple((variants or {}).items()), tuple(known.items()))

    def settled(self, is_known: Callable[[Metric], bool]) -> "Catalogue":
        """Return the catalogue for data of which it is known what was ever loaded.

        A metric that stands on what never was is taken in the variant that it names for that, where this one stands on
        less of it. `is_known` is asked of base metrics.
        """
        metrics = dict(self.metrics)

        def unknown(metric: Metric) -> set[str]:
            names = metric.formula.names if metric.formula else (metric.of,) if metric.of else ()
            if names:
                return {each for name in names for each in unknown(settle(name))}
            return set() if not metric.is_base or is_known(metric) else {f"{metric.name} {metric.text}"}

        def settle(name: str) -> Metric:
            metric = metrics[name]
            if metric.fallback:
                mine, other = unknown(metric), unknown(metric.fallback)
                metrics[name] = metric.fallback if len(other) < len(mine) else replace(metric, fallback=None)
            return metrics[name]

        for name in self.metrics:
            settle(name)
        taken = [name for name, metric in self.metrics.items() if metrics[name].variant != metric.variant]
        if not taken:
            return self
        chosen = [(name, metrics[name].variant) for name in taken]
        return replace(self, metrics=_named_by_base(metrics), fingerprint=f"{self.fingerprint} {chosen}")

    def metric(self, name: str) -> Metric:
        """Return a metric that is listed; QuestionError for any other name."""
        found = self.metrics.get(name)
        if found is None or not found.listed:
            message = f"Unknown metric: {name}"
            raise QuestionError(message, do=did_you_mean(name, self.names) or "`voronka metrics` lists them")
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the listed metrics, in the order of the files."""
        return tuple(name for name, metric in self.metrics.items() if metric.listed)

    def listed(self) -> tuple[Metric, ...]:
        """Return the listed metrics, in the order of the files."""
        return tuple(self.metrics[name] for name in self.names)

    def leaves(self, name: str) -> tuple[Metric, ...]:
        """Return the metrics a metric stands on that are no formulas themselves; itself where it is none."""
        metric = self.metrics[name]
        if metric.of and metric.subject is None:
            return self.leaves(metric.of)
        if metric.formula is None:
            return (metric,)
        found = [leaf for part in metric.formula.names for leaf in self.leaves(part)]
        return tuple(dict.fromkeys(found))

    def is_flow(self, name: str) -> bool:
        """Say whether parts of the metric sum to the whole over days: its plans are then cut to days."""
        metric = self.metrics[name]
        if metric.formula is None:
            return metric.is_additive
        return metric.formula.is_linear and all(self.is_flow(part) for part in metric.formula.names)

    def dimensions_of(self, name: str) -> tuple[str, ...]:
        """Return by what a metric may be cut, time apart: what all the facts under it have."""
        each = [leaf.subject.dimensions if leaf.subject else leaf.cuts for leaf in self.leaves(name)]
        return tuple(dimension for dimension in each[0] if all(dimension in other for other in each[1:]))

    def subjects(self) -> tuple[SubjectWords, ...]:
        """Return the subjects in the order of the files, those with nothing in force left out."""
        found = [
            SubjectWords(each.path, each.title, each.about, names)
            for each in self.files
            if (names := tuple(name for name in self.names if self.metrics[name].path == each.path))
        ]
        return tuple(found)

    def own_subjects(self) -> tuple[SubjectWords, ...]:
        """Return the subjects of the company's own files."""
        built_in = {path for path, _ in built_in_files()}
        return tuple(subject for subject in self.subjects() if subject.path not in built_in)

    def explain(self, name: str) -> Explanation:
        """Return what stands behind a metric that is listed, in words and numbers."""
        return self._explained(self.metric(name))

    def _explained(self, metric: Metric) -> Explanation:
        name = metric.name
        return Explanation(
            name=name,
            title=metric.title,
            unit=metric.unit,
            question=metric.question,
            definition=metric.definition,
            source=metric.source,
            better=metric.better,
            target=metric.target,
            meaning=f"{metric.verb}: {metric.text}",
            where=_rows_that_count(metric),
            grain=metric.subject.table.grain if metric.subject else None,
            axis=metric.axis or None,
            dimensions=self.dimensions_of(name),
            variant=metric.variant,
            alternatives=metric.alternatives,
            otherwise=metric.fallback.variant if metric.fallback else None,
            since=metric.since,
            place=metric.place,
            parts=tuple(
                self._explained(self.metrics[part]) for part in (metric.formula.names if metric.formula else ())
            ),
            examples=tuple(e for e in self.examples if e.path == metric.path and name in _columns(e)),
        )


@lru_cache(maxsize=16)  # a run looks at the metrics more than once, and many companies have only the built-in ones
def _loaded(
    company: tuple[tuple[str, str], ...], chosen: tuple[tuple[str, Choice], ...], known: tuple[tuple[str, float], ...]
) -> Catalogue:
    choices, constants, texts = dict(chosen), dict(known), [*built_in_files(), *company]
    defined = tuple(_defined(path, text, chosen) for path, text in texts)
    _check_choices(choices, defined)
    metrics = _named_by_base(_laid_over(defined, constants))
    examples = tuple(example for definitions in defined for example in definitions.examples)
    return Catalogue(metrics, examples, _fingerprint(texts, choices, constants), defined)


@lru_cache(maxsize=256)
def _defined(path: str, text: str, chosen: tuple[tuple[str, Choice], ...]) -> Definitions:
    return define(read_source(path, text), dict(chosen))


@cache
def built_in_files() -> tuple[tuple[str, str], ...]:
    """Return (path, text) of the definition files that come with Voronka."""
    folder = files("voronka.metrics").joinpath("definitions")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yml")), key=lambda entry: entry.name)
    return tuple((f"metrics/definitions/{entry.name}", entry.read_text("utf-8")) for entry in found)


def _columns(example: Example) -> set[str]:
    """Return the names of the columns that an example works out."""
    tables = (example.entry.expect, example.entry.totals or "")
    return {cell.strip() for table in tables for cell in table.strip().partition("\n")[0].split("|")}


def _rows_that_count(metric: Metric) -> str | None:
    whole = metric.subject.where if metric.subject and metric.is_base else None
    conditions = [fragment.text for fragment in (whole, metric.where) if fragment]
    return " AND ".join(conditions) or None


def _named_by_base(metrics: Mapping[str, Metric]) -> dict[str, Metric]:
    """Return the metrics with those made of another one telling the variant of that."""
    bases = {name: metrics[metric.of] for name, metric in metrics.items() if metric.of and not metric.alternatives}
    return dict(metrics) | {
        name: replace(metrics[name], variant=base.variant, since=base.since) for name, base in bases.items()
    }


def _laid_over(defined: Sequence[Definitions], constants: Mapping[str, float]) -> dict[str, Metric]:
    raw: dict[str, Metric] = {}
    built_in = {path for path, _ in built_in_files()}
    for definitions in defined:
        for metric in definitions.metrics:
            earlier = raw.get(metric.name)
            if earlier and (earlier.path not in built_in or definitions.path in built_in):
                message = f"Defined twice: {metric.name}"
                raise DefinitionError(message, where=metric.place, do=f"It is also at {earlier.place}")
            raw[metric.name] = metric
    names = list(raw)
    metrics = {name: with_formula(metric, names, constants) for name, metric in raw.items()}
    for name in metrics:
        _check_formula(metrics, name, ())
    return metrics | {part.name: part for metric in metrics.values() for part in moments_of(metric)}


def _check_formula(metrics: Mapping[str, Metric], name: str, above: tuple[str, ...]) -> None:
    metric = metrics[name]
    if name in above:
        message = f"A formula stands on itself: {' -> '.join([*above, name])}"
        raise DefinitionError(message, where=metric.place)
    if metric.of:
        _check_base(metrics, metric)
    if above and metric.verb == "computed":
        message = f"A formula cannot stand on a computed metric: {' -> '.join([*above, name])}"
        raise DefinitionError(message, where=metrics[above[-1]].place)
    for part in metric.formula.names if metric.formula else ():
        _check_formula(metrics, part, (*above, name))


def _check_base(metrics: Mapping[str, Metric], metric: Metric) -> None:
    if metrics[metric.of].verb == "computed":
        message = f"{metric.name} is made of a metric that an analysis answers: {metric.of}"
        raise DefinitionError(message, where=metric.place, do="Name a counted one or a formula")


def _check_choices(choices: Mapping[str, Choice], defined: Sequence[Definitions]) -> None:
    found = [metric for definitions in defined for metric in definitions.metrics]
    known = {metric.name for metric in found if metric.listed or metric.alternatives}
    for name, choice in choices.items():
        if name not in known:
            message = f"`variants.{name}`: no metric is named {name}"
            raise DefinitionError(message, where=choice.place, do=did_you_mean(name, known))


def _fingerprint(
    texts: Sequence[tuple[str, str]], choices: Mapping[str, Choice], constants: Mapping[str, float]
) -> str:
    chosen = sorted((name, choice.variant, str(choice.since)) for name, choice in choices.items())
    return hashlib.sha256(repr((tuple(texts), chosen, sorted(constants.items()))).encode()).hexdigest()
