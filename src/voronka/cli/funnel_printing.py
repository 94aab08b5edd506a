"""Prints a funnel as a table for people, with heads in the company's language."""

from collections.abc import Mapping, Sequence

import click

from voronka.analyses.funnel_figures import SECOND, StepFigures
from voronka.analyses.funnel_losses import Stopped
from voronka.cli.printing import as_table, note
from voronka.domain.durations import length_in_words
from voronka.metrics.dimensions import DIMENSIONS
from voronka.reports.funnel import Row, Section, Walked

MOST_REASONS = 5
"""Reasons of a step that are told in words; the JSON has all."""
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
        "not_given": "(не указано)",
        "losses": "Почему проиграны те, кто остановился",
        "reason": "причина",
        "lost": "проиграно",
        "money": "сумма, {}",
        "worth": "сумма",
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
        "not_given": "(not given)",
        "losses": "Why those who stopped were lost",
        "reason": "reason",
        "lost": "lost",
        "money": "money, {}",
        "worth": "money",
        "incomplete": "{} (window not over)",
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
        "year": "year",
    },
}
"""The table's heads and the line above it, in the company's language."""


def print_table(
    walked: Walked, sections: Sequence[Section], by: str | None, language: str, names: Mapping[str, str] | None = None
) -> None:
    """Print a line about what was asked, and the steps; with groups those of each below those of all.

    `names` is what steps are called in place of what they were asked by.
    """
    words = dict(WORDS[language])
    if by in DIMENSIONS:
        title = DIMENSIONS[by].title
        words[by] = (title.ru if language == "ru" else title.en).lower()
    note(_heading(walked, words, language))
    rows = []
    for section in sections:
        name = words["all"] if section is sections[0] else section.name or words["not_given"]
        if section.is_complete is False:
            name = words["incomplete"].format(name)
        for place, step in enumerate(section.steps):
            row = _told(step, words, language, is_first=place == 0, names=names or {})
            row = row if section.is_known else {head: row[head] if head == words["step"] else None for head in row}
            rows.append(row if by is None else {words[by]: name if place == 0 else "", **row})
    click.echo(as_table(rows, list(rows[0])))


def _heading(walked: Walked, words: Mapping[str, str], language: str) -> str:
    order, window = walked.funnel.order, walked.funnel.window
    within = ""
    if window is not None:
        length = length_in_words(window / SECOND, language)
        within = words["window_any" if order == "any" else "window"].format(window=length)
    sizes = {"cases": f"{walked.cases:,}", "events": f"{len(walked.log.step):,}"}
    return words["of"].format(order=words[order], window=within, **sizes)


def print_losses(
    stopped: Sequence[Stopped], currency: str, language: str, names: Mapping[str, str] | None = None
) -> None:
    """Print for each step the reasons of the cases that were lost behind it, the dearest first."""
    words = WORDS[language]
    heads = [words["step"], words["reason"], words["lost"], words["money"].format(currency)]
    rows = [
        dict(zip(heads, ((names or {}).get(each.step, each.step), reason, loss.cases, money), strict=True))
        for each in stopped
        for loss in each.losses[:MOST_REASONS]
        for reason in (loss.reason or words["not_given"],)
        for money in (None if loss.money is None else round(loss.money),)
    ]
    if rows:
        click.echo(f"\n{words['losses']}")
        click.echo(as_table(rows, heads))


def _told(
    step: StepFigures, words: Mapping[str, str], language: str, *, is_first: bool, names: Mapping[str, str]
) -> Row:
    conversion = step.step_conversion
    interval = "" if is_first or conversion.low is None else f"{conversion.low:.1f}–{conversion.high:.1f}"
    name = names.get(step.step, step.step)
    cells = {
        "step": words["optional"].format(name) if step.is_optional else name,
        "cases": step.cases,
        "overall": step.overall.value,
        "step_conversion": None if is_first else conversion.value,
        "interval": interval,
        "dropped": step.dropped,
        "median_seconds": length_in_words(step.median_seconds, language),
        "median_seconds_from_first": length_in_words(step.median_seconds_from_first, language),
    }
    if step.money is not None:
        cells["worth"] = round(step.money)
    return {words[name]: cell for name, cell in cells.items()}
