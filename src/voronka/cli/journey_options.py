"""The options by which commands about a process choose cases of the company's own, where no file is named."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

import click

from voronka.cli.options import period_of
from voronka.cli.printing import note
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.journeys import AXES, USUAL, Entity, JourneysQuery, Kind
from voronka.metrics.question import Filter, merged

F = TypeVar("F", bound=Callable[..., Any])
Option = Callable[[Any], Any]
ENTITIES, KINDS = get_args(Entity), get_args(Kind)
OWN = ("pipeline", "entity", "kinds", "first", "last", "axis", "where")
"""The names of these options; each is empty where it is not given."""
UNTOLD: Mapping[str, str] = {
    "ru": "Случаев, о которых известен только нынешний этап: {}. Через какие этапы они прошли, здесь не учтено:"
    " загрузите журнал изменений или столбцы с датами этапов (см. `voronka history`).",
    "en": "Cases of which only the present stage is known: {}. Stages they went through do not count here: load a log"
    " of changes or columns with the dates of stages (see `voronka history`).",
}


def journey_options(command: F) -> F:
    """Add the options that choose the company's own cases, where a file may be named too."""
    pipeline = click.option(
        "--pipeline", metavar="ID", default="", help="Without --log: cases of this pipeline of yours."
    )
    kinds = click.option(
        "--kind",
        "kinds",
        type=click.Choice(KINDS),
        multiple=True,
        help=f"What counts as a step; repeatable; default: {', '.join(USUAL)}.",
    )
    return _with(command, pipeline, _entity(), kinds, *_chosen())


def case_options(command: F) -> F:
    """Add the options that choose the company's own cases; what counts as a step is the command's own matter."""
    pipeline = click.option("--pipeline", metavar="ID", default="", help="Only cases that were in this pipeline.")
    return _with(command, pipeline, _entity(), *_chosen())


def note_untold(cases: int, language: str) -> None:
    """Print beside the data of how many cases it is not known through which stages they went, if of any."""
    if cases:
        note(UNTOLD[language].format(f"{cases:,}"))


def _entity() -> Option:
    return click.option("--entity", type=click.Choice(ENTITIES), help="What a case is; journey: a lead with its deals.")


def _chosen() -> tuple[Option, ...]:
    return (
        click.option("--from", "first", metavar="DATE", help="Cases from this day on (YYYY-MM-DD), inside."),
        click.option("--to", "last", metavar="DATE", help="Cases until this day (YYYY-MM-DD), inside."),
        click.option("--axis", type=click.Choice(AXES), help="The day of a case: created, as by default, or closed."),
        click.option("--where", multiple=True, metavar="DIM=VALUE", help="Only these cases; repeatable."),
    )


def _with(command: F, *options: Option) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def refuse_own(asked: Mapping[str, Any]) -> None:
    """Refuse options of the company's own cases beside a file."""
    names = {"kinds": "kind", "first": "from", "last": "to"}
    given = [f"--{names.get(name, name)}" for name in OWN if asked[name]]
    if given:
        raise QuestionError(
            f"{', '.join(given)} is of your own cases, not of a file", do="Leave it out, or leave --log out"
        )


def journeys_asked(asked: Mapping[str, Any], today: Callable[[], date]) -> JourneysQuery:
    """Return the question that the options of `journey_options` ask."""
    return JourneysQuery(
        scope=Scope.everything(),
        where=merged(Filter.parse(text) for text in asked["where"]),
        period=period_of(asked["first"], asked["last"], today),
        axis=asked["axis"] or AXES[0],
        entity=asked["entity"] or ENTITIES[0],
        kinds=asked.get("kinds") or USUAL,
        pipeline=asked["pipeline"],
    )
