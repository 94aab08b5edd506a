"""The command that answers: figures, and the records behind one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option, period_of
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.query import Answer, Filter, Metrics, Query
from voronka.metrics.question import merged
from voronka.metrics.records import Records, RecordsQuery
from voronka.metrics.unknown import unknown_values
from voronka.pipeline.sentences import sentence_in

MOST_RECORDS = 100_000
"""How many records are printed at once."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "total": "ИТОГО",
        "not_given": "(не указано)",
        "unknown": "{name}: – неизвестно: {reason}. voronka metrics explain {name}",
        "records": "Записи {first}-{last} из {total}: {of}",
        "no_records": "Записей здесь нет: {of}",
        "more": "Дальше: --offset {last}",
        "parts": "Другие части: {parts}: --part",
        "variant": "{name}: вариант {variant}",
        "variant_since": "{name}: вариант {variant} с {since}",
        "left_out": ", не вошло строк: {n}",
    },
    "en": {
        "total": "TOTAL",
        "not_given": "(not given)",
        "unknown": "{name}: – is unknown: {reason}. voronka metrics explain {name}",
        "records": "Records {first}-{last} of {total}: {of}",
        "no_records": "No records here: {of}",
        "more": "The next: --offset {last}",
        "parts": "Other parts: {parts}: --part",
        "variant": "{name}: variant {variant}",
        "variant_since": "{name}: variant {variant} since {since}",
        "left_out": ", {n} rows left out",
    },
}
"""What is said of an answer, by language."""


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
@click.option("--records", is_flag=True, help="Print the records behind the one METRIC named, a page of them.")
@click.option("--part", metavar="METRIC", default="", help="Of a formula: the part whose records; default: the first.")
@click.option("--sort", metavar="COLUMN", default="", help="Of records: the column to sort by; default: their time.")
@click.option("--limit", type=click.IntRange(1, MOST_RECORDS), default=50, show_default=True, help="Records a page.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="Records to pass over.")
@company_option
@format_option
def query(metrics: tuple[str, ...], company: str | None, form: str, **options: Any) -> None:  # noqa: ANN401 - click's
    """Answer: METRICs, cut and filtered, over a period (all time where none is given).

    Beside a METRIC there are METRIC_plan, METRIC_attainment, METRIC_pace and, of a period's end, METRIC_forecast with
    METRIC_forecast_low and METRIC_forecast_high.
    """
    asked = Query(
        metrics=metrics,
        scope=Scope.everything(),
        by=options["by"],
        where=merged(Filter.parse(text) for text in options["where"]),
        compare=options["compare"],
        owner=options["owner"],
        intervals=options["intervals"],
    )
    with bootstrap.built_metrics(company) as company_metrics:
        asked = replace(asked, period=period_of(options["first"], options["last"], company_metrics.company.today))
        if company_metrics.catalogue.notice:
            note(company_metrics.catalogue.notice)
        if options["records"]:
            _print_records(company_metrics, asked, form, options)
            return
        if options["sql"]:
            click.echo(company_metrics.explain(asked))
            return
        answer = company_metrics.query(asked)
        unknown = unknown_values(company_metrics, answer) if form == "table" and not options["envelope"] else {}
    if options["envelope"]:
        click.echo(as_json(_envelope(answer, options["money"])))
    elif form == "table":
        _print_table(answer)
        for name, reason in unknown.items():
            note(WORDS[spoken()]["unknown"].format(name=name, reason=sentence_in(spoken(), reason)))
    else:
        print_rows(_money_as(answer.rows, options["money"]), form, _names(answer))


def _print_records(company_metrics: Metrics, asked: Query, form: str, options: Mapping[str, Any]) -> None:
    """Print a page of the records behind a figure, and on stderr which of how many they are."""
    _check_records(asked, sql=options["sql"])
    listed = company_metrics.records(
        RecordsQuery(
            metric=asked.metrics[0],
            scope=asked.scope,
            part=options["part"],
            where=asked.where,
            period=asked.period,
            owner=asked.owner,
            limit=options["limit"],
            offset=options["offset"],
            sort=options["sort"],
        )
    )
    names = ["id", *(column.name for column in listed.columns), "url"]
    if options["envelope"]:
        click.echo(as_json(_listed(listed, options["money"])))
    else:
        shown = [name for name in names if form != "table" or any(row.get(name) is not None for row in listed.rows)]
        print_rows(_money_as(listed.rows, options["money"]), form, shown or names)
    _say_where(listed)


def _check_records(asked: Query, *, sql: bool) -> None:
    strange = {"--by": asked.by, "--compare": asked.compare, "--intervals": asked.intervals, "--sql": sql}
    given = [option for option, value in strange.items() if value]
    if given:
        raise QuestionError(
            f"--records has no {', '.join(given)}", do="Narrow the records with --where and --from, --to"
        )
    if len(asked.metrics) != 1:
        raise QuestionError(f"--records are of one metric, not of {len(asked.metrics)}", do="Name the one")


def _listed(listed: Records, money: str) -> dict[str, Any]:
    columns = [{"name": c.name, "title": vars(c.title), "kind": c.kind} for c in listed.columns]
    return vars(listed) | {
        "parts": [{"name": part.name, "title": vars(part.title)} for part in listed.parts],
        "columns": columns,
        "rows": _money_as(listed.rows, money),
    }


def _say_where(listed: Records) -> None:
    first, last = listed.offset + 1, listed.offset + len(listed.rows)
    of = f"{listed.part} ({listed.metric})" if listed.part != listed.metric else listed.metric
    words, told = WORDS[spoken()], {"first": f"{first:,}", "last": f"{last:,}", "total": f"{listed.total:,}"}
    note((words["records"] if listed.rows else words["no_records"]).format(**told, of=of))
    if last < listed.total and listed.rows:
        note(words["more"].format(last=last))
    if len(listed.parts) > 1:
        others = ", ".join(part.name for part in listed.parts if part.name != listed.part)
        note(words["parts"].format(parts=others))


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
    words = WORDS[spoken()]
    names = [
        name for name in _names(answer) if not (name.endswith("_id") and name.removesuffix("_id") in _names(answer))
    ]
    rows = [dict(row) for row in answer.rows]
    names = [name for name in names if not _is_unknown_everywhere(name, rows)]
    dimensions = [column.name for column in answer.columns if column.kind == "dimension"]
    if dimensions and len(rows) > 1:
        rows.append({**answer.totals, dimensions[0]: words["total"]})
    for row in rows:
        for name in dimensions:
            if row.get(name) is None and row.get(dimensions[0]) != words["total"]:
                row[name] = words["not_given"]
    click.echo(as_table(rows, names))
    for column in answer.columns:
        if column.variant and column.since:
            note(words["variant_since"].format(name=column.name, variant=column.variant, since=column.since))
        elif column.variant:
            note(words["variant"].format(name=column.name, variant=column.variant))
    for item in answer.left_out:
        counted = words["left_out"].format(n=f"{item.rows:,}") if item.rows else ""
        note(f"{item.metric}: {item.reason}{counted}")


def _is_unknown_everywhere(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return name.endswith("_complete") and all(row.get(name) is None for row in rows) and bool(rows)
