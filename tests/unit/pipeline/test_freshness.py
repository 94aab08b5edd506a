from datetime import date, datetime
from pathlib import Path

import pytest

from tests.company import CompanyFolder, at
from voronka import bootstrap
from voronka.pipeline.freshness import StreamFreshness

NOW = at("2026-03-02 12:00")
CALLS = {"activity_id": "id", "started_at": "at"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company", zone="UTC", now=at("2026-03-02 08:00"))


def fresh(company: CompanyFolder) -> dict[str, StreamFreshness]:
    opened = bootstrap.open_for_people(str(company.folder), lambda: NOW)
    try:
        return {f"{each.source}.{each.stream}": each for each in opened.freshness()}
    finally:
        opened.close()


def last(company: CompanyFolder) -> dict[str, datetime | date | None]:
    return {name: each.last_event_at for name, each in fresh(company).items()}


def test_rows_of_loads_that_count_are_summed_and_the_last_one_tells_the_time(company: CompanyFolder) -> None:
    company.stream("pbx", "calls", "id,at\n1,2026-03-01 10:00\n2,x\n", into="calls", key="id", columns=CALLS)
    company.load()
    company.export("pbx", "calls", "id,at\n3,2026-03-01 11:00\n", "-2")
    (second,) = (each for each in company.load() if each.state == "loaded")
    company.build()
    assert fresh(company)["pbx.calls"] == StreamFreshness(
        "pbx", "calls", 2, at("2026-03-02 09:00"), at("2026-03-01 11:00")
    )
    company.set_state(second.load_id or "", "undone")
    company.build()
    assert fresh(company)["pbx.calls"] == StreamFreshness(
        "pbx", "calls", 1, at("2026-03-02 08:00"), at("2026-03-01 10:00")
    )


def test_each_source_has_its_own_last_event_and_what_is_planned_has_not_happened(company: CompanyFolder) -> None:
    for source, hour in (("pbx", 10), ("mobile", 9)):
        text = f"id,at\n1,2026-03-02 {hour}:00\n2,2026-03-02 12:01\n"
        company.stream(source, "calls", text, into="calls", key="id", columns=CALLS)
    company.load_and_build()
    assert last(company) == {"pbx.calls": at("2026-03-02 10:00"), "mobile.calls": at("2026-03-02 09:00")}


def test_two_streams_of_one_table_have_each_its_own_last_event(company: CompanyFolder) -> None:
    leads = {"lead_id": "id", "created_at": "at"}
    company.stream("crm", "site", "id,at\n1,2026-02-27 10:00\n2,2026-03-05 10:00\n", into="leads", columns=leads)
    company.stream("crm", "shop", "id,at\n3,2026-03-01 11:00\n4,x\n", into="leads", columns=leads)
    company.load_and_build()
    assert last(company) == {"crm.site": at("2026-02-27 10:00"), "crm.shop": at("2026-03-01 11:00")}


def test_ids_of_a_space_that_two_sources_share_are_told_by_the_space(company: CompanyFolder) -> None:
    company.stream("old", "calls", "id,at\n1,2026-03-01 10:00\n", into="calls", key="id", columns=CALLS)
    company.space("old", "pbx")
    company.load_and_build()
    assert last(company) == {"old.calls": at("2026-03-01 10:00")}


def test_an_event_of_long_ago_is_found_too(company: CompanyFolder) -> None:
    company.stream("pbx", "calls", "id,at\n1,2024-05-01 10:00\n", into="calls", key="id", columns=CALLS)
    company.load_and_build()
    assert last(company) == {"pbx.calls": at("2024-05-01 10:00")}


def test_what_happened_last_may_have_begun_long_before(company: CompanyFolder) -> None:
    deals = "id,made,closed,state\n1,2017-10-05 10:00,2017-12-31 09:00,won\n2,2017-12-27 10:00,,open\n"
    columns = {"deal_id": "id", "created_at": "made", "closed_at": "closed", "outcome": "state"}
    company.stream("crm", "deals", deals, into="deals", key="id", columns=columns)
    company.load_and_build()
    assert last(company) == {"crm.deals": at("2017-12-31 09:00")}


def test_what_has_days_only_gives_a_day_and_what_is_no_event_gives_nothing(company: CompanyFolder) -> None:
    spend = {"day": "day", "channel": "channel", "cost": "cost"}
    company.stream("ads", "spend", "day,channel,cost\n2026-02-27,Avito,5\n", into="ad_spend", columns=spend)
    company.stream("crm", "people", "who\nАнна\n", into="employees", columns={"name": "who"})
    company.load_and_build()
    found = last(company)
    assert found == {"ads.spend": date(2026, 2, 27), "crm.people": None}
    assert not isinstance(found["ads.spend"], datetime)


def test_a_stream_that_has_gone_from_its_file_is_still_told(company: CompanyFolder) -> None:
    company.stream("pbx", "calls", "id,at\n1,2026-03-01 10:00\n", into="calls", key="id", columns=CALLS)
    company.load_and_build()
    (company.folder / "sources" / "pbx.yml").unlink()
    assert last(company) == {"pbx.calls": None}
    company.write("sources/pbx.yml", "source: [")  # being edited
    assert last(company) == {"pbx.calls": None}


def test_nothing_is_told_before_anything_is_loaded(company: CompanyFolder) -> None:
    assert fresh(company) == {}


def test_a_stage_seen_between_two_loads_is_no_event_of_their_time(company: CompanyFolder) -> None:
    company.pipeline(
        "pipeline: leads\nentity: leads\nstages:\n  - { id: New }\n  - { id: Good, milestone: qualified }\n"
    )
    columns = {"lead_id": "id", "stage": "stage", "created_at": "made"}
    company.stream("crm", "leads", "id,stage,made\n1,New,2026-02-27 10:00\n", into="leads", key="id", columns=columns)
    company.load()
    company.export("crm", "leads", "id,stage,made\n1,Good,2026-02-27 10:00\n2,New,2026-02-28 10:00\n", "-2")
    company.load()
    company.build()
    assert company.table("fct_leads", "qualified_at", "lead_id = 'crm:1'") == [(at("2026-03-02 09:00"),)]
    assert last(company) == {"crm.leads": at("2026-02-28 10:00")}


def test_what_was_planned_for_a_day_gone_by_has_not_happened(company: CompanyFolder) -> None:
    rows = "id,at,state\n1,2026-02-26 10:00,done\n2,2026-02-27 10:00,planned\n"
    columns = {"activity_id": "id", "started_at": "at", "status": "state"}
    company.stream("crm", "acts", rows, into="activities", key="id", columns=columns)
    company.load_and_build()
    assert last(company) == {"crm.acts": at("2026-02-26 10:00")}
