"""Prints a funnel as a table for people, with heads in the company's language."""

from collections.abc import Mapping, Sequence

import click

from voronka.analyses.funnel_figures import SECOND, StepFigures
from voronka.cli.printing import as_table, note
from voronka.domain.durations import length_in_words
from voronka.reports.funnel import Row, Section, Walked

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "step": "шаг",
        "cases": "дошли",
        "overall": "% от первого",
        "step_conversion": "% от предыдущего",
        "interval": "95 %",
        "dropped": "остановились",
        "median_seconds": "медиана от предыдущего",
        "median_seconds_from_first": "от первого",
        "optional": "{} (необязательный)",
        "ordered": "шаги по порядку",
        "strict": "шаги подряд, без других между ними",
        "any": "шаги в любом порядке",
        "of": "Случаев: {cases}, событий: {events}; {order}{window}.",
        "window": ", не позже чем через {window} после первого",
        "window_any": ", все за {window}",
        "all": "все",
        "incomplete": "{} (срок не вышел)",
        "day": "день",
        "week": "неделя",
        "month": "месяц",
        "quarter": "квартал",
        "year": "год",
    },
    "en": {
        "step": "step",
        "cases": "cases",
        "overall": "% of first",
        "step_conversion": "% of previous",
        "interval": "95 %",
        "dropped": "stopped",
        "median_seconds": "median from previous",
        "median_seconds_from_first": "from first",
        "optional": "{} (optional)",
        "ordered": "steps in order",
        "strict": "steps with nothing between them",
        "any": "steps in any order",
        "of": "Cases: {cases}, events: {events}; {order}{window}.",
        "window": ", within {window} of the first",
        "window_any": ", all within {window}",
        "all": "all",
        "incomplete": "{} (window not over)",
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
    },
}
"""The table's heads and the line above it, in the company's language."""


def print_table(walked: Walked, sections: Sequence[Section], by: str | None, language: str) -> None:
    """Print a line about what was asked, and the steps; with cohorts those of each below those of all."""
    words = WORDS[language]
    note(_heading(walked, words, language))
    rows = []
    for section in sections:
        name = words["all"] if section is sections[0] else section.name
        if section.is_complete is False:
            name = words["incomplete"].format(name)
        for place, step in enumerate(section.steps):
            row = _told(step, words, language, is_first=place == 0)
            rows.append(row if by is None else {words[by]: name if place == 0 else "", **row})
    click.echo(as_table(rows, list(rows[0])))


def _heading(walked: Walked, words: Mapping[str, str], language: str) -> str:
    order, window = walked.funnel.order, walked.funnel.window
    within = ""
    if window is not None:
        length = length_in_words(window / SECOND, language)
        within = words["window_any" if order == "any" else "window"].format(window=length)
    sizes = {"cases": f"{len(walked.log.cases):,}", "events": f"{len(walked.log.step):,}"}
    return words["of"].format(order=words[order], window=within, **sizes)


def _told(step: StepFigures, words: Mapping[str, str], language: str, *, is_first: bool) -> Row:
    conversion = step.step_conversion
    interval = "" if is_first or conversion.low is None else f"{conversion.low:.1f}–{conversion.high:.1f}"
    cells = {
        "step": words["optional"].format(step.step) if step.is_optional else step.step,
        "cases": step.cases,
        "overall": step.overall.value,
        "step_conversion": None if is_first else conversion.value,
        "interval": interval,
        "dropped": step.dropped,
        "median_seconds": length_in_words(step.median_seconds, language),
        "median_seconds_from_first": length_in_words(step.median_seconds_from_first, language),
    }
    return {words[name]: cell for name, cell in cells.items()}
