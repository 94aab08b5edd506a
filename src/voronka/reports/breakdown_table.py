"""A plan broken down as a table: a row for the company, each team and each person, a group of columns per step."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from voronka.analyses.breakdown import CHAIN, Breakdown, Part, Step
from voronka.metrics.answer import PART_TITLES, AnswerColumn, Row
from voronka.metrics.dimensions import Title
from voronka.metrics.query import Metrics
from voronka.reports.legend import title_of
from voronka.reports.page import Table

NEEDED = Title("Нужно: {ru}", "{en}: needed")
BELOW = Title("Сумма планов ниже: {ru}", "{en}: sum of the plans below")
DIFFERENCE = Title("План больше суммы на: {ru}", "{en}: plan above that sum")
RATE = Title("{above_ru} на единицу: {ru}", "{above_en} per one: {en}")
OWN_RATE = Title("{above_ru} на единицу, своё: {ru}", "{above_en} per one, own: {en}")
TRUST = Title("Доля своего, %: {ru}", "{en}: weight of the own rate, %")
PLACES = (
    AnswerColumn("level", Title("Уровень", "Level"), kind="dimension"),
    AnswerColumn("id", Title("id", "id"), kind="dimension"),
    AnswerColumn("name", Title("Название", "Name"), kind="dimension"),
    AnswerColumn("team_id", Title("Команда, id", "Team, id"), kind="dimension"),
    AnswerColumn("role", Title("Роль", "Role"), kind="dimension"),
    AnswerColumn("is_shared", Title("Доля общего плана", "A share of the plan above"), kind="dimension"),
)


def breakdown_table(made: Breakdown, metrics: Metrics) -> Table:
    """Return a row per person and team, in the teams' order, and the company's as totals."""
    rows: list[Row] = []
    for team in made.teams:
        members = [person for person in made.people if person.team_id == team.id]
        if members or any(step.planned is not None for step in team.steps):
            rows += [_row(team), *map(_row, members)]
    teams = {team.id for team in made.teams}
    rows += [_row(person) for person in made.people if person.team_id not in teams]
    return Table((*PLACES, *_columns(metrics)), tuple(rows), _row(made.company))


def _columns(metrics: Metrics) -> Iterator[AnswerColumn]:
    above_of = {metric: above for above, metric in pairwise(CHAIN)}
    for metric in CHAIN:
        unit, title = metrics.catalogue.metric(metric).unit, title_of(metrics, metric)
        words = {"ru": title.ru, "en": title.en}
        yield AnswerColumn(f"{metric}_needed", _said(NEEDED, words), unit)
        yield AnswerColumn(f"{metric}_plan", _said(PART_TITLES["plan"], words), unit)
        yield AnswerColumn(metric, title, unit)
        if metric in above_of:
            above = title_of(metrics, above_of[metric])
            of_above = "money" if metrics.catalogue.metric(above_of[metric]).unit == "money" else "ratio"
            words |= {"above_ru": above.ru, "above_en": above.en}
            yield AnswerColumn(f"{metric}_rate", _said(RATE, words), of_above)
            yield AnswerColumn(f"{metric}_rate_own", _said(OWN_RATE, words), of_above)
            yield AnswerColumn(f"{metric}_trust", _said(TRUST, words), "percent")
        yield AnswerColumn(f"{metric}_below", _said(BELOW, words), unit)
        yield AnswerColumn(f"{metric}_difference", _said(DIFFERENCE, words), unit)


def _said(title: Title, words: Mapping[str, str]) -> Title:
    return Title(title.ru.format(**words), title.en.format(**words))


def _row(part: Part) -> Row:
    places: Row = {
        "level": part.level,
        "id": part.id,
        "name": part.name or None,
        "team_id": part.team_id,
        "role": part.role,
        "is_shared": part.is_shared,
    }
    return places | {name: value for step in part.steps for name, value in _cells(step).items()}


def _cells(step: Step) -> Row:
    name, rate = step.metric, step.rate
    cells: Row = {f"{name}_needed": step.needed, f"{name}_plan": step.planned, name: step.done}
    if name != CHAIN[0]:
        cells |= {
            f"{name}_rate": rate.value if rate else None,
            f"{name}_rate_own": rate.own if rate else None,
            f"{name}_trust": 100 * rate.trust if rate else None,
        }
    return cells | {f"{name}_below": step.below, f"{name}_difference": step.difference}
