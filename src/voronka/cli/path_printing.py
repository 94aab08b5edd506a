"""Prints a path as tables for people: variants, edges, steps, deviations, with heads in the company's language."""

from collections.abc import Callable, Mapping

import click

from voronka.cli.printing import as_table, note
from voronka.domain.durations import length_in_words
from voronka.reports.path import DAY_SECONDS, Path, Row, deviation_rows, edge_rows, step_rows, variant_rows

PARTS = ("variants", "edges", "steps", "deviations")
"""What of a path is printed alone, and as CSV."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "of": "Случаев: {cases}, событий: {events}, шагов: {steps}, вариантов: {variants}; от начала до конца медиана"
        " {median}, среднее {mean}.",
        "left_out": "Связей не показано: {left_out}.",
        "fitness": "Соответствие модели: {fitness} %, без отклонений случаев: {conforming} из {cases}.",
        "variants": "Варианты пути",
        "edges": "Что за чем следует",
        "steps": "Шаги",
        "deviations": "Отклонения от модели",
        "share": "%",
        "cases": "случаев",
        "count": "раз",
        "median": "медиана",
        "mean": "среднее",
        "p90": "у 90 % не дольше",
        "path": "путь",
        "from": "от",
        "to": "до",
        "step": "шаг",
        "starts": "первый у",
        "ends": "последний у",
        "kind": "отклонение",
        "days_effect": "медиана срока, разница",
        "interval": "95 %",
        "win_rate_effect": "конверсия в успех, разница",
        "skipped": "пропущен",
        "repeated": "повторён",
        "returned": "возврат",
        "outside": "вне модели",
        "more": "Ещё строк: {more}; все — с --top 0 или в --format json.",
    },
    "en": {
        "of": "Cases: {cases}, events: {events}, steps: {steps}, variants: {variants}; from first to last median"
        " {median}, mean {mean}.",
        "left_out": "Edges not shown: {left_out}.",
        "fitness": "Fitness to the model: {fitness} %, cases without deviations: {conforming} of {cases}.",
        "variants": "Variants of the path",
        "edges": "What follows what",
        "steps": "Steps",
        "deviations": "Deviations from the model",
        "share": "%",
        "cases": "cases",
        "count": "times",
        "median": "median",
        "mean": "mean",
        "p90": "9 of 10 within",
        "path": "path",
        "from": "from",
        "to": "to",
        "step": "step",
        "starts": "first in",
        "ends": "last in",
        "kind": "deviation",
        "days_effect": "median time, difference",
        "interval": "95 %",
        "win_rate_effect": "win rate, difference",
        "skipped": "skipped",
        "repeated": "repeated",
        "returned": "returned",
        "outside": "outside",
        "more": "More rows: {more}; all of them with --top 0 or in --format json.",
    },
}
"""The tables' heads and the lines above them, in the company's language."""
Words = Mapping[str, str]


def rows_of(path: Path, part: str) -> list[Row]:
    """Return the rows of one of the PARTS, for programs."""
    made: Mapping[str, Callable[[], list[Row]]] = {
        "variants": lambda: [{**row, "steps": " > ".join(row["steps"])} for row in variant_rows(path)],
        "edges": lambda: edge_rows(path),
        "steps": lambda: step_rows(path),
        "deviations": lambda: [] if path.conformance is None else deviation_rows(path.conformance),
    }
    return made[part]()


def print_path(path: Path, part: str | None, top: int, language: str) -> None:
    """Print lines about the whole, then the tables, or one PART of them, `top` rows of each (0: all)."""
    words = WORDS[language]
    note(_heading(path, words, language))
    if path.map.left_out:
        note(words["left_out"].format(left_out=path.map.left_out))
    if path.conformance is not None and path.conformance.mean_fitness is not None:
        fitness = f"{100 * path.conformance.mean_fitness:.1f}"
        found = path.conformance
        note(words["fitness"].format(fitness=fitness, conforming=f"{found.conforming:,}", cases=f"{found.cases:,}"))
    tellers = {"variants": _variants, "edges": _edges, "steps": _steps, "deviations": _deviations}
    shown = [part] if part else [each for each in PARTS if each != "deviations" or path.conformance is not None]
    for each in shown:
        rows = tellers[each](path, words, language)
        click.echo(f"\n{words[each]}")
        click.echo(as_table(rows[:top] if top else rows, list(rows[0]) if rows else []))
        if top and len(rows) > top:
            note(words["more"].format(more=f"{len(rows) - top:,}"))


def _heading(path: Path, words: Words, language: str) -> str:
    took = path.variants.took
    return words["of"].format(
        cases=f"{path.map.cases:,}",
        events=f"{path.map.events:,}",
        steps=len(path.map.nodes),
        variants=f"{path.variants.count:,}",
        median=length_in_words(took.median if took else None, language),
        mean=length_in_words(took.mean if took else None, language),
    )


def _variants(path: Path, words: Words, language: str) -> list[Row]:
    return [
        {
            words["share"]: each.share,
            words["cases"]: each.cases,
            words["median"]: length_in_words(each.took.median, language),
            words["path"]: " > ".join(path.log.steps[step] for step in each.steps),
        }
        for each in path.variants.variants
    ]


def _edges(path: Path, words: Words, language: str) -> list[Row]:
    return [
        {
            words["from"]: path.map.steps[each.source],
            words["to"]: path.map.steps[each.target],
            words["cases"]: each.cases,
            words["count"]: each.count,
            words["median"]: length_in_words(each.calendar.median, language),
            words["mean"]: length_in_words(each.calendar.mean, language),
            words["p90"]: length_in_words(each.calendar.p90, language),
        }
        for each in path.map.edges
    ]


def _steps(path: Path, words: Words, _: str) -> list[Row]:
    return [{words[name]: value for name, value in row.items()} for row in step_rows(path)]


def _deviations(path: Path, words: Words, language: str) -> list[Row]:
    if path.conformance is None:
        return []
    return [_deviation(row, words, language) for row in deviation_rows(path.conformance)]


def _deviation(row: Row, words: Words, language: str) -> Row:
    def length(days: float | None) -> str:
        return length_in_words(None if days is None else days * DAY_SECONDS, language)

    told = {
        words["kind"]: words[row["kind"]],
        words["step"]: row["step"],
        words["share"]: row["share"],
        words["cases"]: row["cases"],
        words["count"]: row["count"],
        words["days_effect"]: length(row["days_effect"]),
        words["interval"]: _between(length(row["days_effect_low"]), length(row["days_effect_high"])),
    }
    if row["win_rate_effect"] is None:
        return told
    ends = (row["win_rate_effect_low"], row["win_rate_effect_high"])
    effect = f"{row['win_rate_effect']:+.1f}"
    return told | {words["win_rate_effect"]: f"{effect} ({_between(*(f'{end:+.1f}' for end in ends))})"}


def _between(low: str, high: str) -> str:
    return "–" if "–" in {low, high} else f"{low} … {high}"
