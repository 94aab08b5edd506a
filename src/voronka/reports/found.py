"""What a search found as plain mappings: what each is, where it is opened, and the list in which it stands."""

from datetime import date

from voronka.domain.scope import Scope
from voronka.metrics.search import Found
from voronka.reports.links import RecordLinks
from voronka.reports.plain import Plain
from voronka.transform.phones import numbers_in

_CREATED = {"lead": "leads", "deal": "deals_created"}
_CLOSED = {"won": "deals_won", "lost": "deals_lost"}


def whole_number(text: str, country: str) -> str:
    """Return the digits of the first whole phone number of a text as identity has it, '' where it holds none."""
    numbers = numbers_in(text, country) if any(map(str.isdigit, text)) else ()
    return next((each.phone[1:] for each in numbers if each.phone and each.phone.startswith("+")), "")


def plain_found(found: Found, scope: Scope, links: RecordLinks, today: date) -> Plain:
    """Return one thing found.

    `lists` are questions about records, the first the one to show: of a record the list of its day in which it stands
    for this scope, none where it stands in no list of theirs; of a client its deals and its leads.
    """
    return {
        "kind": found.kind,
        "id": found.id,
        "title": found.title or found.id.partition(":")[2] or found.id,
        "client": found.firm or found.person,
        "employee_id": found.employee_id,
        "employee": found.employee,
        "outcome": found.outcome,
        "amount": found.amount,
        "created_day": found.created_day,
        "open": links.open(found.kind, found.id, found.url),
        "lists": _lists(found, scope, today),
    }


def _lists(found: Found, scope: Scope, today: date) -> list[Plain]:
    if found.kind in ("account", "contact"):
        return [_asked(metric, {found.kind: found.id}, None) for metric in ("deals_created", "leads")]
    if found.kind not in _CREATED:
        return []
    if found.created_day and scope.sees(found.created_employee_id, found.created_day):
        return [_asked(_CREATED[found.kind], _cut(found, found.created_employee_id), found.created_day)]
    if found.kind == "deal" and found.outcome == "open" and scope.sees(found.employee_id, today):
        return [_asked("deals_open", _cut(found, found.employee_id, ("account",)), today)]
    if found.outcome in _CLOSED and found.closed_day and scope.sees(found.closed_employee_id, found.closed_day):
        return [_asked(_CLOSED[found.outcome], _cut(found, found.closed_employee_id), found.closed_day)]
    return []


def _cut(
    found: Found, employee_id: str | None, clients: tuple[str, ...] = ("account", "contact")
) -> dict[str, str | None]:
    """Return by whom a list is narrowed: the client where one is known, else whoever had the record."""
    known = {"account": found.account_id, "contact": found.contact_id}
    client = next((name for name in clients if known[name]), None)
    return {"employee": employee_id} if client is None else {client: known[client]}


def _asked(metric: str, where: dict[str, str | None], day: date | None) -> Plain:
    return {"metric": metric, "where": {name: [value] for name, value in where.items()}, "from": day, "to": day}
