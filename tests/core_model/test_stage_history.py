"""Stage history from whatever a source gives: a log, dates beside the record, or nothing but copies of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.company import AskedCompany, CompanyFolder, at
from voronka.bootstrap import metrics
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter, Query

SALES = """\
pipeline: sales
stages:
  - { id: New }
  - { id: Talks, milestone: accepted }
  - { id: Offer }
  - { id: Won, outcome: won }
"""
DAY = 86400
COLUMNS = {"deal_id": "id", "stage": "stage", "amount": "sum", "employee": "who"}
MOVES = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
ENTRIES = "entity_id stage_id entered_at left_at source precision_seconds"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    """Return a company whose first load is received on 2 March 2026 at 09:00 UTC."""
    company = AskedCompany(tmp_path / "c")
    company.pipeline(SALES)
    return company


def copies(company: CompanyFolder, *days: str, step: int = 1, **mapping: Any) -> None:  # noqa: ANN401 - YAML
    """Load an export of deals on each of several days, `step` days apart, at 09:00 UTC."""
    options: dict[str, Any] = {"into": "deals", "columns": COLUMNS, "snapshot": "full", **mapping}
    company.stream("crm", "deals", **options)
    first = company.now
    for number, rows in enumerate(days):
        company.now = first + timedelta(days=step * number)
        company.export("crm", "deals", "id,stage,sum,who\n" + rows.replace(" ", "\n") + "\n", f"_{number}")
        company.load("deals")


def test_copies_of_three_days_tell_of_the_moves_between_them_and_of_no_others(company: CompanyFolder) -> None:
    copies(
        company,
        "1,New,10,Anna 2,New,20,Anna 3,Talks,30,Boris 4,New,40,Boris",
        "1,Talks,11,Anna 2,New,20,Anna 3,Talks,30,Boris",  # 4 is gone
        "1,Offer,12,Anna 2,Won,20,Anna 3,Talks,30,Boris 5,Offer,50,Anna",
    )
    company.build()
    assert company.table("fct_stage_entries", ENTRIES) == [
        ("crm:1", "Offer", at("2026-03-04 09:00"), None, "snapshot", DAY),
        ("crm:1", "Talks", at("2026-03-03 09:00"), at("2026-03-04 09:00"), "snapshot", DAY),
        ("crm:2", "Won", at("2026-03-04 09:00"), None, "snapshot", DAY),  # what it skipped is not made up
    ]
    assert company.table("fct_stage_entries", "amount employee_id", "stage_id = 'Talks'") == [(11, "name:anna")]


def test_a_load_taken_out_tells_nothing_and_the_time_between_the_others_is_longer(company: CompanyFolder) -> None:
    copies(company, "1,New,1,A", "1,Talks,1,A", "1,Offer,1,A")
    company.set_state(company.loads()[1].load_id, "undone")
    company.build()
    assert company.table("fct_stage_entries", ENTRIES) == [
        ("crm:1", "Offer", at("2026-03-04 09:00"), None, "snapshot", 2 * DAY)
    ]


def test_where_a_log_covers_the_time_copies_say_nothing(company: CompanyFolder) -> None:
    copies(company, "1,New,1,A 2,New,1,A", "1,Talks,1,A 2,Talks,1,A", "1,Offer,1,A 2,Talks,1,A")
    log = "deal,to,at\n1,New,2026-02-20 12:00\n1,Talks,2026-03-02 20:30\n1,Offer,2026-03-03 20:15\n"
    company.stream("crm", "moves", log, into="stage_changes", key="auto", columns=MOVES)
    company.load("moves")  # after all copies
    company.build()
    assert company.table("fct_stage_entries", "entity_id stage_id entered_at source precision_seconds") == [
        ("crm:1", "New", at("2026-02-20 09:00"), "native", 0),
        ("crm:1", "Offer", at("2026-03-03 17:15"), "native", 0),
        ("crm:1", "Talks", at("2026-03-02 17:30"), "native", 0),
        ("crm:2", "Talks", at("2026-03-03 09:00"), "snapshot", DAY),  # the log does not tell of it
    ]


def test_copies_go_on_where_a_log_ends_and_tell_what_was_before_it(company: CompanyFolder) -> None:
    log = "deal,to,at\n1,Talks,2026-03-02 11:00\n2,Offer,2026-03-05 11:30\n"
    company.stream("crm", "moves", log, into="stage_changes", key="auto", columns=MOVES)
    company.load("moves")  # received on 2 March at 09:00: the log is known until then
    copies(company, "1,Talks,1,A 2,New,1,A", "1,Talks,1,A 2,Talks,1,A", "1,Offer,1,A 2,Talks,1,A")
    company.build()
    assert company.table("fct_stage_entries", "entity_id stage_id entered_at source") == [
        ("crm:1", "Offer", at("2026-03-04 10:00"), "snapshot"),
        ("crm:1", "Talks", at("2026-03-02 08:00"), "native"),
        ("crm:2", "Offer", at("2026-03-05 08:30"), "native"),
        ("crm:2", "Talks", at("2026-03-03 10:00"), "snapshot"),
    ]


def test_a_date_beside_the_record_is_taken_for_its_own_stage_and_copies_for_the_others(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", into="deals", columns={"deal_id": "id", "stage": "stage"}, snapshot="full",
        stage_dates={"Talks": "talks"},
    )  # fmt: skip
    for number, row in enumerate(("1,New,", "1,Talks,2026-03-03", "1,Won,2026-03-03")):
        company.now = at("2026-03-02 09:00") + timedelta(days=number)
        company.export("crm", "deals", f"id,stage,talks\n{row}\n", f"_{number}")
        company.load("deals")
    company.build()
    assert company.table("fct_stage_entries", "stage_id entered_at source precision_seconds") == [
        ("Talks", at("2026-03-02 21:00"), "property", DAY),  # a day, without a time
        ("Won", at("2026-03-04 09:00"), "snapshot", DAY),
    ]


def test_the_time_of_the_last_change_narrows_the_span(company: CompanyFolder) -> None:
    columns = {"deal_id": "id", "stage": "stage", "updated_at": "changed"}
    company.stream("crm", "deals", into="deals", columns=columns)
    rows = (
        "1,New,2026-03-01 10:00\n2,New,2026-03-01 10:00",
        "1,Talks,2026-03-02 18:00\n2,Talks,2026-03-01 10:00",  # 2 moved, and its time of change did not
    )
    for number, row in enumerate(rows):
        company.now = at("2026-03-02 09:00") + timedelta(days=number)
        company.export("crm", "deals", f"id,stage,changed\n{row}\n", f"_{number}")
        company.load("deals")
    company.build()
    assert company.table("fct_stage_entries", "entity_id entered_at precision_seconds") == [
        # the first load tells of nothing after 10:00 on 1 March in Moscow: it may have been made then
        ("crm:1", at("2026-03-02 15:00"), 32 * 3600),
        ("crm:2", at("2026-03-03 09:00"), 50 * 3600),
    ]


def test_a_move_between_two_old_exports_loaded_today_has_no_moment(company: CompanyFolder) -> None:
    columns = {"deal_id": "id", "stage": "stage", "created_at": "made"}
    company.stream("crm", "deals", into="deals", columns=columns)
    for number, stage in enumerate(("New", "Talks")):
        company.now = at("2026-03-02 09:00") + timedelta(minutes=10 * number)
        company.export("crm", "deals", f"id,stage,made\n1,{stage},2026-02-10 12:00\n", f"_{number}")
        company.load("deals")
    company.build()
    # between 10 February, the last that the first file tells of, and the second load: 20 days and 10 minutes
    entered = [("Talks", at("2026-03-02 09:10"), 20 * DAY + 600)]
    assert company.table("fct_stage_entries", "stage_id entered_at precision_seconds") == entered
    assert company.table("fct_deals", "accepted_at reached_accepted") == [(None, True)]


def test_moves_of_a_merged_lead_are_the_other_ones(company: CompanyFolder) -> None:
    company.pipeline("pipeline: leads\nentity: leads\nstages:\n  - { id: New }\n  - { id: Good }\n", "leads")
    columns = {"lead_id": "id", "stage": "stage", "merged_into": "into"}
    company.stream("crm", "leads", into="leads", columns=columns, snapshot="full")
    for number, rows in enumerate(("1,New,\n2,Good,", "1,Good,\n2,Good,", "1,Good,2\n2,Good,")):
        company.now = at("2026-03-02 09:00") + timedelta(days=number)
        company.export("crm", "leads", f"id,stage,into\n{rows}\n", f"_{number}")
        company.load("leads")
    company.build()
    assert company.table("fct_stage_entries", "entity entity_id pipeline_id stage_id entered_at source") == [
        ("lead", "crm:2", "leads", "Good", at("2026-03-03 09:00"), "snapshot")
    ]


def test_a_milestone_known_within_months_is_reached_and_has_no_moment(company: CompanyFolder) -> None:
    copies(company, "1,New,1,A", "1,Offer,1,A", step=9)
    company.build()
    assert company.table("fct_deals", "accepted_at reached_accepted") == [(None, True)]
    company.write("voronka.toml", 'currency = "RUB"\ntime_zone = "Europe/Moscow"\n[quality]\nstage_days = 9\n')
    company.build()
    assert company.table("fct_deals", "accepted_at reached_accepted") == [(at("2026-03-11 09:00"), True)]


def test_where_history_is_missing_is_told_by_pipeline_and_source(company: CompanyFolder) -> None:
    copies(
        company,
        "1,New,1,A 2,New,1,A 3,Talks,1,A 4,New,1,A",
        "1,Talks,1,A 2,New,1,A 3,Talks,1,A 4,Offer,1,A",
    )
    log = "deal,to,at\n3,New,2026-02-01 12:00\n3,Talks,2026-02-02 12:00\n4,New,2026-02-01 12:00\n"
    company.stream("crm", "moves", log, into="stage_changes", key="auto", columns=MOVES)
    company.load("moves")
    company.build()
    columns = (
        "entity pipeline_id source records native_records property_records snapshot_records without_records entries "
        "known_records median_precision_seconds"
    )
    assert company.table("dim_stage_history", columns) == [
        # 3 and 4 have a log, 1 a snapshot, 2 nothing; of 1 and 3 it is known when they entered where they stand
        ("deal", "sales", "crm", 4, 2, 0, 1, 1, 4, 2, 0.0)
    ]


def at_moments(company: CompanyFolder, moments: tuple[str, ...], **stages_of: str) -> None:
    """Load copies of records at moments; of each record its stage in every copy, a letter each.

    The last record was made at the moment: the copy tells of all until then.
    """
    names = {"N": "New", "H": "Handed", "T": "Talks", "O": "Offer"}
    for number, moment in enumerate(moments):
        company.now = at(moment)
        rows = "".join(
            f"{record[1:]},{names[stages[number]]},2026-03-02 08:00Z\n" for record, stages in stages_of.items()
        )
        company.export("crm", "copies", f"id,stage,made\n{rows}9,New,{moment}Z\n", f"_{number}")
        company.load("copies")


def test_a_limit_was_kept_or_broken_only_where_it_surely_was(company: CompanyFolder) -> None:
    limits = """\
regulations:
  - { id: offer, entity: deals, start: "stage:Talks", stop: "stage:Offer", minutes: 1440, clock: calendar }
  - { id: stay, entity: deals, start: "stage:Talks", stop: "left:Talks", minutes: 2880, clock: calendar }
  - { id: reach, entity: deals, start: created, stop: "milestone:proposal", minutes: 4320, clock: calendar }
"""
    company.pipeline(SALES.replace("id: Offer", "id: Offer, milestone: proposal") + limits)
    columns = {"deal_id": "id", "stage": "stage", "created_at": "made"}
    company.stream("crm", "copies", into="deals", columns=columns, snapshot="full")
    days = tuple(f"2026-03-0{day} 09:00" for day in (2, 3, 4, 5, 6))
    # 5 and 6 stand still in the copies: a log of days tells of them
    at_moments(company, days, d1="NTOOO", d2="NTTTO", d3="NTTTT", d5="OOOOO", d6="OOOOO")
    log = "deal,to,at\n5,Talks,2026-03-02\n5,Offer,2026-03-03\n6,Talks,2026-03-02\n6,Offer,2026-03-05\n"
    company.stream("crm", "moves", log, into="stage_changes", key="auto", columns=MOVES)
    company.load("moves")
    company.build()
    columns_ = "regulation_id entity_id due_at is_stopped is_in_time"
    unsure, waits = (True, None), (False, None)
    assert company.table("fct_dues", columns_, "regulation_id <> 'next_task' AND entity_id <> 'crm:9'") == [
        ("offer", "crm:1", at("2026-03-04 09:00"), *unsure),  # from an instant to two days
        ("offer", "crm:2", at("2026-03-04 09:00"), True, False),  # Talks until the 3rd at 9, Offer from the 5th on
        ("offer", "crm:3", at("2026-03-04 09:00"), *waits),  # due by the latest start there may have been
        ("offer", "crm:5", at("2026-03-03 21:00"), *unsure),  # on the 2nd by Moscow, which ends at 21:00
        ("offer", "crm:6", at("2026-03-03 21:00"), True, False),
        ("reach", "crm:1", at("2026-03-05 08:00"), True, True),  # by the 4th
        ("reach", "crm:2", at("2026-03-05 08:00"), True, False),  # from the 5th at 9 on
        ("reach", "crm:3", at("2026-03-05 08:00"), *waits),
        ("reach", "crm:5", at("2026-03-05 08:00"), True, True),
        ("reach", "crm:6", at("2026-03-05 08:00"), *unsure),  # some time on the 5th
        ("stay", "crm:1", at("2026-03-05 09:00"), True, True),  # two days at most
        ("stay", "crm:2", at("2026-03-05 09:00"), *unsure),  # two to four days
        ("stay", "crm:3", at("2026-03-05 09:00"), *waits),
        ("stay", "crm:5", at("2026-03-04 21:00"), True, True),
        ("stay", "crm:6", at("2026-03-04 21:00"), *unsure),
    ]
    company.build()
    told = metrics(company.folder, lambda: company.now)
    names = ("dues", "dues_kept", "dues_breached", "dues_unsure", "dues_waiting")
    found = told.query(
        Query(
            metrics=names,
            scope=Scope.everything(),
            by=("regulation",),
            where=(Filter("regulation", ("offer", "stay")),),
            hidden=True,
        )
    ).rows
    told.close()
    assert {row["regulation_id"]: [row[name] for name in names] for row in found} == {
        "offer": [5, 0, 3, 2, 0],  # the third is due since the 4th
        "stay": [5, 2, 1, 2, 0],
    }


def test_a_lead_seen_handed_over_by_copies_is_late_only_where_it_surely_is(company: CompanyFolder) -> None:
    stages = "[{ id: New }, { id: Handed, milestone: handed }, { id: Talks, milestone: accepted }]"
    company.pipeline(f"pipeline: leads\nentity: leads\nstages: {stages}\n", "leads")
    columns = {"lead_id": "id", "stage": "stage", "created_at": "made"}
    company.stream("crm", "copies", into="leads", columns=columns, snapshot="full")
    # by Moscow: Monday 18:30, Tuesday 8:30, 9:30, 12:00, 15:00; an hour from 9 to 18 is allowed
    moments = ("2026-03-02 15:30", "2026-03-03 05:30", "2026-03-03 06:30", "2026-03-03 09:00", "2026-03-03 12:00")
    at_moments(company, moments, l1="NHTTT", l2="NHHTT", l3="NHHHT", l4="NNNHH")
    log = "lead,field,old,new,at\n1,owner,7,8,2026-03-02 23:00\n1,owner,8,9,2026-03-03 14:00\n"
    changes = {"lead_id": "lead", "field": "field", "old": "old", "new": "new", "changed_at": "at"}
    company.stream("crm", "log", log, into="changes", key="auto", columns=changes)
    company.load("log")
    company.build()
    columns_ = "lead_id accept_due_at is_accepted is_accepted_late"
    assert company.table("fct_handovers", columns_) == [
        ("crm:1", at("2026-03-03 07:00"), True, False),  # half an hour at most
        ("crm:2", at("2026-03-03 07:00"), True, None),  # half an hour to three hours
        ("crm:3", at("2026-03-03 07:00"), True, True),  # three hours at least
        ("crm:4", at("2026-03-03 10:00"), False, False),  # handed by 12:00 at the latest
    ]
    # the owner turned in the night in which the lead was handed over, not at the next turn
    people = "from_employee_id to_employee_id"
    assert company.table("fct_handovers", people, "lead_id = 'crm:1'") == [("crm:7", "crm:8")]
    found = company.table("fct_dues", "entity_id is_stopped is_in_time", "regulation_id = 'acceptance'")
    assert [state for _, *state in found] == [[True, True], [True, None], [True, False], [False, None]]
