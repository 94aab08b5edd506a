"""Commands about definitions: which metrics there are, what one means, what is wrong with a company's own."""

from collections.abc import Mapping
from textwrap import fill, shorten
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.domain.errors import DefinitionError
from voronka.domain.scope import Scope
from voronka.metrics.catalogue import Catalogue, Explanation
from voronka.metrics.definition import Alternative, Example
from voronka.metrics.dimensions import Title
from voronka.metrics.examples import Grid
from voronka.metrics.query import Query
from voronka.reports.definition_words import told
from voronka.reports.tables import Language, in_words

SCREEN = 110
MEANING_WIDTH = 60

PARTS = Title("Из чего складывается", "Stands on")
EXAMPLE = Title("Пример", "Example")
GIVES = Title("получается", "gives")


@click.group(invoke_without_command=True)
@company_option
@format_option
@click.pass_context
def metrics(context: click.Context, company: str | None, form: str) -> None:
    """List the metrics in force; `metrics explain NAME` says what one means, `metrics check` what is wrong with own."""
    context.obj = company
    if context.invoked_subcommand is not None:
        return
    catalogue = _catalogue(company)
    language = _language(None)
    rows = [_listed(catalogue, name, language) for name in catalogue.names]
    if form == "table":
        shown = ("name", "title", "unit", "meaning")
        cut = [row | {"meaning": shorten(row["meaning"], MEANING_WIDTH, placeholder=" …")} for row in rows]
        print_rows(cut, form, shown)
    else:
        print_rows(rows, form)


def _listed(catalogue: Catalogue, name: str, language: Language) -> dict[str, Any]:
    known = catalogue.explain(name)
    return {
        "name": known.name,
        "title": in_words(known.title, language),
        "unit": known.unit,
        "meaning": f"{known.meaning} where {known.where}" if known.where else known.meaning,
        "definition": in_words(known.definition, language) if known.definition else None,
        "variant": known.variant,
        "since": known.since,
        "examples": len(known.examples),
        "file": known.place,
    }


@metrics.command("explain")
@click.argument("name", metavar="METRIC")
@company_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to print.")
@click.option("--language", type=click.Choice(["ru", "en"]), help="Of the words; default: the company's.")
@click.option("--examples", is_flag=True, help="Show all worked examples, not only the first.")
@click.option("--sql", is_flag=True, help="Print the SQL by which the company's figure is found, of all time.")
@click.pass_context
def explain(  # noqa: PLR0913 - click gives each option as a parameter
    context: click.Context,
    name: str,
    company: str | None,
    form: str,
    language: str | None,
    *,
    examples: bool,
    sql: bool,
) -> None:
    """Say what METRIC means: in words, its formula and parts, date, cuts, variants, worked examples."""
    company = company or context.obj
    if sql:
        click.echo(_sql(name, company))
        return
    catalogue = _catalogue(company)
    known = catalogue.explain(name)
    if form == "json":
        click.echo(as_json(_plain(known) | {"examples": [_plain_example(each) for each in known.examples]}))
        return
    spoken = _language(language)
    _print_words(catalogue, known, spoken)
    _print_parts(known, spoken)
    shown = known.examples if examples else known.examples[:1]
    for example in shown:
        _print_example(example, spoken)
    if len(shown) < len(known.examples):
        note(f"More worked examples ({len(known.examples) - len(shown)}): --examples")


@metrics.command("check")
@company_option
@click.pass_context
def check(context: click.Context, company: str | None) -> None:
    """Say whether the company's own metrics are whole and their worked examples come out as their files say.

    Exit code 2 where one is not, with the file, the line and the cure.
    """
    company = company or context.obj
    catalogue = bootstrap.checked_catalogue(company)
    examples, faults = bootstrap.example_faults(company)
    if faults:
        for fault in faults:
            note(fault)
        message = f"{len(faults)} of what {_counted(examples)} of the own metrics expect does not come out"
        raise DefinitionError(message, do="Mend the definition, or what its example expects")
    files = [f"{len(subject.names)} of {subject.path}" for subject in catalogue.own_subjects()]
    click.echo(f"{len(catalogue.names)} metrics, all whole; own: {', '.join(files) or 'none'}")
    if files:
        click.echo(f"{_counted(examples)} of the own metrics, all come out as worked out")


def _counted(examples: int) -> str:
    return f"{examples} worked example" + ("" if examples == 1 else "s")


def _sql(name: str, company: str | None) -> str:
    with bootstrap.built_metrics(company) as company_metrics:
        return company_metrics.explain(Query(metrics=(name,), scope=Scope.everything()))


def _print_words(catalogue: Catalogue, known: Explanation, language: Language) -> None:
    click.echo(f"{in_words(known.title, language)}  [{known.name}]")
    lines = told(catalogue, known.name, language)
    width = max(len(label) for label, _ in lines)
    for label, value in lines:
        hang = " " * (width + 2)
        click.echo(fill(f"{label:<{width}}  {value}", SCREEN, subsequent_indent=hang, break_long_words=False))


def _print_parts(known: Explanation, language: Language) -> None:
    """Print what a formula stands on, down to the rows, each under what it is part of."""
    if known.parts:
        click.echo(f"\n{in_words(PARTS, language)}:")
    _print_below(known, language, 1)


def _print_below(known: Explanation, language: Language, depth: int) -> None:
    for part in known.parts:
        where = f" where {part.where}" if part.where else ""
        text = f"{part.name}  {in_words(part.title, language)}: {part.meaning}{where}"
        indent = "  " * depth
        hang = indent + "    "
        click.echo(fill(text, SCREEN, initial_indent=indent, subsequent_indent=hang, break_long_words=False))
        _print_below(part, language, depth + 1)


def _print_example(example: Example, language: Language) -> None:
    name = (example.entry.ru if language == "ru" else None) or example.entry.name
    click.echo(f"\n{in_words(EXAMPLE, language)}: {name}")
    for table, text in example.entry.given.items():
        click.echo(f"  {table}\n{_grid(text, example.place)}")
    click.echo(f"  {in_words(GIVES, language)}\n{_grid(example.entry.expect, example.place)}")


def _grid(text: str, place: str) -> str:
    grid = Grid.parse(text, place)
    return "\n".join(f"    {line}".rstrip() for line in as_table(grid.rows, grid.columns).splitlines())


def _plain(known: Explanation) -> dict[str, Any]:
    """Return an explanation for programs: texts in both languages, parts within parts."""
    target = known.target
    return {
        "name": known.name,
        "title": _both(known.title),
        "question": _both(known.question),
        "definition": _both(known.definition),
        "source": _both(known.source),
        "unit": known.unit,
        "better": known.better,
        "target": {"per": target.per, "from": target.from_, "to": target.to} if target else None,
        "meaning": known.meaning,
        "where": known.where,
        "grain": known.grain,
        "axis": known.axis,
        "dimensions": list(known.dimensions),
        "variant": known.variant,
        "since": known.since,
        "variants": [_plain_variant(each) for each in known.alternatives],
        "parts": [_plain(part) for part in known.parts],
        "file": known.place,
    }


def _plain_variant(each: Alternative) -> dict[str, Any]:
    return {
        "name": each.name,
        "meaning": each.meaning,
        "where": each.where,
        "definition": _both(each.definition),
        "source": _both(each.source),
    }


def _plain_example(example: Example) -> dict[str, Any]:
    given: Mapping[str, str] = example.entry.given
    tables = {table: list(Grid.parse(text, example.place).rows) for table, text in given.items()}
    return {
        "name": example.entry.name,
        "given": tables,
        "expect": list(Grid.parse(example.entry.expect, example.place).rows),
    }


def _both(title: Title | None) -> dict[str, str] | None:
    return {"ru": title.ru, "en": title.en} if title else None


def _language(given: str | None) -> Language:
    return "ru" if (given or spoken()) == "ru" else "en"


def _catalogue(company: str | None) -> Catalogue:
    """Return the metrics of the company, the built-in ones where no company is given or found; say which are broken."""
    found = bootstrap.catalogue_of(bootstrap.folder_if_any(company))
    if found.notice:
        note(found.notice)
    return found
