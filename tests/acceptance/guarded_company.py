"""A small company in which every record of every person holds that person's marker, a number and a mail address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.company import NOW, CompanyFolder

MOVED = "2026-02-15"
PEOPLE = f"""\
id;name;mail;team;from
1;Ольга Север;olga@firm.example;north;2025-01-01
2;Анна Белова;anna@firm.example;north;2025-01-01
2;Анна Белова;anna@firm.example;south;{MOVED}
3;Борис Седов;boris@firm.example;north;2025-01-01
4;Вера Юдина;vera@firm.example;south;2025-01-01
"""
TEAMS = "id;name;lead\nnorth;Север;1\nsouth;Юг;\n"
OLGA, ANNA, BORIS, VERA = (f"crm:{number}" for number in (1, 2, 3, 4))


@dataclass(frozen=True)
class Planted:
    """Records of one person on one day, and by what they are known wherever they come out."""

    marker: str
    employee: int
    day: str
    phone: str


PLANTED = (
    Planted("zqannaold", 2, "2026-01-20", "+79160000021"),
    Planted("zqannanew", 2, "2026-02-24", "+79160000022"),
    Planted("zqboris", 3, "2026-02-24", "+79160000031"),
    Planted("zqvera", 4, "2026-02-24", "+79160000041"),
)
PIPELINE = """\
pipeline: sales
entity: deals
match: { source: crm }
stages:
  - { id: new, title: New, match: [New] }
  - { id: work, title: Work, match: [Work] }
  - { id: won, outcome: won }
  - { id: lost, outcome: lost }
"""
_ACTIVITY = {
    "activity_id": "id", "employee_id": "who", "contact_id": "contact", "deal_id": "deal", "lead_id": "lead",
    "client_phone": "phone", "subject": "subject", "started_at": "at", "direction": "way", "status": "status",
}  # fmt: skip


def guarded_company(folder: Path) -> CompanyFolder:
    """Return the company, loaded and built."""
    company = CompanyFolder(folder, settings='name = "Северный ветер"\n', now=NOW - timedelta(hours=2))
    people = {"employee_id": "id", "name": "name", "email": "mail", "team_id": "team", "valid_from": "from"}
    company.stream("crm", "people", PEOPLE, into="employees", key="auto", columns=people)
    teams = {"team_id": "id", "name": "name", "lead_employee_id": "lead"}
    company.stream("crm", "teams", TEAMS, into="teams", columns=teams)
    company.stream("crm", "contacts", _csv(_contacts), into="contacts", columns=_named("contact_id name phone email"))
    accounts = _named("account_id name phone employee_id")
    company.stream("crm", "accounts", _csv(_accounts), into="accounts", columns=accounts)
    leads = _named("lead_id title phone email employee_id contact_id account_id channel created_at reject_reason")
    company.stream("crm", "leads", _csv(_leads), into="leads", columns=leads)
    deals = _named(
        "deal_id lead_id title employee_id contact_id account_id channel created_at closed_at outcome amount"
        " loss_reason stage"
    )
    company.stream("crm", "deals", _csv(_deals), into="deals", columns=deals)
    moves = _named("deal_id stage changed_at employee_id")
    company.stream("crm", "moves", _csv(_moves), into="stage_changes", key="auto", columns=moves)
    calls = {**_ACTIVITY, "talk_seconds": "seconds"}
    company.stream("pbx", "calls", _csv(_activities, kind="call"), into="calls", columns=calls)
    company.space("pbx", "crm")
    for kind in ("emails", "meetings", "tasks", "proposals", "demos", "messages"):
        own = _csv(_activities, kind=kind)
        columns = {**_ACTIVITY, **({"due_at": "at", "created_at": "at"} if kind == "tasks" else {})}
        company.stream("crm", kind, own, into=kind, columns=columns)
    payments = _named("payment_id deal_id account_id employee_id paid_at amount margin")
    company.stream("crm", "payments", _csv(_payments), into="payments", columns=payments)
    handovers = _named("lead_id from_employee_id to_employee_id handed_at reason accepted_at")
    company.stream("crm", "handed", _csv(_handovers), into="handovers", key="auto", columns=handovers)
    company.pipeline(PIPELINE)
    company.load_and_build()
    return company


def _named(columns: str) -> dict[str, str]:
    return {name: name for name in columns.split()}


def _csv(rows: object, **more: str) -> str:
    found = [row for each in PLANTED for row in rows(each, **more)]  # type: ignore[operator]
    return "\n".join([";".join(found[0]), *(";".join(row.values()) for row in found)]) + "\n"


Row = Mapping[str, str]


def _contacts(each: Planted) -> Iterator[Row]:
    mail = f"{each.marker}@client.example"
    yield {"contact_id": each.marker, "name": f"Client {each.marker}", "phone": each.phone, "email": mail}
    yield {"contact_id": f"{each.marker}-bad", "name": each.marker, "phone": each.phone, "email": mail}


def _accounts(each: Planted) -> Iterator[Row]:
    who = str(each.employee)
    yield {"account_id": each.marker, "name": f"Firm {each.marker}", "phone": each.phone, "employee_id": who}


def _leads(each: Planted) -> Iterator[Row]:
    for number, contact in enumerate((each.marker, "", "")):
        yield {
            "lead_id": f"{each.marker}-{number}",
            "title": f"Lead {each.marker} {each.phone} {each.marker}@client.example",
            "phone": each.phone,
            "email": f"{each.marker}@client.example",
            "employee_id": str(each.employee),
            "contact_id": contact,
            "account_id": each.marker if contact else "",
            "channel": "Site",
            "created_at": f"{each.day} 1{number}:00" if number else f"{each.day} 10:00",
            "reject_reason": f"Because {each.marker}" if number == 2 else "",
        }


def _deals(each: Planted) -> Iterator[Row]:
    for number, (outcome, stage) in enumerate((("won", "won"), ("lost", "lost"), ("open", "Work"))):
        yield {
            "deal_id": f"{each.marker}-{number}",
            "lead_id": f"{each.marker}-{number}",
            "title": f"Deal {each.marker} {each.phone}",
            "employee_id": str(each.employee),
            "contact_id": each.marker if number else "",
            "account_id": each.marker,
            "channel": "Site",
            "created_at": f"{each.day} 10:30",
            "closed_at": "" if outcome == "open" else f"{each.day} 15:00",
            "outcome": outcome,
            "amount": "1000",
            "loss_reason": f"Because {each.marker}" if outcome == "lost" else "",
            "stage": stage,
        }


def _moves(each: Planted) -> Iterator[Row]:
    for number, stage in ((0, "Work"), (0, "won"), (1, "Work"), (1, "lost"), (2, "Work")):
        at = f"{each.day} {'15:00' if stage in {'won', 'lost'} else '11:00'}"
        who = str(each.employee)
        yield {"deal_id": f"{each.marker}-{number}", "stage": stage, "changed_at": at, "employee_id": who}


def _activities(each: Planted, kind: str) -> Iterator[Row]:
    for number, contact in enumerate((each.marker, "")):
        yield {
            "id": f"{kind}-{each.marker}-{number}",
            "who": str(each.employee),
            "contact": contact,
            "deal": f"{each.marker}-2",
            "lead": f"{each.marker}-1",
            "phone": each.phone,
            "subject": f"About {each.marker} {each.phone}",
            "at": f"{each.day} 1{number + 2}:00",
            "way": "out" if number else "in",
            "status": "done",
            "seconds": "120",
        }


def _payments(each: Planted) -> Iterator[Row]:
    yield {
        "payment_id": each.marker,
        "deal_id": f"{each.marker}-0",
        "account_id": each.marker,
        "employee_id": str(each.employee),
        "paid_at": f"{each.day} 16:00",
        "amount": "1000",
        "margin": "300",
    }
    yield {
        "payment_id": f"{each.marker}-aside",
        "deal_id": each.phone,
        "account_id": each.marker,
        "employee_id": str(each.employee),
        "paid_at": "never",
        "amount": f"{each.marker}@client.example",
        "margin": "",
    }


def _handovers(each: Planted) -> Iterator[Row]:
    yield {
        "lead_id": f"{each.marker}-1",
        "from_employee_id": str(each.employee),
        "to_employee_id": str(each.employee),
        "handed_at": f"{each.day} 13:00",
        "reason": f"Because {each.marker}",
        "accepted_at": f"{each.day} 13:30",
    }
