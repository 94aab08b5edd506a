"""What is worth a look on a page: whose records a check of the odd ones marks on more days than those of the role.

The words accuse nobody: each check knows what else explains it (checks.yml). Nothing is told where chance may have made
it (analyses/days_apart.py), nor where a page's filters are not those of records that are checked; the list of all that
is found is on the page of data.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from voronka.analyses.days_apart import Apart, Days, days_apart
from voronka.analyses.presence import Person, roles_held
from voronka.domain.period import Period
from voronka.metrics.catalogue import Catalogue
from voronka.metrics.question import Filter
from voronka.metrics.records import Records, RecordsQuery
from voronka.reports.ask import Ask, Block
from voronka.reports.findings import Finding, Opened
from voronka.reports.page import Frame
from voronka.reports.people import named, of_people

METRIC = "quality_issues"
CALLS = "outgoing_calls"
KINDS: Mapping[str, str] = {
    "call_series": "short_call_series",
    "own_calls": "call_to_own_people",
    "tasks_without_contact": "task_closed_without_contact",
    "entered_late": "entered_long_after",
}
"""The kind of a finding -> the check whose records it is about."""
SERIES = re.compile(r"(?P<count>\d+) × (?P<shortest>\d+)–(?P<longest>\d+) s, (?P<begin>\d\d:\d\d)–(?P<end>\d\d:\d\d)")
"""How the check of very short calls tells of a series (short_call_series.sql)."""

Marked = Mapping[str, frozenset[date]]


def worth_a_look(frame: Frame, people: Mapping[str, Person], kind: str) -> Finding | None:
    """Return who has records of a kind (a key of KINDS) on far more days than the others; None where nobody has.

    It opens the records of the people named, of the days on which they are. `people` are those of the page.
    """
    if not frame.metrics.rows(
        "dim_check", frame.scope, {"check_name": [KINDS[kind]], "is_made": [True]}, ["check_name"]
    ):
        return None
    asker = replace(frame.asker, filters=(*frame.asker.filters, Filter("check", (KINDS[kind],))))
    found = asker.ask(METRIC, by=["employee", "from_day"], period=frame.facts)
    marked = _marked(found, frame.facts)
    more, _ = days_apart(role_days(people, marked))
    ids = list(dict.fromkeys(each.person for each in more))
    if not ids:
        return None
    days = sorted(set(chain.from_iterable(marked[key] for key in ids)))
    told = Filter("from_day", tuple(day.isoformat() for day in days))
    ask = of_people(Ask((METRIC,), (), asker.filters, frame.facts).narrowed(told), ids)
    latest = _latest(frame, ask, ids[0])
    values = {**_values(people, ids, more[0]), "records": latest.total, **_last(latest)}
    return Finding(kind, "bad", values, ask, Opened(METRIC, ask))


def counts_calls(catalogue: Catalogue, name: str) -> bool:
    """Say whether a metric counts calls, alone or among other work: a series of very short ones makes it large."""
    if catalogue.metric(name).unit != "count":
        return False
    leaves = catalogue.leaves(name)
    return any(leaf.subject is not None and leaf.subject.fact == "fct_calls" for leaf in leaves)


def whose(finding: Finding | None) -> frozenset[str]:
    """Return the people that a finding is about."""
    where = finding.ask.where if finding and finding.ask else ()
    return frozenset(str(key) for each in where if each.dimension == "employee" for key in each.values)


def without_calls(frame: Frame, people: Mapping[str, Person], made: Mapping[str, float]) -> list[Apart]:
    """Return who called nobody while the others of the role call on far more days; `made` is how many each called.

    Empty where there are no calls at all.
    """
    silent = [key for key, person in people.items() if person.days and not made.get(key)]
    roles = {role for key in silent for day in people[key].days for role in people[key].roles_on(day)}
    if not silent or not any(made.values()):
        return []
    daily = frame.asker.ask(CALLS, by=["employee", "role", "day"], period=frame.facts)
    called: dict[str, set[date]] = {}
    for row in daily.answer.rows:
        if row["employee_id"] is not None and row["role"] in roles and row[CALLS]:
            called.setdefault(str(row["employee_id"]), set()).add(date.fromisoformat(str(row["day"])))
    _, fewer = days_apart(role_days(people, {key: frozenset(days) for key, days in called.items()}))
    first = {each.person: each for each in reversed(fewer) if each.person in silent}
    return sorted(first.values(), key=lambda each: people[each.person].name)


def role_days(people: Mapping[str, Person], marked: Marked) -> list[Days]:
    """Return of every role of whom in it how many of the days worked are marked."""
    roles = sorted(roles_held(people.values()), key=str)
    return [
        {
            key: (len(worked & marked.get(key, frozenset())), len(worked))
            for key, person in people.items()
            if (worked := person.days_as(role))
        }
        for role in roles
    ]


def _marked(found: Block, facts: Period) -> dict[str, frozenset[date]]:
    days: dict[str, set[date]] = {}
    for row in found.answer.rows:
        key, day = row["employee_id"], row["from_day"]
        if key is not None and isinstance(day, date) and facts.first <= day <= facts.last:
            days.setdefault(str(key), set()).add(day)
    return {key: frozenset(each) for key, each in days.items()}


def _values(people: Mapping[str, Person], ids: list[str], first: Apart) -> dict[str, object]:
    told = named(people[key].name for key in ids)
    return {
        **told,
        "people": told["count"],
        "name": people[first.person].name,
        "days": first.days,
        "of_days": first.worked,
        "other_share": first.others_share,
    }


def _latest(frame: Frame, ask: Ask, person: str) -> Records:
    """Return the newest record of the first of those named; the total is of all of them."""
    own = of_people(ask, [person])
    asked = [
        RecordsQuery(
            metric=METRIC,
            scope=frame.scope,
            where=each.where,
            period=each.period,
            limit=1,
            sort="from_day",
            order="desc",
        )
        for each in (ask, own)
    ]
    every, last = (frame.metrics.records(each) for each in asked)
    return replace(last, total=every.total)


def _last(latest: Records) -> dict[str, object]:
    """Return what the newest record tells: its day, and of a series of calls how many, how long, from when to when."""
    row = latest.rows[0] if latest.rows else {}
    day, detail = row.get("from_day"), SERIES.fullmatch(str(row.get("detail") or ""))
    said: dict[str, object] = {"at": day.isoformat() if isinstance(day, date | datetime) else None}
    if detail:
        counted = {name: int(detail[name]) for name in ("count", "shortest", "longest")}
        said |= {**counted, "begin": detail["begin"], "end": detail["end"]}
    return said
