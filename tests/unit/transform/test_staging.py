from datetime import date
from decimal import Decimal

import pytest

from tests.company import CompanyFolder, at
from voronka.transform import staging

DEALS = {"deal_id": "id", "amount": "sum"}


def deals(company: CompanyFolder) -> list[tuple[str, Decimal]]:
    return [(deal, amount) for deal, amount in company.table("fct_deals", "deal_id amount")]


def test_the_last_load_has_the_last_word(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n2,200\n", into="deals", columns=DEALS)
    company.load()
    company.export("crm", "deals", "id,sum\n1,150\n3,300\n", suffix="_2")
    company.load_and_build()
    assert deals(company) == [("crm:1", Decimal(150)), ("crm:2", Decimal(200)), ("crm:3", Decimal(300))]


def test_of_equal_keys_in_one_file_the_last_row_counts(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n1,150\n", into="deals", columns=DEALS)
    (outcome,) = company.load()
    company.build()
    assert outcome.rows_repeated == 1
    assert deals(company) == [("crm:1", Decimal(150))]


def test_the_last_change_has_the_last_word_whenever_it_was_loaded(company: CompanyFolder) -> None:
    columns = {**DEALS, "updated_at": "at"}
    company.stream("crm", "deals", "id,sum,at\n1,150,2026-02-01\n2,5,\n", into="deals", columns=columns)
    company.load()
    company.export("crm", "deals", "id,sum,at\n1,100,2026-01-01\n2,6,\n", suffix="_2")
    company.load_and_build()
    assert deals(company) == [("crm:1", Decimal(150)), ("crm:2", Decimal(6))]


def test_a_record_that_a_full_snapshot_lacks_is_gone(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n2,200\n", into="deals", snapshot="full", columns=DEALS)
    company.load()
    company.export("crm", "deals", "id,sum\n2,250\n")
    company.load_and_build()
    assert deals(company) == [("crm:2", Decimal(250))]
    company.export("crm", "deals", "id,sum\n1,110\n2,250\n")
    company.load_and_build()
    assert deals(company) == [("crm:1", Decimal(110)), ("crm:2", Decimal(250))]


def test_a_load_taken_out_counts_no_more_and_comes_back_as_it_was(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n", into="deals", columns=DEALS)
    company.load()
    company.export("crm", "deals", "id,sum\n1,150\n2,200\n", suffix="_2")
    company.load_and_build()
    last = company.loads()[-1].load_id
    company.set_state(last, "undone")
    company.build()
    assert deals(company) == [("crm:1", Decimal(100))]
    company.set_state(last, "active")
    company.build()
    assert deals(company) == [("crm:1", Decimal(150)), ("crm:2", Decimal(200))]


def test_what_a_snapshot_deleted_is_there_again_when_it_is_taken_out(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n2,200\n", into="deals", snapshot="full", columns=DEALS)
    company.load()
    company.export("crm", "deals", "id,sum\n2,250\n")
    company.load()
    company.set_state(company.loads()[-1].load_id, "undone")
    company.build()
    assert deals(company) == [("crm:1", Decimal(100)), ("crm:2", Decimal(200))]


def test_every_load_is_read_in_its_own_format(company: CompanyFolder) -> None:
    columns = {**DEALS, "created_at": "at"}
    company.stream("crm", "deals", 'id,sum,at\n1,"1.234,50",25.01.2026\n', into="deals", columns=columns)
    company.load()
    company.export("crm", "deals", 'id,sum,at\n2,"1,234.50",2026-01-25T10:00:00Z\n', suffix="_2")
    company.load()
    company.export("crm", "deals", "id,sum,at\n3,1234.5,01/25/2026\n", suffix="_3")
    company.load_and_build()
    assert company.table("fct_deals", "amount created_at") == [
        (Decimal("1234.50"), at("2026-01-24 21:00")),
        (Decimal("1234.50"), at("2026-01-24 21:00")),
        (Decimal("1234.50"), at("2026-01-25 10:00")),
    ]


def test_a_load_that_tells_no_order_follows_the_streams_other_loads(company: CompanyFolder) -> None:
    columns = {**DEALS, "created_at": "at"}
    company.stream("crm", "deals", "id,sum,at\n1,1,01/25/2026\n", into="deals", columns=columns)
    company.load()
    company.export("crm", "deals", "id,sum,at\n2,1,02/03/2026\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_deals", "deal_id created_day") == [
        ("crm:1", date(2026, 1, 25)),
        ("crm:2", date(2026, 2, 3)),
    ]


def test_a_format_set_after_the_load_counts(company: CompanyFolder) -> None:
    columns = {**DEALS, "created_at": "at"}
    text = 'id,sum,at\n1,"1,234",02/03/2026\n'
    company.stream("crm", "deals", text, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "amount created_day") == [(Decimal(1234), date(2026, 3, 2))]
    company.stream("crm", "deals", into="deals", columns=columns, read={"dates": "%m/%d/%Y", "decimal": ","})
    company.build()
    assert company.table("fct_deals", "amount created_day") == [(Decimal("1.23"), date(2026, 2, 3))]
    company.stream("crm", "deals", into="deals", columns=columns)
    company.build()
    assert company.table("fct_deals", "amount created_day") == [(Decimal(1234), date(2026, 3, 2))]


def test_a_zone_set_after_the_load_counts(company: CompanyFolder) -> None:
    columns = {**DEALS, "created_at": "at"}
    company.stream("crm", "deals", "id,sum,at\n1,1,2026-02-03 10:00\n", into="deals", columns=columns)
    company.load_and_build()
    company.stream("crm", "deals", into="deals", columns=columns, read={"time_zone": "UTC"})
    company.build()
    assert company.table("fct_deals", "created_at") == [(at("2026-02-03 10:00"),)]


def test_a_column_mapped_after_the_load_is_decided_from_raw_with_the_others(company: CompanyFolder) -> None:
    text = "id,sum,at,end\n1,1,01/25/2026,02/03/2026\n"
    company.stream("crm", "deals", text, into="deals", columns={**DEALS, "created_at": "at"})
    company.load_and_build()
    columns = {**DEALS, "created_at": "at", "closed_at": "end", "outcome": "= 'won'"}
    company.stream("crm", "deals", into="deals", columns=columns)
    company.build()
    assert company.table("fct_deals", "created_day closed_day") == [(date(2026, 1, 25), date(2026, 2, 3))]


def test_a_key_mapped_anew_takes_no_record_twice(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,no,sum\n1,7,100\n2,7,150\n", into="deals", columns=DEALS)
    company.load_and_build()
    company.stream("crm", "deals", into="deals", columns={"deal_id": "no", "amount": "sum"})
    company.build()
    assert deals(company) == [("crm:7", Decimal(150))]


def test_a_mapping_mended_takes_the_rows_put_aside_and_counts_them_once(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,soon\n1,150\n2,later\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert len(company.table("quarantine", "key")) == 2
    company.stream("crm", "deals", into="deals", columns=DEALS, nulls=["", "soon", "later"])
    company.build()
    assert company.table("quarantine", "key") == []
    assert company.table("fct_deals", "deal_id amount") == [("crm:1", Decimal(150)), ("crm:2", None)]


def test_an_id_stands_once_even_where_the_key_is_the_content(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n1,150\n", into="deals", key="auto", columns=DEALS)
    company.load_and_build()
    assert deals(company) == [("crm:1", Decimal(150))]


def test_two_streams_feed_one_table_and_the_later_row_of_an_id_counts(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n2,200\n", into="deals", columns=DEALS)
    company.stream("crm", "archive", "id,sum\n2,250\n3,300\n", into="deals", columns=DEALS)
    company.load("deals")
    company.load("archive")
    company.build()
    assert deals(company) == [("crm:1", Decimal(100)), ("crm:2", Decimal(250)), ("crm:3", Decimal(300))]


def test_streams_of_two_sources_do_not_meet_by_accident(company: CompanyFolder) -> None:
    company.stream("a", "deals", "id,sum\n1,100\n", into="deals", columns=DEALS)
    company.stream("b", "deals", "id,sum\n1,200\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert deals(company) == [("a:1", Decimal(100)), ("b:1", Decimal(200))]


def test_one_file_may_feed_two_tables(company: CompanyFolder) -> None:
    company.export("crm", "rows", "id,sum,made\n1,100,2026-01-01\n2,,2026-01-02\n")
    path = "exports/crm/rows.csv"
    company.stream("crm", "leads", path=path, into="leads", columns={"lead_id": "id", "created_at": "made"})
    company.stream("crm", "deals", path=path, into="deals", columns={**DEALS, "lead_id": "id"})
    company.load_and_build()
    assert company.table("fct_leads", "lead_id") == [("crm:1",), ("crm:2",)]
    assert company.table("fct_deals", "deal_id lead_id journey_id") == [
        ("crm:1", "crm:1", "lead:crm:1"),
        ("crm:2", "crm:2", "lead:crm:2"),
    ]


STAGES = {"into": "deals", "columns": {"deal_id": "id"}, "stage_dates": {"Talks": "t", "Won": "w"}}


def test_a_stage_date_taken_back_is_taken_back(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,t,w\n1,2026-01-01,2026-01-05\n", **STAGES)
    company.load()
    company.export("crm", "deals", "id,t,w\n1,2026-01-02,\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_stage_entries", "stage_id entered_day") == [("Talks", date(2026, 1, 2))]


def test_stage_dates_of_a_deleted_record_are_gone(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,t,w\n1,2026-01-01,\n2,2026-01-01,\n", snapshot="full", **STAGES)
    company.load()
    company.export("crm", "deals", "id,t,w\n2,2026-01-01,\n")
    company.load_and_build()
    assert company.table("fct_stage_entries", "entity_id stage_id") == [("crm:2", "Talks")]


def test_stage_dates_are_those_of_the_last_change_of_their_record(company: CompanyFolder) -> None:
    stream = {**STAGES, "columns": {"deal_id": "id", "updated_at": "u"}}
    company.stream("crm", "deals", "id,t,w,u\n1,2026-01-03,,2026-02-01\n", **stream)
    company.load()
    company.export("crm", "deals", "id,t,w,u\n1,2026-01-01,2026-01-02,2026-01-15\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_stage_entries", "stage_id entered_day") == [("Talks", date(2026, 1, 3))]


def test_a_stage_change_corrected_under_its_key_replaces_the_first(company: CompanyFolder) -> None:
    columns = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
    company.stream("crm", "m", "no,deal,to,at\n1,5,A,2026-01-01\n", into="stage_changes", key="no", columns=columns)
    company.load()
    company.export("crm", "m", "no,deal,to,at\n1,5,B,2026-01-01\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_stage_entries", "stage_id") == [("B",)]


def test_employees_keep_their_versions_until_a_full_snapshot_lacks_them(company: CompanyFolder) -> None:
    columns = {"employee_id": "id", "name": "name", "team": "team", "valid_from": "from"}
    text = "id,name,team,from\n1,Anna,W,2026-01-01\n1,Anna,E,2026-02-01\n"
    company.stream("hr", "people", text, into="employees", snapshot="full", columns=columns)
    company.load()
    company.export("hr", "people", "id,name,team,from\n1,Anna,W,2026-01-01\n1,Anna,N,2026-02-05\n")
    company.load_and_build()
    assert company.table("employee_team", "valid_from team_id") == [
        (date(2026, 1, 1), "name:w"),
        (date(2026, 2, 5), "name:n"),
    ]


def test_a_load_without_a_column_of_the_mapping_leaves_it_empty(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,sum\n1,100\n", into="deals", columns=DEALS)
    company.load()
    company.stream("crm", "deals", into="deals", columns={**DEALS, "title": "name"})
    company.export("crm", "deals", "id,sum,name\n2,200,Acme\n", suffix="_2")
    company.load_and_build()
    assert company.table("fct_deals", "deal_id title") == [("crm:1", None), ("crm:2", "Acme")]


@pytest.mark.parametrize("large", [0, 3_000_000])
def test_large_tables_are_read_again_and_are_the_same(
    company: CompanyFolder, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(staging, "LARGE", large)
    text = "id,who,talk\n1,Anna,60\n2,Boris,0\n3,Anna,5\n"
    columns = {"activity_id": "id", "employee": "who", "talk_seconds": "talk"}
    company.stream("pbx", "calls", text, into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_calls", "activity_id employee_id talk_seconds") == [
        ("pbx:call:1", "name:anna", 60),
        ("pbx:call:2", "name:boris", None),
        ("pbx:call:3", "name:anna", 5),
    ]
