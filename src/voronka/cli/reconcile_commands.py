"""The command that holds what two places say against each other: reconcile."""

from collections.abc import Mapping
from typing import Any

import click

from voronka import bootstrap
from voronka.cli.options import company_option, format_option
from voronka.cli.printing import as_json, as_table, note, print_rows
from voronka.cli.speaking import spoken
from voronka.pipeline.reconciling import KINDS, TOLD, Reconciled, reconcile

SUMS = ("state", "records", "here_value", "there_value", "difference")
SHOWN = (
    "state",
    "here_id",
    "there_id",
    "here_at",
    "there_at",
    "name",
    "here_value",
    "there_value",
    "difference",
    "detail",
)
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "state": "где",
        "records": "записей",
        "here_id": "id: {here}",
        "there_id": "id: {there}",
        "here_at": "когда: {here}",
        "there_at": "когда: {there}",
        "name": "что",
        "here_value": "{here}",
        "there_value": "{there}",
        "difference": "разница",
        "detail": "причина",
        "both": "совпало",
        "differs": "расходится",
        "here": "только {here}",
        "there": "только {there}",
        "all": "всего",
        "more": "Показано {shown} из {total}: --limit или --format csv",
        "none": "Расхождений нет.",
    },
    "en": {
        "state": "where",
        "records": "records",
        "here_id": "id: {here}",
        "there_id": "id: {there}",
        "here_at": "when: {here}",
        "there_at": "when: {there}",
        "name": "what",
        "here_value": "{here}",
        "there_value": "{there}",
        "difference": "difference",
        "detail": "why",
        "both": "alike",
        "differs": "differs",
        "here": "only {here}",
        "there": "only {there}",
        "all": "all",
        "more": "{shown} of {total} are shown: --limit or --format csv",
        "none": "Nothing differs.",
    },
}
"""What heads and states are called, in the company's language."""
DETAILS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "value": "значение",
        "employee": "сотрудник",
        "no_key": "нет номера",
        "not_paid": "не оплачена",
        "payment_of_no_deal": "оплата без сделки",
        "unknown_deal": "нет такой сделки",
        "deal_deleted": "сделка удалена",
        "deal_open": "сделка в работе",
        "deal_lost": "сделка проиграна",
        "amount_unknown": "сумма неизвестна",
        "amount": "сумма",
        "unexplained": "не объяснено",
    },
    "en": {
        "value": "value",
        "employee": "person",
        "no_key": "no number",
        "not_paid": "not paid",
        "payment_of_no_deal": "a payment of no deal",
        "unknown_deal": "no such deal",
        "deal_deleted": "the deal is deleted",
        "deal_open": "the deal is open",
        "deal_lost": "the deal is lost",
        "amount_unknown": "the amount is unknown",
        "amount": "amount",
        "unexplained": "unexplained",
    },
}
"""Why a record is only in one place or differs; other reasons are those of rows put aside."""

PLACES: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "deals": "сделки",
        "payments": "оплаты",
        "leads": "лиды",
        "touches": "визиты и заявки",
        "loaded": "загружено",
        "file": "файл",
    },
    "en": {
        "deals": "deals",
        "payments": "payments",
        "leads": "leads",
        "touches": "visits and forms",
        "loaded": "loaded",
        "file": "file",
    },
}
"""What the two places are called; a source by its name."""


@click.command("reconcile")
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@click.option("--here", metavar="SOURCE", default="", help="One source; by default the one that has deals.")
@click.option("--there", metavar="SOURCE", default="", help="The source to hold against it; by default the only other.")
@click.option("--window", type=click.IntRange(min=0), help="Seconds that two records of one thing may be apart.")
@click.option("--all", "everything", is_flag=True, help="Show what is alike too.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Records of the table.")
@company_option
@format_option
def reconcile_records(  # noqa: PLR0913 - the options of the command
    kind: str,
    company: str | None,
    form: str,
    *,
    here: str,
    there: str,
    window: int | None,
    limit: int,
    everything: bool,
) -> None:
    """Say what two places tell of the same, and where they differ, record by record.

    calls: the CRM's and the telephony's, by number, person and time. payments: won deals and what was paid for them.
    leads: the CRM's and the site's forms, or the visits that name a lead. totals: files' own totals and ours.
    """
    with bootstrap.workplace(company) as work:
        found = reconcile(work, kind, here, there, window)
    rows = [row for row in found.records if everything or row["state"] != "both"]
    if form == "json":
        told = {"kind": found.kind, "here": found.here, "there": found.there}
        records = [{name: row[name] for name in TOLD} for row in rows]
        click.echo(as_json({**told, "summary": list(found.summary), "records": records}))
    elif form == "csv":
        print_rows(rows, form, TOLD)
    else:
        _print(found, rows[:limit], len(rows), spoken())


def _print(found: Reconciled, rows: list[Mapping[str, Any]], total: int, language: str) -> None:
    words = {name: text.format_map(_Places(found, PLACES[language])) for name, text in WORDS[language].items()}
    sums = [{words[name]: words[row[name]] if name == "state" else row[name] for name in SUMS} for row in found.summary]
    click.echo(as_table(sums, [words[name] for name in SUMS]))
    click.echo()
    if not rows:
        click.echo(words["none"])
        return
    cells = [{words[name]: _told(name, row[name], words, language) for name in SHOWN} for row in rows]
    click.echo(as_table(cells, [words[name] for name in SHOWN]))
    if total > len(rows):
        note(words["more"].format(shown=len(rows), total=total))


def _told(name: str, value: Any, words: Mapping[str, str], language: str) -> object:  # noqa: ANN401 - any cell
    if name == "state":
        return words[value]
    if name == "detail" and value:
        return ", ".join(DETAILS[language].get(part, part) for part in str(value).split(", "))
    return value


class _Places(dict[str, str]):
    """The names of the two places; what else a text names stays as it is."""

    def __init__(self, found: Reconciled, names: Mapping[str, str]) -> None:
        super().__init__(here=names.get(found.here, found.here), there=names.get(found.there, found.there))

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
