"""Commands that answer: query, metrics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from textwrap import fill, shorten
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, day_of, format_option
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.query import Answer, Filter, Query

SCREEN = 110
MEANING_WIDTH = 60


@click.command()
@click.argument("metrics", metavar="METRIC...", nargs=-1, required=True)
@click.option(
    "--by", multiple=True, metavar="DIM", help="Cut by: employee, team, channel, day, week, month ...; repeatable."
)
@click.option("--from", "first", metavar="DATE", help="First day (YYYY-MM-DD), inside; alone: until today.")
@click.option("--to", "last", metavar="DATE", help="Last day (YYYY-MM-DD), inside.")
@click.option(
    "--where",
    multiple=True,
    metavar="DIM=VALUE",
    help="Only these; several values by commas or by repeating; DIM= is not given.",
)
@click.option(
    "--compare", type=click.Choice(["previous", "year"]), help="Add X_previous: the like period before, or a year ago."
)
@click.option(
    "--owner", type=click.Choice(["then", "now"]), default="then", show_default=True, help="Whose the records are."
)
@click.option("--intervals", is_flag=True, help="Add X_low and X_high (95 %) to shares.")
@click.option("--envelope", is_flag=True, help="JSON with columns, units, totals, data version and what was left out.")
@click.option(
    "--money", type=click.Choice(["number", "text"]), default="number", help="Money in JSON as numbers or decimal text."
)
@click.option("--sql", is_flag=True, help="Print the SQL instead of the answer.")
@company_option
@format_option
def query(metrics: tuple[str, ...], company: str | None, form: str, **options: Any) -> None:  # noqa: ANN401 - click's
    """Answer: METRICs, cut and filtered, over a period (all time where none is given)."""
    asked = Query(
        metrics=metrics,
        scope=Scope.everything(),
        by=options["by"],
        where=bootstrap.merged(Filter.parse(text) for text in options["where"]),
        compare=options["compare"],
        owner=options["owner"],
        intervals=options["intervals"],
    )
    first, last = day_of(options["first"], "--from"), day_of(options["last"], "--to")
    with bootstrap.built_metrics(company) as company_metrics:
        asked = replace(asked, period=_period(first, last, company_metrics.company.today))
        if options["sql"]:
            click.echo(company_metrics.explain(asked))
            return
        answer = company_metrics.query(asked)
    if options["envelope"]:
        click.echo(as_json(_envelope(answer, options["money"])))
    elif form == "table":
        _print_table(answer)
    else:
        print_rows(_money_as(answer.rows, options["money"]), form, _names(answer))


def _period(first: date | None, last: date | None, today: Callable[[], date]) -> Period | None:
    """Return the period from `first` to `last`, until today where no last day is given."""
    if first is None:
        if last is None:
            return None
        raise QuestionError("a period needs --from", do="Give its first day too, as in --from 2026-01-01")
    end = last or today()
    if end < first:
        raise QuestionError(f"the period ends before it begins: {first} to {end}")
    return Period(first, end)


def _names(answer: Answer) -> list[str]:
    """Return the keys of the answer's rows; of an empty answer those of its columns."""
    return list(answer.rows[0]) if answer.rows else [column.name for column in answer.columns]


def _money_as(rows: Sequence[Mapping[str, Any]], form: str) -> list[dict[str, Any]]:
    if form == "number":
        return [dict(row) for row in rows]
    return [{name: str(v) if isinstance(v, Decimal) else v for name, v in row.items()} for row in rows]


def _envelope(answer: Answer, money: str) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "title": {"ru": column.title.ru, "en": column.title.en},
            "unit": column.unit,
            "variant": column.variant,
            "since": column.since,
        }
        for column in answer.columns
    ]
    return {
        "columns": columns,
        "rows": _money_as(answer.rows, money),
        "totals": _money_as([answer.totals], money)[0],
        "data_version": answer.data_version,
        "as_of": answer.as_of,
        "left_out": [vars(item) for item in answer.left_out],
    }


def _print_table(answer: Answer) -> None:
    names = [
        name for name in _names(answer) if not (name.endswith("_id") and name.removesuffix("_id") in _names(answer))
    ]
    rows = [dict(row) for row in answer.rows]
    names = [name for name in names if not _is_unknown_everywhere(name, rows)]
    dimensions = [column.name for column in answer.columns if column.kind == "dimension"]
    if dimensions and len(rows) > 1:
        rows.append({**answer.totals, dimensions[0]: "TOTAL"})
    for row in rows:
        for name in dimensions:
            if row.get(name) is None and row.get(dimensions[0]) != "TOTAL":
                row[name] = "(not given)"
    click.echo(as_table(rows, names))
    for item in answer.left_out:
        note(f"{item.metric}: {item.reason}" + (f", {item.rows:,} rows left out" if item.rows else ""))


def _is_unknown_everywhere(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return name.endswith("_complete") and all(row.get(name) is None for row in rows) and bool(rows)


@click.group(invoke_without_command=True)
@company_option
@format_option
@click.pass_context
def metrics(context: click.Context, company: str | None, form: str) -> None:
    """List the metrics in force; `metrics explain NAME` says what one means."""
    context.obj = company
    if context.invoked_subcommand is not None:
        return
    catalogue, language = _catalogue(company), bootstrap.language_of(company)
    rows = [
        {
            "name": m.name,
            "title": m.title.ru if language == "ru" else m.title.en,
            "unit": m.unit,
            "meaning": f"{told.meaning} where {told.where}" if told.where else told.meaning,
        }
        for m in catalogue.listed()
        for told in [catalogue.explain(m.name)]
    ]
    if form == "table":
        rows = [row | {"meaning": shorten(row["meaning"], MEANING_WIDTH, placeholder=" …")} for row in rows]
    print_rows(rows, form)


@metrics.command("explain")
@click.argument("name", metavar="METRIC")
@company_option
@format_option
@click.option("--examples", is_flag=True, help="Show all worked examples, not only the first.")
@click.pass_context
def explain(context: click.Context, name: str, company: str | None, form: str, *, examples: bool) -> None:
    """Say what METRIC means: formula, grain, time, what it can be cut by, variants, worked examples."""
    told = _catalogue(company or context.obj).explain(name)
    lines = [
        ("name", told.name),
        ("title", f"{told.title.ru} / {told.title.en}"),
        ("unit", told.unit),
        ("question", f"{told.question.ru} / {told.question.en}" if told.question else None),
        ("better", told.better),
        ("meaning", told.meaning),
        ("where", told.where),
        ("grain", told.grain),
        ("time", told.axis),
        ("cut by", ", ".join(told.dimensions)),
        ("variant", told.variant),
        ("variants", ", ".join(told.variants)),
        ("since", told.since),
        ("defined in", told.place),
    ]
    said = {key: value for key, value in lines if value}
    if form == "json":
        click.echo(as_json(said))
        return
    width = max(len(key) for key in said)
    for key, value in said.items():
        hang = " " * (width + 2)
        click.echo(fill(f"{key:<{width}}  {value}", SCREEN, subsequent_indent=hang, break_long_words=False))
    shown = told.examples if examples else told.examples[:1]
    for example in shown:
        click.echo(f"\nExample: {example.entry.name}")
        for table, text in example.entry.given.items():
            click.echo(f"  {table}\n{_indented(text)}")
        click.echo(f"  gives\n{_indented(example.entry.expect)}")
    if len(shown) < len(told.examples):
        note(f"More worked examples ({len(told.examples) - len(shown)}): --examples")


def _indented(text: str) -> str:
    return "\n".join(f"    {line.rstrip()}" for line in text.strip().splitlines())


def _catalogue(company: str | None) -> Catalogue:
    """Return the metrics of the company, the built-in ones where no company is given or found."""
    folder = bootstrap.folder_if_any(company)
    return bootstrap.catalogue_of(folder)
