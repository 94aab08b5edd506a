"""By when what a regulation asks for is due, how long it took and whether it was in time: worked out by hand."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.company import CompanyFolder, at
from voronka.bootstrap import metrics
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter, Query

LEADS = {
    "lead_id": "id",
    "created_at": "made",
    "first_response_at": "answered",
    "employee": "owner",
    "stage": "stage",
    "deleted_at": "deleted",
}
HOUR = "[regulations]\nfirst_response_minutes = 60\n"

# working 9-18, Monday to Friday; 23 February, 31 December to 9 January are holidays; 18 March is an own day off,
# Saturday 21 March an own working day. Made, answered, due, minutes it took, in time
BY_HAND = """
2026-03-13 17:55 | 2026-03-16 09:05    | 2026-03-16 09:55 | 10   | kept
2026-03-16 10:00 | 2026-03-16 10:30    | 2026-03-16 11:00 | 30   | kept
2026-03-16 10:00 | 2026-03-16 11:00    | 2026-03-16 11:00 | 60   | kept
2026-03-16 10:00 | 2026-03-16 11:06    | 2026-03-16 11:00 | 66   | late
2026-03-10 22:00 | 2026-03-11 09:30    | 2026-03-11 10:00 | 30   | kept
2026-03-10 07:00 | 2026-03-10 08:30    | 2026-03-10 10:00 | 0    | kept
2026-03-14 12:00 | 2026-03-15 15:00    | 2026-03-16 10:00 | 0    | kept
2026-03-14 12:00 | 2026-03-16 10:30    | 2026-03-16 10:00 | 90   | late
2026-02-23 11:00 | 2026-02-24 09:20    | 2026-02-24 10:00 | 20   | kept
2026-02-20 17:30 | 2026-02-24 09:40    | 2026-02-24 09:30 | 70   | late
2026-03-17 17:40 | 2026-03-19 09:30    | 2026-03-19 09:40 | 50   | kept
2026-03-21 10:00 | 2026-03-21 10:50    | 2026-03-21 11:00 | 50   | kept
2026-03-16 10:00 |                     | 2026-03-16 11:00 |      | never
2026-03-13 17:30 |                     | 2026-03-16 09:30 |      | never
2026-03-10 12:00 | 2026-03-10 11:00    | 2026-03-10 13:00 | 0    | kept
2026-03-10 17:00 | 2026-03-10 18:00    | 2026-03-10 18:00 | 60   | kept
2026-03-10 17:00 | 2026-03-10 19:00    | 2026-03-10 18:00 | 60   | late
2025-12-30 17:30 | 2026-01-12 09:10    | 2026-01-12 09:30 | 40   | kept
2026-03-10 10:00 | 2026-03-13 10:00    | 2026-03-10 11:00 | 1620 | late
2026-03-10 10:00 | 0001-01-01 00:00    | 2026-03-10 11:00 |      | never
"""

# Anna works 12-20 from 16 to 20 March and is away on the 18th, Boris is away on the 17th from 10 to 16, Gleb has the
# night from the 16th to the 17th, Vera has no shifts; outside a roster the company's hours hold
BY_SHIFTS = """
Anna  | 2026-03-16 09:00 | 2026-03-16 12:30 | 2026-03-16 13:00 | 30 | kept
Anna  | 2026-03-16 19:30 | 2026-03-17 12:20 | 2026-03-17 12:30 | 50 | kept
Anna  | 2026-03-17 19:40 | 2026-03-19 12:30 | 2026-03-19 12:40 | 50 | kept
Anna  | 2026-03-23 09:10 | 2026-03-23 10:00 | 2026-03-23 10:10 | 50 | kept
Boris | 2026-03-17 09:30 | 2026-03-17 16:20 | 2026-03-17 16:30 | 50 | kept
Vera  | 2026-03-17 09:30 | 2026-03-17 10:40 | 2026-03-17 10:30 | 70 | late
Gleb  | 2026-03-16 23:00 | 2026-03-16 23:50 | 2026-03-17 00:00 | 50 | kept
"""
SHIFTS = """who,from,to,kind
Anna,2026-03-16 12:00,2026-03-16 20:00,shift
Anna,2026-03-17 12:00,2026-03-17 20:00,shift
Anna,2026-03-18 12:00,2026-03-18 20:00,shift
Anna,2026-03-19 12:00,2026-03-19 20:00,shift
Anna,2026-03-20 12:00,2026-03-20 20:00,shift
Anna,2026-03-18 00:00,2026-03-19 00:00,absence
Boris,2026-03-17 10:00,2026-03-17 16:00,absence
Gleb,2026-03-16 22:00,2026-03-17 06:00,shift
"""
STATES = {"kept": True, "late": False, "never": None}


def utc(local: str, zone: str = "Europe/Moscow") -> datetime:
    moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def leads(company: CompanyFolder, *rows: str) -> None:
    text = "id,made,answered,owner,stage,deleted\n" + "".join(f"{row}\n" for row in rows)
    company.stream("crm", "leads", text, into="leads", columns=LEADS)


def cases(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def expected(rows: list[list[str]], zone: str = "Europe/Moscow") -> list[tuple[Any, ...]]:
    return [
        (f"crm:{n:02}", utc(due, zone), int(took) * 60 if took else None, STATES[state])
        for n, (*_, due, took, state) in enumerate(rows, start=1)
    ]


def dues(company: CompanyFolder, regulation: str = "first_response") -> list[tuple[Any, ...]]:
    columns = "entity_id due_at taken_seconds is_in_time"
    return company.table("fct_dues", columns, f"regulation_id = '{regulation}'")


def test_twenty_first_responses_by_hand(company: CompanyFolder) -> None:
    calendar = "[calendar]\ndays_off = [2026-03-18]\ndays_on = [2026-03-21]\n"
    company.write("voronka.toml", f'time_zone = "Europe/Moscow"\n{calendar}{HOUR}')
    rows = cases(BY_HAND)
    leads(company, *(f"{n:02},{made},{answered},,," for n, (made, answered, *_) in enumerate(rows, start=1)))
    company.load_and_build()
    assert dues(company) == expected(rows)
    # what the pages of leads say is the same
    told = company.table("fct_leads", "lead_id response_due_at first_response_working_seconds is_answered_in_time")
    assert told == expected(rows)


def test_by_shifts_a_limit_runs_while_who_is_responsible_is_at_work(company: CompanyFolder) -> None:
    company.pipeline(
        """
        pipeline: leads
        entity: leads
        stages: [{ id: new }]
        regulations:
          - { id: first_response, start: created, stop: first_outgoing, minutes: 60, clock: shift }
        """,
        "leads",
    )
    rows = cases(BY_SHIFTS)
    leads(company, *(f"{n:02},{made},{answered},{who},new," for n, (who, made, answered, *_) in enumerate(rows, 1)))
    columns = {"employee": "who", "starts_at": "from", "ends_at": "to", "kind": "kind"}
    company.stream("crm", "time", SHIFTS, into="employee_time", columns=columns)
    company.load_and_build()
    assert dues(company) == expected(rows)
    assert {clock for (clock,) in company.table("fct_dues", "clock")} == {"shift"}


@pytest.mark.parametrize("clock", ["working", "calendar"])
def test_a_day_of_23_or_25_hours_is_as_long_as_it_is(company: CompanyFolder, clock: str) -> None:
    company.write(
        "voronka.toml",
        'time_zone = "Europe/Berlin"\n[calendar]\ncountry = ""\nworking_days = [1, 2, 3, 4, 5, 6, 7]\n'
        'working_hours = "00:00-24:00"\n',
    )
    company.pipeline(
        f"""
        pipeline: leads
        entity: leads
        stages: [{{ id: new }}]
        regulations:
          - {{ id: first_response, start: created, stop: first_outgoing, minutes: 1440, clock: {clock} }}
        """,
        "leads",
    )
    # 29 March has 23 hours, 25 October 25: a day and a night later is an hour later or earlier by the wall clock
    rows = cases(
        """
        2026-03-28 12:00 | 2026-03-29 12:30 | 2026-03-29 13:00 | 1410 | kept
        2026-10-24 12:00 | 2026-10-25 11:30 | 2026-10-25 11:00 | 1470 | late
        """
    )
    leads(company, *(f"{n:02},{made},{answered},,new," for n, (made, answered, *_) in enumerate(rows, start=1)))
    company.load_and_build()
    assert dues(company) == expected(rows, "Europe/Berlin")


def test_a_pipelines_own_limit_binds_its_records_and_the_settings_bind_the_rest(company: CompanyFolder) -> None:
    company.pipeline(
        """
        pipeline: inbound
        entity: leads
        match: { source: crm }
        stages: [{ id: new }]
        regulations:
          - { id: first_response, title: Быстрый ответ, start: created, stop: first_outgoing, minutes: 5, owner: Head,
              version: 2, reviewed_on: 2026-02-01 }
        """,
        "inbound",
    )
    leads(company, "1,2026-03-16 10:00,2026-03-16 10:10,,new,", "2,2026-03-16 10:00,2026-03-16 10:01,,new,2026-03-17")
    company.stream("site", "leads", "id,made,answered\n1,2026-03-16 10:00,2026-03-16 10:10\n", into="leads", columns={
        "lead_id": "id", "created_at": "made", "first_response_at": "answered",
    })  # fmt: skip
    company.load_and_build()
    assert company.table("fct_dues", "entity_id minutes_allowed is_in_time pipeline_id") == [
        ("crm:1", 5.0, False, "inbound"),
        ("site:1", 15.0, True, "site"),
    ]
    assert company.table("dim_regulation", "regulation_id title minutes owner version") == [
        ("acceptance", "Взятие лида в работу", 60.0, None, None),
        ("call_back", "Перезвонить на пропущенный", 60.0, None, None),
        ("first_response", "Быстрый ответ", 5.0, "Head", "2"),
        ("next_task", "Следующий шаг по сделке", 540.0, None, None),
    ]


SALES = """
pipeline: sales
entity: deals
stages:
  - { id: New }
  - { id: Talks }
  - { id: Offer, milestone: proposal }
  - { id: Won, outcome: won }
  - { id: Lost, outcome: lost }
regulations:
  - { id: offer_time, entity: deals, start: "stage:Talks", stop: "stage:Offer", minutes: 1440, clock: calendar }
  - { id: talks_stay, entity: deals, start: "stage:Talks", stop: "left:Talks", minutes: 2880, clock: calendar }
  - { id: to_proposal, entity: deals, start: created, stop: "milestone:proposal", minutes: 4320, clock: calendar }
"""


def deals(company: CompanyFolder, rows: str, moves: str) -> None:
    columns = {"deal_id": "id", "created_at": "made", "stage": "stage", "closed_at": "closed"}
    company.stream("crm", "deals", f"id,made,stage,closed\n{rows}", into="deals", columns=columns)
    columns = {"deal_id": "deal", "stage": "stage", "changed_at": "at"}
    company.stream("crm", "moves", f"deal,stage,at\n{moves}", into="stage_changes", columns=columns)


def test_limits_of_stages_and_milestones(company: CompanyFolder) -> None:
    company.pipeline(SALES)
    # 1 goes on in time; 2 skips the offer, late; 3 is lost before any limit is up; 4 is lost after; 5 talks twice
    deals(
        company,
        "1,2026-03-01 10:00,Offer,\n2,2026-03-01 10:00,Won,2026-03-05 10:00\n3,2026-03-01 10:00,Lost,2026-03-02 20:00\n"
        "4,2026-03-01 10:00,Lost,2026-03-08 10:00\n5,2026-03-01 10:00,Talks,\n",
        "1,Talks,2026-03-02 10:00\n1,Offer,2026-03-03 09:00\n2,Talks,2026-03-02 10:00\n2,Won,2026-03-05 10:00\n"
        "3,Talks,2026-03-02 10:00\n3,Lost,2026-03-02 20:00\n4,Talks,2026-03-02 10:00\n4,Lost,2026-03-08 10:00\n"
        "5,Talks,2026-03-02 10:00\n5,New,2026-03-02 12:00\n5,Talks,2026-03-03 12:00\n",
    )
    company.load_and_build()
    where = "regulation_id NOT IN ('next_task')"
    assert company.table("fct_dues", "regulation_id entity_id started_at stopped_at is_in_time", where) == [
        ("offer_time", "crm:1", at("2026-03-02 07:00"), at("2026-03-03 06:00"), True),
        ("offer_time", "crm:2", at("2026-03-02 07:00"), at("2026-03-05 07:00"), False),
        ("offer_time", "crm:4", at("2026-03-02 07:00"), None, None),
        ("offer_time", "crm:5", at("2026-03-02 07:00"), None, None),
        ("offer_time", "crm:5", at("2026-03-03 09:00"), None, None),
        ("talks_stay", "crm:1", at("2026-03-02 07:00"), at("2026-03-03 06:00"), True),
        ("talks_stay", "crm:2", at("2026-03-02 07:00"), at("2026-03-05 07:00"), False),
        ("talks_stay", "crm:3", at("2026-03-02 07:00"), at("2026-03-02 17:00"), True),
        ("talks_stay", "crm:4", at("2026-03-02 07:00"), at("2026-03-08 07:00"), False),
        ("talks_stay", "crm:5", at("2026-03-02 07:00"), at("2026-03-02 09:00"), True),
        ("talks_stay", "crm:5", at("2026-03-03 09:00"), None, None),
        ("to_proposal", "crm:1", at("2026-03-01 07:00"), at("2026-03-03 06:00"), True),
        ("to_proposal", "crm:2", at("2026-03-01 07:00"), at("2026-03-05 07:00"), False),
        ("to_proposal", "crm:4", at("2026-03-01 07:00"), None, None),
        ("to_proposal", "crm:5", at("2026-03-01 07:00"), None, None),
    ]
    assert company.table("dim_stage", "position stage_id is_regulated", "outcome = 'open'") == [
        (1, "New", True),
        (2, "Talks", True),
        (3, "Offer", True),
    ]


def test_a_deal_with_nothing_planned_is_due_a_next_step(company: CompanyFolder) -> None:
    # 1 has a task from its first hour, done on the 3rd, and the next one is put down on the 4th, a day later
    # 2 has never had any; 3 was closed within the day; 4 is planned for by its lead
    deals(
        company,
        "1,2026-03-02 10:00,A,\n2,2026-03-02 10:00,A,\n",
        "1,A,2026-03-02 10:00\n",
    )
    columns = {"deal_id": "id", "created_at": "made", "outcome": "outcome", "closed_at": "closed", "lead_id": "lead"}
    company.stream(
        "crm",
        "more",
        "id,made,outcome,closed,lead\n3,2026-03-02 10:00,lost,2026-03-02 15:00,\n4,2026-03-02 10:00,open,,9\n",
        into="deals",
        columns=columns,
    )
    tasks = (
        "id,deal,lead,made,done\n1,1,,2026-03-02 10:30,2026-03-03 12:00\n"
        "2,1,,2026-03-04 12:00,\n3,,9,2026-03-02 10:00,\n"
    )
    columns = {"activity_id": "id", "deal_id": "deal", "lead_id": "lead", "created_at": "made", "completed_at": "done"}
    company.stream("crm", "tasks", tasks, into="tasks", columns=columns)
    company.load_and_build()
    found = company.table("fct_dues", "entity_id started_at due_at stopped_at is_in_time taken_seconds")
    assert found == [
        ("crm:1", at("2026-03-02 07:00"), at("2026-03-03 07:00"), at("2026-03-02 07:30"), True, 1800),
        ("crm:1", at("2026-03-03 09:00"), at("2026-03-04 09:00"), at("2026-03-04 09:00"), True, 32400),
        ("crm:2", at("2026-03-02 07:00"), at("2026-03-03 07:00"), None, None, None),
    ]


def test_a_missed_call_is_due_a_call_back_and_a_lead_handed_over_an_answer(company: CompanyFolder) -> None:
    calls = (
        "id,phone,at,dir,ok,who\n1,89120000001,2026-03-16 10:00,in,0,\n2,89120000001,2026-03-16 10:40,out,1,Anna\n"
        "3,89120000002,2026-03-16 10:00,in,0,Boris\n"
    )
    columns = {
        "activity_id": "id",
        "client_phone": "phone",
        "started_at": "at",
        "direction": "dir",
        "answered": "ok",
        "employee": "who",
    }
    company.stream("pbx", "calls", calls, into="calls", columns=columns)
    leads(company, "1,2026-03-13 10:00,,Anna,,", "2,2026-03-13 10:00,,Anna,,", "3,2026-03-13 10:00,,Anna,,")
    handed = (
        "lead,from,to,at,taken,refused\n1,Anna,Vera,2026-03-16 10:00,2026-03-16 10:30,\n"
        "2,Anna,Vera,2026-03-16 17:30,,2026-03-17 10:00\n3,Anna,Vera,2026-03-16 10:00,,\n"
    )
    columns = {
        "lead_id": "lead",
        "from_employee": "from",
        "to_employee": "to",
        "handed_at": "at",
        "accepted_at": "taken",
        "rejected_at": "refused",
    }
    company.stream("crm", "handed", handed, into="handovers", columns=columns)
    company.load_and_build()
    names = "(SELECT name FROM dim_employee AS e WHERE e.employee_id = f.started_employee_id)"
    found = company.ask(
        f"SELECT regulation_id, entity, entity_id, {names}, due_at, taken_seconds, is_in_time FROM fct_dues AS f "
        "WHERE regulation_id IN ('acceptance', 'call_back') ORDER BY 1, 3"
    )
    assert found == [
        ("acceptance", "lead", "crm:1", "Vera", at("2026-03-16 08:00"), 1800, True),
        ("acceptance", "lead", "crm:2", "Vera", at("2026-03-17 06:30"), 5400, False),
        ("acceptance", "lead", "crm:3", "Vera", at("2026-03-16 08:00"), None, None),
        ("call_back", "call", "pbx:call:1", None, at("2026-03-16 08:00"), 2400, True),
        ("call_back", "call", "pbx:call:3", "Boris", at("2026-03-16 08:00"), None, None),
    ]


def test_the_regulation_of_first_responses_says_what_the_figures_of_leads_say(company: CompanyFolder) -> None:
    company.pipeline(
        """
        pipeline: hot
        entity: leads
        match: { source: crm, pipeline: hot }
        stages: [{ id: new }]
        regulations:
          - { id: first_response, start: created, stop: first_outgoing, minutes: 45 }
        """,
        "hot",
    )
    chance = Random(20260316)  # noqa: S311 - a test's dice
    company.now = at("2026-03-20 09:00")
    lines = []
    for n in range(200):
        made = at("2026-03-12 06:00") + timedelta(minutes=chance.randint(0, 8 * 1440))
        answered = made + timedelta(minutes=chance.randint(-5, 1500) ** 2 // 1500) if chance.random() < 0.6 else None
        delay = chance.randint(1, 3000) if chance.random() < 0.1 else ""
        deleted = "2026-03-20" if chance.random() < 0.05 else ""
        who, pipeline = chance.choice(["Anna", "Boris", ""]), chance.choice(["hot", "cold"])
        created = "" if chance.random() < 0.02 else f"{made}Z"
        lines.append(f"{n},{created},{f'{answered}Z' if answered else ''},{who},new,{deleted},{pipeline},{delay}\n")
    text = "id,made,answered,owner,stage,deleted,pipeline,delay\n" + "".join(lines)
    columns = {**LEADS, "pipeline": "pipeline", "first_response_seconds": "delay"}
    company.stream("crm", "leads", text, into="leads", columns=columns)
    company.load_and_build()
    company.build()
    told = metrics(company.folder, lambda: company.now)
    same = {
        "leads_judged_by_response": "dues_judged",
        "leads_answered_in_time": "dues_kept",
        "first_response_within": "regulation_within",
    }
    for by in ((), ("employee",), ("pipeline",), ("week", "employee")):
        leads_, dues_ = (
            told.query(Query(metrics=tuple(names), scope=Scope.everything(), by=by, where=where, hidden=True)).rows
            for names, where in (
                (same, ()),
                (same.values(), (Filter("regulation", ("first_response",)),)),
            )
        )
        cuts = [name for name in ("employee", "pipeline", "week") if name in by]
        expected_ = {tuple(row[cut] for cut in cuts): [row[name] for name in same] for row in leads_}
        found = {tuple(row[cut] for cut in cuts): [row[name] for name in same.values()] for row in dues_}
        assert {key: row for key, row in expected_.items() if row[0]} == {k: row for k, row in found.items() if row[0]}
    medians = told.query(Query(metrics=("first_response_median",), scope=Scope.everything())).totals
    answer = told.query(
        Query(
            metrics=("regulation_median", "dues"),
            scope=Scope.everything(),
            where=(Filter("regulation", ("first_response",)),),
        )
    )
    assert answer.totals["regulation_median"] == medians["first_response_median"]
    assert int(str(answer.totals["dues"])) > 150
    told.close()
