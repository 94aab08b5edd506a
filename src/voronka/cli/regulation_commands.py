"""The command that tells how regulations are kept: sla."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option, period_of
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.scope import Scope
from voronka.metrics.query import Filter, Metrics, Query
from voronka.metrics.question import merged
from voronka.reports.coded import word_of
from voronka.reports.regulations import FIGURES, Row, Unregulated, in_force, kept, live, unregulated

LIVE_COLUMNS = (
    *("regulation", "state", "entity", "id", "title", "employee", "employee_id", "since", "due_at"),
    *("minutes_over", "url"),
)
HOUR = 60
PAGE = 50
"""How many records the table lists where nothing else is said."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "language": "ru",
        "regulation": "регламент",
        "due": "сроков",
        "kept": "в срок",
        "breached": "нарушено",
        "waiting": "срок идёт",
        "within": "в срок, %",
        "median_minutes": "обычно занимает",
        "never": "просрочено и не сделано",
        "unsure": "неизвестно, в срок ли",
        "state": "состояние",
        "overdue": "просрочено",
        "entity": "запись",
        "title": "название",
        "employee": "кто",
        "since": "с какого времени",
        "due_at": "срок",
        "over": "просрочено на (осталось)",
        "url": "открыть",
        "nothing": "Сейчас никто ничего не ждёт.",
        "limit": "{title} ({id}): {length}, {clock}; владелец: {owner}, версия: {version}, пересмотрен: {reviewed}",
        "unsaid": "не указан",
        "working": "рабочее время",
        "calendar": "календарное время",
        "shift": "время смен",
        "steps": "Без регламента шаги воронки «{pipeline}»: {steps}",
        "more": "Показано {shown} из {total}; все — с --limit {total} или в --format json",
        "not_given": "(не указано)",
        "left": "ещё {length}",
        "hours": "ч",
        "minutes": "мин",
    },
    "en": {
        "language": "en",
        "regulation": "regulation",
        "due": "due",
        "kept": "kept",
        "breached": "breached",
        "waiting": "waiting",
        "within": "within, %",
        "median_minutes": "usually takes",
        "never": "never done",
        "unsure": "not known if kept",
        "state": "state",
        "overdue": "overdue",
        "entity": "record",
        "title": "name",
        "employee": "who",
        "since": "since",
        "due_at": "due",
        "over": "over by (left)",
        "url": "open",
        "nothing": "Nobody waits for anything now.",
        "limit": "{title} ({id}): {length}, {clock}; owner: {owner}, version: {version}, last review: {reviewed}",
        "unsaid": "not given",
        "working": "working time",
        "calendar": "calendar time",
        "shift": "time of shifts",
        "steps": "Steps of the pipeline “{pipeline}” without a regulation: {steps}",
        "more": "{shown} of {total} are shown; all of them with --limit {total} or in --format json",
        "not_given": "(not given)",
        "left": "{length} left",
        "hours": "h",
        "minutes": "min",
    },
}
"""What the tables' heads and the sentences around them are called, in the company's language."""
Words = Mapping[str, str]


@click.command()
@click.option("--by", multiple=True, metavar="DIM", help="Cut by: employee, team, channel, day, month ...; repeatable.")
@click.option("--from", "first", metavar="DATE", help="First day (YYYY-MM-DD), inside, of when limits began.")
@click.option("--to", "last", metavar="DATE", help="Last day (YYYY-MM-DD), inside.")
@click.option(
    "--where",
    multiple=True,
    metavar="DIM=VALUE",
    help="Only these: regulation=first_response, team=West; several values by commas; DIM= is not given.",
)
@click.option("--live", "is_live", is_flag=True, help="List what is overdue and what is due now, with whose it is.")
@click.option("--limit", type=click.IntRange(1), help=f"Records of --live; default: {PAGE} in a table, else all.")
@click.option("--envelope", is_flag=True, help="JSON with the regulations, the steps that have none, and data version.")
@company_option
@format_option
def sla(company: str | None, form: str, **options: Any) -> None:  # noqa: ANN401 - click's
    """Say how regulations (SLA) are kept: what was due, in time, late, never done, and how long it takes.

    They are the settings' own (first response, acceptance, calling back, next step) and those of pipelines/*.yml.
    """
    words = WORDS[spoken()]
    with bootstrap.built_metrics(company) as metrics:
        asked = Query(
            metrics=("dues",),
            scope=Scope.everything(),
            by=options["by"],
            where=merged(Filter.parse(text) for text in options["where"]),
            period=period_of(options["first"], options["last"], metrics.company.today),
        )
        if options["is_live"]:
            found = live(metrics, asked, bootstrap.record_links_of(company))
            if form == "table":
                _print_live(found, in_force(metrics, asked), options["limit"] or PAGE, words)
            else:
                print_rows(found[: options["limit"]], form, LIVE_COLUMNS)
        elif options["envelope"]:
            click.echo(as_json(_envelope(metrics, asked)))
        else:
            _print_kept(metrics, asked, form, words)


def _print_kept(metrics: Metrics, asked: Query, form: str, words: Words) -> None:
    rows = kept(metrics, asked)
    cuts = [name for name in (rows[0] if rows else ()) if name != "regulation" and name not in FIGURES]
    if form != "table":
        print_rows(rows, form, ["regulation", *cuts, *FIGURES])
        return
    known = in_force(metrics, asked)
    titles = titles_of(known)
    shown = [name for name in cuts if not (name.endswith("_id") and name.removesuffix("_id") in cuts)]
    figures = [name for name in FIGURES if name != "unsure" or any(row[name] for row in rows)]
    cells = [
        {words["regulation"]: titles.get(row["regulation"], row["regulation"])}
        | {name: words["not_given"] if row[name] is None else row[name] for name in shown}
        | {words[name]: _figure(name, row[name], words) for name in figures}
        for row in rows
    ]
    click.echo(as_table(cells, [words["regulation"], *shown, *(words[name] for name in figures)]))
    for row in known:
        note(_limit(row, words))
    for each in unregulated(metrics, asked):
        note(words["steps"].format(pipeline=getattr(each.title, words["language"]), steps=", ".join(_steps(each))))


def titles_of(known: Sequence[Row]) -> dict[str, str]:
    """Return what regulations are called by their ids; those of one title are told apart by the id behind it."""
    count = Counter(row["title"] for row in known)
    return {
        row["regulation_id"]: f"{row['title']} ({row['regulation_id']})" if count[row["title"]] > 1 else row["title"]
        for row in known
    }


def _steps(found: Unregulated) -> list[str]:
    """Return what the steps are called in the language spoken."""
    language = spoken()
    return [getattr(step, language) for step in found.steps]


def _figure(name: str, value: Any, words: Words) -> object:  # noqa: ANN401 - a number or nothing
    if name != "median_minutes" or value is None:
        return value
    return _time(value, words)


def _time(minutes: float, words: Words) -> str:
    """Return a length in hours and minutes: a day of working time is no day of the calendar."""
    hours, left = divmod(round(minutes), HOUR)
    said = [f"{hours:,} {words['hours']}"] if hours else []
    return " ".join([*said, f"{left} {words['minutes']}"] if left or not hours else said)


def _limit(row: Mapping[str, Any], words: Words) -> str:
    """Return what a regulation asks for and who answers for it."""
    return words["limit"].format(
        title=row["title"],
        id=row["regulation_id"],
        length=_time(row["minutes"], words),
        clock=words[row["clock"]],
        owner=row["owner"] or words["unsaid"],
        version=row["version"] or words["unsaid"],
        reviewed=row["reviewed_on"] or words["unsaid"],
    )


def _print_live(rows: Sequence[Row], known: Sequence[Row], limit: int, words: Words) -> None:
    if not rows:
        click.echo(words["nothing"])
        return
    titles = titles_of(known)
    names = ("regulation", "state", "entity", "title", "employee", "since", "due_at", "over", "url")
    cells = [{words[name]: _told(name, row, titles, words) for name in names} for row in rows[:limit]]
    heads = [words[name] for name in names if any(cell[words[name]] is not None for cell in cells)]
    click.echo(as_table(cells, heads))
    if len(cells) < len(rows):
        note(words["more"].format(shown=len(cells), total=len(rows)))


def _told(name: str, row: Row, titles: Mapping[str, str], words: Words) -> object:
    """Return a value of a live record as people read it."""
    if name == "over":
        length = _time(abs(row["minutes_over"]), words)
        return length if row["state"] == "overdue" else words["left"].format(length=length)
    if name == "regulation":
        return titles.get(row["regulation"], row["regulation"])
    if name == "entity":
        word = word_of("entity", row["entity"])
        return getattr(word, words["language"]) if word else row["entity"]
    if name == "title":
        return row["title"] or row["id"]
    if name in ("since", "due_at"):
        return row[name] and row[name].isoformat(" ", "minutes")
    return words[row["state"]] if name == "state" else row[name]


def _envelope(metrics: Metrics, asked: Query) -> dict[str, Any]:
    answer = metrics.query(asked)
    return {
        "rows": kept(metrics, asked),
        "regulations": in_force(metrics, asked),
        "steps_without": [{"pipeline": each.pipeline, "steps": _steps(each)} for each in unregulated(metrics, asked)],
        "data_version": answer.data_version,
        "known_until": metrics.known_until(),
    }
