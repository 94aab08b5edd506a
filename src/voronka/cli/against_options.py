"""The options by which the path of your cases is held against that of others, and what is printed of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import click

from voronka.cli.options import period_of
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.domain.durations import length_in_words
from voronka.domain.errors import QuestionError
from voronka.metrics.journeys import JourneysQuery
from voronka.metrics.question import Filter, merged
from voronka.reports.path_compared import (
    ComparedPaths,
    Row,
    difference_words,
    plain_difference,
    share_rows,
    time_rows,
)

F = TypeVar("F", bound=Callable[..., Any])
REST = "rest"
GIVEN = ("against", "against_first", "against_last")
HEADS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "from": "от",
        "to": "до",
        "share_one": "первые, %",
        "share_other": "вторые, %",
        "points": "разница, п. п.",
        "median_one": "первые",
        "median_other": "вторые",
        "beyond": "не случайно",
        "whole": "Случаев: {one} против {other}; сравнений: {compared}, вместе ложных не больше 5 % (Холм).",
        "shares": "Шаги и переходы",
        "times": "Сроки",
    },
    "en": {
        "from": "from",
        "to": "to",
        "share_one": "the one, %",
        "share_other": "the other, %",
        "points": "points",
        "median_one": "the one",
        "median_other": "the other",
        "beyond": "beyond chance",
        "whole": "Cases: {one} against {other}; comparisons: {compared}, together at most 5 % false (Holm).",
        "shares": "Steps and edges",
        "times": "Times",
    },
}
"""The tables' heads and the lines above them, in the company's language."""


def against_options(command: F) -> F:
    """Add the options that choose the cases to compare with."""
    options = (
        click.option(
            "--against",
            multiple=True,
            metavar="DIM=VALUE",
            help=f"Compare with these cases (--where outcome=won --against outcome=lost) or the {REST}; repeatable.",
        ),
        click.option("--against-from", "against_first", metavar="DATE", help="Compare with cases from this day on."),
        click.option("--against-to", "against_last", metavar="DATE", help="Compare with cases until this day."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def other_asked(asked: Mapping[str, Any], one: JourneysQuery, today: Callable[[], date]) -> JourneysQuery | None:
    """Return the question of the cases to compare with: the one's with other filters or days, None where none is asked.

    `rest` is all cases of the same days and pipeline.
    """
    if not any(asked[name] for name in GIVEN):
        return None
    if REST in asked["against"]:
        if len(asked["against"]) > 1 or not one.where:
            raise QuestionError(f"--against {REST} is the rest of --where", do="Leave other filters out of --against")
        other = replace(one, where=())
    else:
        named = merged(Filter.parse(text) for text in asked["against"])
        replaced = {each.dimension for each in named}
        other = replace(one, where=(*(each for each in one.where if each.dimension not in replaced), *named))
    if asked["against_first"] or asked["against_last"]:
        other = replace(other, period=period_of(asked["against_first"], asked["against_last"], today))
    return other


def print_compared(found: ComparedPaths, form: str, top: int, names: Mapping[str, str], language: str) -> None:
    """Print what differs: sentences and tables for people, everything as JSON, steps and edges as CSV."""
    told = found.difference
    if form == "json":
        click.echo(as_json({**plain_difference(told), "titles": dict(names)}))
        return
    if form == "csv":
        print_rows(share_rows(told), form)
        return
    words = HEADS[language]
    for line in difference_words(told, names, language):
        click.echo(line)
    if not told.is_enough:
        return
    note(words["whole"].format(one=told.cases_one, other=told.cases_other, compared=told.compared))
    _table(
        "shares",
        [_cells(row, ("share_one", "share_other", "points"), names, words) for row in share_rows(told)],
        top,
        words,
    )
    times = [{**row, **_lengths(row, language)} for row in time_rows(told)]
    _table("times", [_cells(row, ("median_one", "median_other"), names, words) for row in times], top, words)


def _lengths(row: Row, language: str) -> Row:
    return {name: length_in_words(row[name], language) for name in ("median_one", "median_other")}


def _cells(row: Row, figures: tuple[str, ...], names: Mapping[str, str], words: Mapping[str, str]) -> Row:
    ends = {words[end]: names.get(row[end], row[end]) for end in ("from", "to")}
    return {**ends, **{words[name]: row[name] for name in figures}, words["beyond"]: row["is_beyond_chance"]}


def _table(part: str, rows: list[Row], top: int, words: Mapping[str, str]) -> None:
    if rows:
        click.echo(f"\n{words[part]}")
        click.echo(as_table(rows[:top] if top else rows, list(rows[0])))
