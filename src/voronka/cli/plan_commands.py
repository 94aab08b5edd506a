"""Commands about plans that people state: plan."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import click

from voronka import bootstrap
from voronka.cli.options import company_option, day_of, format_option
from voronka.cli.people import member_of, people_of
from voronka.cli.printing import note, print_told, to_the_minute
from voronka.cli.speaking import spoken
from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.query import Metrics
from voronka.pipeline.stating import state_plan
from voronka.reports.ask import can_be_planned
from voronka.settings import load_settings

WORDS = {
    "ru": {
        "planned": "{metric}, {whose}, с {first} по {last}: {value}",
        "company": "вся компания",
        "next": "Дальше: voronka build",
    },
    "en": {
        "planned": "{metric} of {whose} from {first} to {last}: {value}",
        "company": "the company",
        "next": "Next: voronka build",
    },
}
"""What is said of a plan, by language."""
COLUMNS = ("metric", "of", "name", "from", "to", "value", "by", "at")


@click.group()
def plan() -> None:
    """State plans, and list those that were stated."""


@plan.command("set")
@click.argument("metric", metavar="METRIC")
@click.argument("value", metavar="VALUE")
@click.option("--employee", metavar="NAME", help="Whose plan it is: an employee's name or id.")
@click.option("--team", metavar="NAME", help="Which team's plan it is; with neither it is the company's.")
@click.option("--from", "first", metavar="DATE", required=True, help="First day (YYYY-MM-DD), inside.")
@click.option("--to", "last", metavar="DATE", required=True, help="Last day (YYYY-MM-DD), inside.")
@company_option
def state(  # noqa: PLR0913 - the options of the command
    metric: str,
    value: str,
    *,
    employee: str | None,
    team: str | None,
    first: str,
    last: str,
    company: str | None,
) -> None:
    """State that VALUE of METRIC is planned; a later statement about the same takes the place of an earlier one.

    It stands over what files say of the same metric, owner and period. The figures show it after `voronka build`.
    """
    if employee and team:
        raise QuestionError("a plan is an employee's or a team's", do="Give one of --employee and --team")
    period = _period(first, last)
    with bootstrap.built_metrics(company) as metrics:
        _check_metric(metrics, metric)
        scope_id = member_of(metrics, "employee", employee) or member_of(metrics, "team", team)
    scope, planned = "employee" if employee else "team" if team else "company", _value(value)
    with people_of(company) as people:
        state_plan(people.plans, metric, (scope, scope_id), period, planned)
    words = WORDS[spoken()]
    told = {"metric": metric, "whose": employee or team or words["company"], "value": f"{planned:f}"}
    click.echo(words["planned"].format(**told, first=period.first, last=period.last))
    note(words["next"])


@plan.command("list")
@click.option("--all", "everything", is_flag=True, help="Show statements that are no longer in force too.")
@company_option
@format_option
def show(company: str | None, form: str, *, everything: bool) -> None:
    """List the plans that people have stated, the latest of each; those of files are not among them."""
    with people_of(company) as people:
        statements = people.plans.statements() if everything else people.plans.in_force()
    names, zone = _names(company), load_settings(bootstrap.folder_of(company)).zone()
    rows = [
        {
            "metric": each.planned.metric,
            "of": each.planned.scope,
            "name": names.get((each.planned.scope, each.planned.scope_id), each.planned.scope_id),
            "from": each.planned.period.first.isoformat(),
            "to": each.planned.period.last.isoformat(),
            "value": each.planned.value,
            "by": each.entered_by,
            "at": to_the_minute(each.entered_at, zone),
        }
        for each in statements
    ]
    print_told(rows, form, COLUMNS)


def _check_metric(metrics: Metrics, name: str) -> None:
    if not can_be_planned(metrics, name):
        raise QuestionError(f"An analysis has no plan: {name}")


def _period(first: str, last: str) -> Period:
    start, end = day_of(first, "--from"), day_of(last, "--to")
    if start is None or end is None or end < start:
        raise QuestionError(f"the period ends before it begins: {first} to {last}")
    return Period(start, end)


def _value(text: str) -> Decimal:
    try:
        return Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation as fault:
        raise QuestionError(f"not a number: {text}") from fault


def _names(company: str | None) -> Mapping[tuple[str, str | None], str]:
    """Return the names of people and teams by id; nothing where nothing was built yet."""
    try:
        with bootstrap.built_metrics(company) as metrics:
            return {
                (kind, str(row[f"{kind}_id"])): str(row["name"])
                for kind in ("employee", "team")
                for row in records(metrics.rows(f"dim_{kind}", Scope.everything(), columns=(f"{kind}_id", "name")))
            }
    except QuestionError:
        return {}
