"""Stage history from whatever a source gives: a log, dates beside the record, or nothing but copies of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder, at

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
    company = CompanyFolder(tmp_path / "c")
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
