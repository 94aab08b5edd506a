"""Commands about what people expect of the steps of the process: hypothesis."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import click

from voronka import bootstrap
from voronka.bootstrap import People
from voronka.cli.journey_options import ENTITIES
from voronka.cli.options import company_option, day_of, format_option
from voronka.cli.people import people_of
from voronka.cli.printing import as_json, print_rows
from voronka.domain.durations import length_of
from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import KINDS, Bound, Chosen, Claim, Ending, Kind
from voronka.domain.scope import Scope
from voronka.metrics.journeys import AXES
from voronka.metrics.question import Filter, merged
from voronka.pipeline.stating import end_hypothesis, state_hypothesis
from voronka.reports.workshop import Workshop
from voronka.reports.workshop_rows import found_row, hypothesis_rows, names_of, state_said
from voronka.reports.workshop_words import Names

DAYS = re.compile(r"[0-9] *(w|d|н|д)", re.IGNORECASE)
"""A length in weeks or days."""
HEADS: Mapping[str, tuple[str, ...]] = {
    "ru": ("№", "гипотеза", "случаи", "сейчас", "вердикт", "случаев", "введена", "кто"),
    "en": ("no.", "hypothesis", "cases meant", "now", "verdict", "cases", "entered", "by"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {"none": "Гипотез нет.", "entered": "№ {id}: {statement}", "found": "Сейчас: {measured}, {said}"},
    "en": {"none": "No hypotheses.", "entered": "No. {id}: {statement}", "found": "Now: {measured}, {said}"},
}


@dataclass(frozen=True)
class _Bench:
    """The workshop of one company, opened: its hypotheses, its figures, its words."""

    people: People
    workshop: Workshop
    names: Names
    zone: ZoneInfo

    def rows(self, pipeline: str | None, *, ended: bool) -> list[dict[str, Any]]:
        wanted = [
            each
            for each in self.people.hypotheses.entered()
            if (ended or each.ended is None) and (pipeline is None or each.claim.chosen.pipeline == pipeline)
        ]
        return hypothesis_rows(self.workshop, wanted, self.names, self._local)

    def _local(self, moment: datetime) -> datetime:
        return moment.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None)


@contextmanager
def _bench(company: str | None) -> Iterator[_Bench]:
    with bootstrap.built_metrics(company) as metrics, people_of(company) as people:
        workshop = Workshop(metrics, Scope.everything())
        names = names_of(workshop, bootstrap.language_of(company), bootstrap.folder_of(company))
        yield _Bench(people, workshop, names, ZoneInfo(metrics.company.zone))


@click.group()
def hypothesis() -> None:
    """Enter what you expect of the steps of your process, and see whether the data bear it out."""


@hypothesis.command("add")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("step", metavar="STEP")
@click.argument("to", metavar="[TO]", required=False, default="")
@click.option("--at-most", metavar="VALUE", help="2d or 36h of time, else percent: 10%.")
@click.option("--at-least", metavar="VALUE", help="The same, from below.")
@click.option("--why", metavar="TEXT", required=True, help="Why you expect it.")
@click.option("--working", is_flag=True, help="With time: the company's working time, in hours.")
@click.option("--pipeline", metavar="ID", default="", help="Cases of this pipeline; needed for skip.")
@click.option("--entity", type=click.Choice(ENTITIES), default=ENTITIES[0], show_default=True, help="What a case is.")
@click.option("--axis", type=click.Choice(AXES), default=AXES[0], show_default=True, help="The day of a case.")
@click.option("--from", "first", metavar="DATE", help="Cases from this day on (YYYY-MM-DD), inside.")
@click.option("--to", "last", metavar="DATE", help="Cases until this day, inside; default: until today at each look.")
@click.option("--team", metavar="NAME", help="Whose it is: a team's name or id; default: the company's.")
@click.option("--where", multiple=True, metavar="DIM=VALUE", help="Only these cases; repeatable.")
@company_option
def add(company: str | None, **asked: Any) -> None:  # noqa: ANN401 - click's
    """Enter that it takes at most so long from STEP to TO, or that at least so many get there.

    time: the median time from STEP to TO. reach: of the cases at STEP those that came to TO later. return: of the cases
    at STEP those that were at TO afterwards. skip: of all cases those that leave out the stage STEP.
    """
    bound, value = _expected(asked)
    claim = Claim(
        kind=cast("Kind", asked["kind"]),
        step=asked["step"],
        to=asked["to"],
        bound=bound,
        value=value,
        clock="working" if asked["working"] else "calendar",
        chosen=Chosen(
            pipeline=asked["pipeline"],
            entity=asked["entity"],
            axis=asked["axis"],
            first=day_of(asked["first"], "--from"),
            last=day_of(asked["last"], "--to"),
            team=asked["team"],
            where=tuple((each.dimension, each.values) for each in merged(Filter.parse(one) for one in asked["where"])),
        ),
    )
    with _bench(company) as bench:
        known = bench.workshop.understood(claim)
        made = state_hypothesis(bench.people.hypotheses, known, asked["why"], bench.workshop.look([known])[0])
        words = WORDS[bench.names.language]
        click.echo(words["entered"].format(id=made.hypothesis_id, statement=bench.names.statement(known)))
        click.echo(words["found"].format(**(found_row(known, made.found, bench.names) or {})))


@hypothesis.command("list")
@click.option("--all", "everything", is_flag=True, help="Show closed and withdrawn ones too, as they were found then.")
@click.option("--pipeline", metavar="ID", help="Only those of this pipeline.")
@company_option
@format_option
def show(company: str | None, form: str, *, everything: bool, pipeline: str | None) -> None:
    """List the hypotheses, the newest first, each held against the data as they are now."""
    with _bench(company) as bench:
        rows = bench.rows(pipeline, ended=everything)
    if form == "json":
        click.echo(as_json(rows))
    elif not rows and form == "table":
        click.echo(WORDS[bench.names.language]["none"])
    else:
        heads = HEADS[bench.names.language if form == "table" else "en"]
        print_rows([dict(zip(heads, _cells(row, bench.names), strict=True)) for row in rows], form, heads)


@hypothesis.command("close")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--words", metavar="TEXT", default="", help="What came of it.")
@company_option
def close(number: int, words: str, company: str | None) -> None:
    """Close the hypothesis NUMBER; it stays, with what the data say of it now."""
    _end(company, number, "closed", words)


@hypothesis.command("withdraw")
@click.argument("number", type=click.IntRange(min=1))
@click.option("--words", metavar="TEXT", default="", help="Why it is taken back.")
@company_option
def withdraw(number: int, words: str, company: str | None) -> None:
    """Take the hypothesis NUMBER back, as one that should not have been entered; it stays, and says so."""
    _end(company, number, "withdrawn", words)


def _end(company: str | None, number: int, ending: Ending, words: str) -> None:
    with _bench(company) as bench:
        kept = bench.people.hypotheses
        found = kept.of_id(number)
        ended = end_hypothesis(kept, number, ending, words, bench.workshop.look([found.claim])[0])
        click.echo(f"{number}: {state_said(ending, bench.names)}")
        said = found_row(found.claim, ended.found, bench.names) or {}
        click.echo(WORDS[bench.names.language]["found"].format(**said))


def _expected(asked: Mapping[str, Any]) -> tuple[Bound, float]:
    """Return the side and the limit that are asked for, in seconds or percent."""
    given = [(bound, asked[name]) for bound, name in (("most", "at_most"), ("least", "at_least")) if asked[name]]
    if len(given) != 1:
        raise QuestionError("a hypothesis has one limit", do="Give one of --at-most and --at-least")
    bound, text = given[0]
    if asked["working"] and DAYS.search(text):
        raise QuestionError(f"a day of working time is not 24 hours: {text}", do="Give hours, as in 16h")
    value = length_of(text) if asked["kind"] == "time" else _percent(text)
    if value is None:
        do = "Write 2d or 36h" if asked["kind"] == "time" else "Write 10%"
        raise QuestionError(f"not a limit of {asked['kind']}: {text}", do=do)
    return cast("Bound", bound), value


def _percent(text: str) -> float | None:
    try:
        return float(text.strip().removesuffix("%").strip().replace(",", "."))
    except ValueError:
        return None


def _cells(row: Mapping[str, Any], names: Names) -> tuple[Any, ...]:
    found = row["now"] or row["ended"]["found"]
    said = found["said"] if row["ended"] is None else f"{state_said(row['state'], names)}: {found['said']}"
    entered = f"{row['at']:%Y-%m-%d}"
    return row["id"], row["statement"], row["of"], found["measured"], said, found["cases"], entered, row["by"]
