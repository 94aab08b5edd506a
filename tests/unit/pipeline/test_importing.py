from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from tests.unit.pipeline.conftest import DEALS, deals
from voronka.bootstrap import workplace
from voronka.domain.errors import InputError
from voronka.lake.ledger import SUPERSEDED, UNDONE
from voronka.lake.session import delta_rows
from voronka.pipeline.importing import Outcome, import_source

FIRST = """\
no,name,sum,made
1,Desks,100,2026-01-31
2,Chairs,250.50,2026-02-01
"""


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "Компания «Ромашка»")
    company.stream("crm", "deals", FIRST, **DEALS)
    return company


def raw(company: CompanyFolder, stream: str = "deals") -> list[dict[str, Any]]:
    """Return all raw rows of a stream of the source crm."""
    with workplace(str(company.folder)) as work:
        found = delta_rows(work.store, work.session, f"raw/crm/{stream}")
    return sorted(found, key=lambda row: (row["_received_at"], row["_row"]))


def states(outcomes: list[Outcome]) -> list[tuple[str, ...]]:
    return [(*outcome.files, outcome.state) for outcome in outcomes]


def test_a_load_is_told_with_its_rows_by_outcome(company: CompanyFolder) -> None:
    (outcome,) = company.load()
    assert (outcome.stream, outcome.files, outcome.state) == ("crm.deals", ("exports/crm/deals.csv",), "loaded")
    assert (outcome.rows_read, outcome.rows_good, outcome.rows_repeated, outcome.rows_quarantined) == (2, 2, 0, 0)
    assert outcome.columns["made"] == "time, iso"


def test_raw_rows_are_as_received_with_where_they_came_from(company: CompanyFolder) -> None:
    loaded_at = company.now
    (outcome,) = company.load()
    assert raw(company)[1] == {
        "no": "2",
        "name": "Chairs",
        "sum": "250.50",
        "made": "2026-02-01",
        "_key": "2",
        "_received_at": loaded_at,
        "_load_id": outcome.load_id,
        "_file": "exports/crm/deals.csv",
        "_row": 3,
        "_deleted": False,
        "_malformed": None,
        "_fault": None,
    }


def test_a_repeated_import_changes_nothing(company: CompanyFolder) -> None:
    company.load_and_build()
    before, version, rows = company.loads(), company.data_version(), raw(company)
    assert states(company.load()) == [("exports/crm/deals.csv", "already loaded")]
    assert company.rebuilt() == set()
    assert (company.loads(), company.data_version(), raw(company)) == (before, version, rows)


def test_the_same_file_under_another_name_is_known_by_its_content(company: CompanyFolder) -> None:
    company.load()
    company.export("crm", "deals", FIRST, suffix="-copy")
    assert states(company.load()) == [
        ("exports/crm/deals.csv", "already loaded"),
        ("exports/crm/deals-copy.csv", "already loaded"),
    ]


def test_two_new_files_of_one_content_are_loaded_once_and_both_are_told(company: CompanyFolder) -> None:
    company.export("crm", "deals", FIRST, suffix="-copy")
    assert states(company.load()) == [
        ("exports/crm/deals.csv", "loaded"),
        ("exports/crm/deals-copy.csv", "the same as exports/crm/deals.csv"),
    ]
    assert len(raw(company)) == 2


def test_of_overlapping_files_the_later_version_of_a_record_counts(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n2,Chairs,300,2026-02-01\n3,Lamps,7,2026-02-02\n", suffix="-march")
    company.load()
    assert deals(company) == [("crm:1", "Desks", 100), ("crm:2", "Chairs", 300), ("crm:3", "Lamps", 7)]
    assert [row["sum"] for row in raw(company) if row["no"] == "2"] == ["250.50", "300"]


def test_files_are_taken_in_the_order_of_their_numbers(company: CompanyFolder) -> None:
    for number in (10, 9, 2):
        company.export("crm", "deals", f"no,name,sum,made\n1,Desks,{number},2026-01-31\n", suffix=f"-{number}")
    names = [x.files[0].removeprefix("exports/crm/") for x in company.load()]
    assert names == ["deals.csv", "deals-2.csv", "deals-9.csv", "deals-10.csv"]
    assert deals(company)[0] == ("crm:1", "Desks", 10)


def test_a_later_load_is_the_newer_version_though_the_clock_stood_still_or_went_back(company: CompanyFolder) -> None:
    for number in range(1, 6):
        company.export("crm", "deals", f"no,name,sum,made\n1,Desks,{number},2026-01-31\n", suffix=f"-{number}")
        company.load()
        company.now -= timedelta(hours=1 + number)
    assert deals(company)[0] == ("crm:1", "Desks", 5)


def test_files_that_overlap_without_an_id_count_equal_rows_once_each(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    visits: dict[str, Any] = {"into": "touches", "key": "auto", "columns": {"touched_at": "at", "visitor_id": "who"}}
    company.stream("web", "visits", "at,who\n2026-01-01,a\n2026-01-01,a\n2026-01-02,b\n", **visits)
    company.export("web", "visits", "who,at,new\na,2026-01-01,\na,2026-01-01,\na,2026-01-01,\nc,2026-01-03,\n", "-2")
    company.load()
    assert company.staged("stg_touches", "visitor_id") == [("a",), ("a",), ("a",), ("b",), ("c",)]


def test_changed_read_options_supersede_the_earlier_load(company: CompanyFolder) -> None:
    text = "no;name;sum;made\n1;Столы;100;2026-01-31\n"
    company.write("exports/crm/deals.csv", text, encoding="cp1251")
    company.stream("crm", "deals", **DEALS, read={"encoding": "cp1252"})
    company.load()
    assert deals(company) == [("crm:1", "Ñòîëû", 100)]
    company.stream("crm", "deals", **DEALS, read={"encoding": "cp1251"})
    assert states(company.load()) == [("exports/crm/deals.csv", "loaded")]
    assert deals(company) == [("crm:1", "Столы", 100)]
    old, new = company.loads()
    assert (old.state, old.note, new.state) == (SUPERSEDED, f"read again as {new.load_id}", "active")
    company.stream("crm", "deals", **DEALS, read={"encoding": "cp1252"})
    company.load()
    assert deals(company) == [("crm:1", "Ñòîëû", 100)]


def test_an_undone_load_stays_undone_on_the_next_import(company: CompanyFolder) -> None:
    (outcome,) = company.load()
    company.set_state(outcome.load_id, UNDONE)
    assert states(company.load()) == [("exports/crm/deals.csv", "left out: undone")]
    assert deals(company) == []
    company.set_state(outcome.load_id, "active")
    assert len(deals(company)) == 2


def test_undo_of_a_later_load_brings_the_earlier_version_back(company: CompanyFolder) -> None:
    company.load()
    company.export("crm", "deals", "no,name,sum,made\n1,Desks,999,2026-01-31\n", suffix="-2")
    later = next(x for x in company.load() if x.state == "loaded")
    assert deals(company)[0] == ("crm:1", "Desks", 999)
    company.set_state(later.load_id, UNDONE)
    assert deals(company)[0] == ("crm:1", "Desks", 100)


def test_a_dry_run_writes_nothing_and_shows_what_would_come_in(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        (outcome,) = import_source(work, work.sources["crm"], dry_run=True)
    assert (outcome.state, outcome.rows_read, outcome.rows_good) == ("would be loaded", 2, 2)
    assert [row["deal_id"] for row in outcome.sample] == ["crm:1", "crm:2"]
    assert [path.name for path in (company.folder / "lake").glob("[!.]*")] == []
    assert states(company.load()) == [("exports/crm/deals.csv", "loaded")]


def test_a_header_in_another_case_goes_on_in_the_same_column(company: CompanyFolder) -> None:
    company.load()
    company.export("crm", "deals", "NO,Name,SUM,Made\n3,Lamps,7,2026-02-02\n", suffix="-2")
    company.load()
    assert {"no", "name", "sum", "made"} == {name for name in raw(company)[0] if not name.startswith("_")}
    assert deals(company)[2] == ("crm:3", "Lamps", 7)


def test_a_cyrillic_header_in_another_case_goes_on_in_the_same_column(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    mapping: dict[str, Any] = {
        "into": "deals",
        "key": "Номер",
        "columns": {"deal_id": "Номер", "amount": "Сумма, руб. (с НДС)"},
    }
    company.stream("crm", "deals", 'Номер,"Сумма, руб. (с НДС)"\n1,"1 000,50"\n', **mapping)
    company.export("crm", "deals", 'НОМЕР,"СУММА, РУБ. (С НДС)"\n2,"2 000,50"\n', suffix="-2")
    company.load()
    assert [float(amount) for _, amount in company.staged("stg_deals", "deal_id amount")] == [1000.5, 2000.5]


def test_a_new_column_does_not_stop_a_load_and_is_kept(company: CompanyFolder) -> None:
    company.load()
    company.export("crm", "deals", "no,name,sum,made,city\n3,Lamps,7,2026-02-02,Omsk\n", suffix="-2")
    company.load()
    assert [row["city"] for row in raw(company)] == [None, None, "Omsk"]
    assert len(deals(company)) == 3


def test_a_column_mapped_later_is_read_from_what_was_loaded(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made,closed\n3,Lamps,7,2026-02-02,05.03.2026\n", suffix="-2")
    company.load()
    mapping: dict[str, Any] = {**DEALS, "columns": {**DEALS["columns"], "closed_at": "closed"}}
    company.stream("crm", "deals", **mapping)
    told = company.staged("stg_deals", "deal_id closed_at::TEXT")
    assert told == [("crm:1", None), ("crm:2", None), ("crm:3", "2026-03-04 21:00:00")]  # midnight in Moscow


def test_changed_dates_read_again_what_was_loaded(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "no,name,sum,made\n1,Desks,100,03/04/2026\n")
    company.load()
    assert company.staged("stg_deals", "created_at::TEXT") == [("2026-04-02 21:00:00",)]
    company.stream("crm", "deals", **DEALS, read={"dates": "%m/%d/%Y"})
    assert states(company.load()) == [("exports/crm/deals.csv", "already loaded")]
    assert company.staged("stg_deals", "created_at::TEXT") == [("2026-03-03 21:00:00",)]


def test_a_changed_decimal_mark_reads_again_what_was_loaded(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", 'no,name,sum,made\n1,Desks,"1,500",2026-01-31\n')
    company.load()
    assert deals(company) == [("crm:1", "Desks", 1500)]
    company.stream("crm", "deals", **DEALS, read={"decimal": ","})
    assert [float(row[2]) for row in deals(company)] == [1.5]


def test_a_changed_zone_reads_again_what_was_loaded(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "no,name,sum,made\n1,Desks,100,2026-01-31 23:30\n")
    company.load()
    assert company.staged("stg_deals", "created_at::TEXT") == [("2026-01-31 20:30:00",)]
    company.stream("crm", "deals", **DEALS, read={"time_zone": "UTC"})
    assert company.staged("stg_deals", "created_at::TEXT") == [("2026-01-31 23:30:00",)]


def test_a_key_changed_after_the_load_finds_its_repeats(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "no,name,sum,made\n1,Desks,100,2026-01-31\n2,Desks,250,2026-02-01\n")
    company.load()
    assert len(deals(company)) == 2
    mapping: dict[str, Any] = {
        "into": "deals",
        "key": "name",
        "columns": {"amount": "sum", "created_at": "made", "title": "name"},
    }
    company.stream("crm", "deals", **mapping)
    assert deals(company) == [("crm:Desks", "Desks", 250)]


def test_rows_that_a_changed_key_cannot_take_are_put_aside(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "no,name,sum,made\n1,,100,2026-01-31\n2,Chairs,250,2026-02-01\n")
    company.load()
    company.stream("crm", "deals", **{**DEALS, "key": "name"})
    assert company.staged("stg_quarantine", "row_number") == [(2,)]


def test_a_missing_column_refuses_the_file_by_name_and_the_others_go_on(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,summ,made\n3,Lamps,7,2026-02-02\n", suffix="-2")
    refused, loaded = sorted(company.try_load(), key=lambda x: x.files)
    assert (refused.state, loaded.state) == ("refused", "loaded")
    assert isinstance(refused.error, InputError)
    assert str(refused.error) == (
        "exports/crm/deals-2.csv (crm.deals): the file has no column `sum`. Did you mean summ?"
    )
    assert len(raw(company)) == 2
    company.export("crm", "deals", "no,name,sum,made\n3,Lamps,7,2026-02-02\n", suffix="-2")
    assert min(states(company.load())) == ("exports/crm/deals-2.csv", "loaded")


def test_a_stream_without_its_file_is_refused_and_the_other_streams_go_on(company: CompanyFolder) -> None:
    company.stream("crm", "calls", None, into="calls", columns={"activity_id": "id"})
    outcomes = {x.stream: x for x in company.try_load()}
    assert outcomes["crm.deals"].state == "loaded"
    assert outcomes["crm.calls"].state == "refused"
    assert "no file matches exports/crm/calls*.csv" in str(outcomes["crm.calls"].error)


def test_contradicting_dates_refuse_the_file(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "no,name,sum,made\n1,a,1,13/01/2026\n2,b,2,01/13/2026\n")
    (outcome,) = company.try_load()
    assert outcome.state == "refused"
    assert "13/01/2026" in str(outcome.error)
    assert "01/13/2026" in str(outcome.error)


def test_an_empty_file_is_refused_and_one_with_a_header_only_is_a_load_of_no_rows(company: CompanyFolder) -> None:
    company.write("exports/crm/deals.csv", "")
    company.export("crm", "deals", "no,name,sum,made\n", suffix="-2")
    outcomes = {x.files: x for x in company.try_load()}
    assert outcomes["exports/crm/deals.csv",].state == "refused"
    loaded = outcomes["exports/crm/deals-2.csv",]
    assert (loaded.state, loaded.rows_read, loaded.rows_good) == ("loaded", 0, 0)
    assert deals(company) == []


def test_malformed_and_bad_rows_are_counted_by_reason_and_put_aside(company: CompanyFolder) -> None:
    company.write(
        "exports/crm/deals.csv",
        "no,name,sum,made\n1,Desks,100,2026-01-31\n2,Chairs,many,2026-02-01\n,Lamps,7,2026-02-02\n4,a,b,c,d,e\n",
    )
    (outcome,) = company.load()
    assert (outcome.rows_read, outcome.rows_good, outcome.rows_quarantined) == (4, 1, 3)
    assert sum(n for _, n, _ in outcome.reasons) == 3
    assert len(outcome.reasons) == 3
    assert deals(company) == [("crm:1", "Desks", 100)]
    assert company.staged("stg_quarantine", "row_number") == [(3,), (4,), (5,)]
    assert len(raw(company)) == 4


def test_the_ledgers_counts_add_up(company: CompanyFolder) -> None:
    company.write(
        "exports/crm/deals.csv",
        "no,name,sum,made\n1,a,1,2026-01-31\n1,b,2,2026-01-31\n2,c,3,2026-01-31\n3,d,x,2026-01-31\n",
    )
    company.load()
    (load,) = company.loads()
    assert (load.rows_read, load.rows_good, load.rows_repeated, load.rows_quarantined) == (4, 3, 1, 1)
    assert load.rows_read == load.rows_good + load.rows_quarantined == len(raw(company))
    assert deals(company) == [("crm:1", "b", 2), ("crm:2", "c", 3)]


def test_two_streams_of_one_file_are_two_loads(company: CompanyFolder) -> None:
    text = "id,who,sum\n1,Anna,100\n"
    company.stream("crm", "orders", text, into="leads", columns={"lead_id": "id", "employee": "who"})
    company.stream(
        "crm", "sales", None, path="exports/crm/orders.csv", into="deals", columns={"deal_id": "id", "amount": "sum"}
    )
    assert sorted(x.stream for x in company.load("orders", "sales")) == ["crm.orders", "crm.sales"]
    assert company.staged("stg_leads", "lead_id") == [("crm:1",)]
    assert company.staged("stg_deals", "deal_id amount") == [("crm:1", 100)]
    assert len({load.load_id for load in company.loads()}) == 2


def test_only_the_streams_asked_for_are_loaded(company: CompanyFolder) -> None:
    company.stream("crm", "calls", "id\n1\n", into="calls", columns={"activity_id": "id"})
    assert [x.stream for x in company.load("calls")] == ["crm.calls"]


def test_many_loads_are_put_together_and_count_as_before(
    company: CompanyFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voronka.lake.delta.COMPACT_FROM", 4)
    for number in range(3, 6):
        company.export("crm", "deals", f"no,name,sum,made\n{number},x,1,2026-02-02\n", suffix=f"-{number}")
    company.load()
    with workplace(str(company.folder)) as work:
        found = work.store.read("raw/crm/deals")
    assert found is not None
    assert len(found.files) == 1
    assert len(raw(company)) == len(deals(company)) == 5


# -- full snapshots --------------------------------------------------------------------------------------------------


def snapshot(company: CompanyFolder, numbers: str, name: str = "", **mapping: Any) -> list[Outcome]:  # noqa: ANN401 - YAML
    """Load an export that holds all records: `numbers` are their ids, one letter each."""
    company.stream("crm", "deals", **{**DEALS, "snapshot": "full", **mapping})
    rows = "".join(f"{number},x,1,2026-01-31\n" for number in numbers)
    company.export("crm", "deals", f"no,name,sum,made\n{rows}", suffix=name)
    return company.try_load()


def ids(company: CompanyFolder) -> str:
    return "".join(deal_id.removeprefix("crm:") for (deal_id,) in company.staged("stg_deals", "deal_id"))


def test_a_record_that_a_full_snapshot_no_longer_holds_is_deleted(company: CompanyFolder) -> None:
    snapshot(company, "1234")
    assert ids(company) == "1234"
    (outcome,) = snapshot(company, "135")
    assert (outcome.rows_read, outcome.rows_deleted) == (3, 2)
    assert ids(company) == "135"
    assert sorted(row["_key"] for row in raw(company) if row["_deleted"]) == ["2", "4"]
    assert company.loads()[-1].rows_deleted == 2


def test_a_record_that_comes_back_lives_again(company: CompanyFolder) -> None:
    for numbers in ("12", "1", "12"):
        snapshot(company, numbers)
        assert ids(company) == numbers


def test_undoing_a_snapshot_brings_back_what_it_deleted(company: CompanyFolder) -> None:
    snapshot(company, "123")
    (second,) = snapshot(company, "1")
    company.set_state(second.load_id, UNDONE)
    assert ids(company) == "123"


def test_undoing_a_snapshot_in_the_middle_does_not_bring_back_what_the_last_one_lacks(company: CompanyFolder) -> None:
    snapshot(company, "123")
    (second,) = snapshot(company, "12")
    snapshot(company, "12456")
    company.set_state(second.load_id, UNDONE)
    assert ids(company) == "12456"


def test_each_file_of_a_series_of_snapshots_is_a_snapshot(company: CompanyFolder) -> None:
    (company.folder / "exports/crm/deals.csv").unlink()
    snapshot(company, "123", "-2026-01")
    snapshot(company, "124", "-2026-02")
    assert ids(company) == "124"
    assert states(snapshot(company, "24", "-2026-03")) == [
        ("exports/crm/deals-2026-01.csv", "already loaded"),
        ("exports/crm/deals-2026-02.csv", "already loaded"),
        ("exports/crm/deals-2026-03.csv", "loaded"),
    ]
    assert ids(company) == "24"
    assert {x.state for x in company.load()} == {"already loaded"}


def test_a_series_loaded_at_once_ends_with_its_last_snapshot(company: CompanyFolder) -> None:
    (company.folder / "exports/crm/deals.csv").unlink()
    company.export("crm", "deals", "no,name,sum,made\n1,x,1,2026-01-31\n2,x,1,2026-01-31\n", suffix="-2026-01")
    snapshot(company, "13", "-2026-02")
    assert ids(company) == "13"


def test_a_snapshot_that_lost_most_records_is_refused_and_changes_nothing(company: CompanyFolder) -> None:
    letters = "abcdefghijklmnopqrst"
    snapshot(company, letters)
    (outcome,) = snapshot(company, "abc")
    assert outcome.state == "refused"
    assert "the snapshot lost 17 of 20 records" in str(outcome.error)
    assert ids(company) == letters
    assert len(company.loads()) == 1


def test_a_small_snapshot_is_no_less_to_be_whole(company: CompanyFolder) -> None:
    snapshot(company, "12345")
    (outcome,) = snapshot(company, "12")
    assert (outcome.state, ids(company)) == ("refused", "12345")
    snapshot(company, "123")
    assert ids(company) == "123"


def test_of_three_records_two_may_be_gone(company: CompanyFolder) -> None:
    snapshot(company, "123")
    snapshot(company, "1")
    assert ids(company) == "1"


def test_a_record_put_aside_in_a_snapshot_is_not_deleted(company: CompanyFolder) -> None:
    snapshot(company, "12")
    company.export("crm", "deals", "no,name,sum,made\n1,x,many,2026-01-31\n2,y,2,2026-01-31\n")
    (outcome,) = company.load()
    assert (outcome.rows_deleted, outcome.rows_quarantined) == (0, 1)
    assert deals(company) == [("crm:1", "x", 1), ("crm:2", "y", 2)]


def test_a_snapshot_of_a_header_alone_deletes_nothing_and_raises_an_alarm(company: CompanyFolder) -> None:
    snapshot(company, "123")
    (outcome,) = snapshot(company, "")
    assert (outcome.state, outcome.rows_deleted) == ("loaded", 0)
    assert [flag.code for flag in outcome.flags] == ["no_rows", "stream_emptied"]
    assert "had 3 rows in its last load" in outcome.flags[1].message
    assert ids(company) == "123"
    (after,) = snapshot(company, "13")
    assert after.rows_deleted == 1
    assert ids(company) == "13"


def test_a_snapshot_with_a_row_of_an_unknown_record_deletes_nothing(company: CompanyFolder) -> None:
    snapshot(company, "123")
    company.export("crm", "deals", "no,name,sum,made\n1,x,1,2026-01-31\n2;y;2\n3,x,1,2026-01-31\n")
    (outcome,) = company.load()
    assert (outcome.rows_quarantined, outcome.rows_deleted) == (1, 0)
    (told,) = [flag for flag in outcome.flags if flag.code == "snapshot_unsure"]
    assert (told.rows, "fill in `no`" in told.message) == (1, True)
    assert ids(company) == "123"
    (later,) = snapshot(company, "13")
    assert "snapshot_unsure" not in {flag.code for flag in later.flags}
    assert ids(company) == "13"


def test_a_snapshot_read_with_a_new_key_deletes_only_what_is_gone(company: CompanyFolder) -> None:
    letters = "abcdefghijklmnopqrst"
    snapshot(company, letters)
    rows = "".join(f"{letter},{letter}!,1,2026-01-31\n" for letter in letters[1:])
    company.stream("crm", "deals", **{**DEALS, "snapshot": "full", "key": ["no", "made"]})
    company.export("crm", "deals", f"no,name,sum,made\n{rows}")
    (outcome,) = company.load()
    assert (outcome.state, outcome.rows_deleted) == ("loaded", 1)
    assert ids(company) == letters[1:]


def test_an_export_that_went_back_to_an_earlier_content_is_loaded_again(company: CompanyFolder) -> None:
    for numbers in ("12", "123", "12"):
        (outcome,) = snapshot(company, numbers)
        assert outcome.state == "loaded"
        assert ids(company) == numbers
    assert len({load.load_id for load in company.loads()}) == 3


def test_a_person_who_left_the_snapshot_of_the_staff_keeps_past_figures(company: CompanyFolder) -> None:
    people: dict[str, Any] = {"into": "employees", "columns": {"employee_id": "id", "name": "name"}, "snapshot": "full"}
    company.stream("hr", "people", "id,name\n1,Anna\n2,Boris\n", **people)
    company.load_and_build()
    company.export("hr", "people", "id,name\n1,Anna\n")
    company.load_and_build()
    assert company.table("dim_employee", "name", "name IN ('Anna', 'Boris')") == [("Anna",), ("Boris",)]


# -- what is told of a load ------------------------------------------------------------------------------------------


def codes(outcome: Outcome) -> list[str]:
    return [flag.code for flag in outcome.flags]


def test_what_is_doubtful_in_a_load_is_told_and_kept_in_the_ledger(company: CompanyFolder) -> None:
    company.export("crm", "deals", f"{FIRST}2,Chairs,300,2026-02-01\n1,Desks,100,2026-01-31\n")
    (outcome,) = company.load()
    assert codes(outcome) == ["repeated_row", "duplicate_id"]
    again, other = outcome.flags
    assert (again.rows, again.first_rows, other.rows, other.first_rows) == (1, (5,), 2, (3, 4))
    assert company.loads()[0].flags == outcome.flags


def test_a_column_gone_new_or_emptied_since_the_last_load_is_told(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made,city\n1,Desks,100,2026-01-31,Omsk\n2,x,2,2026-01-31,Perm\n")
    (first,) = company.load()
    assert codes(first) == []
    company.export("crm", "deals", "no,name,sum,made,town\n3,,7,2026-02-02,Omsk\n", suffix="-2")
    second = company.load()[-1]
    told = {flag.code: flag.message for flag in second.flags}
    assert [*told] == ["column_emptied", "column_missing", "column_new"]
    assert "`city`" in told["column_missing"]
    assert "`town`" in told["column_new"]
    assert "in the last load 2 rows had it" in told["column_emptied"]


def test_a_mapped_column_gone_is_a_refusal_that_names_the_likely_new_name(company: CompanyFolder) -> None:
    company.load()
    company.export("crm", "deals", "no,name,sums,made\n3,Lamps,7,2026-02-02\n", suffix="-2")
    refused = company.try_load()[-1]
    assert refused.state == "refused"
    assert "no column `sum`. Did you mean sums?" in str(refused.error)
    assert len(deals(company)) == 2


def test_a_column_that_was_rarely_filled_may_be_empty(company: CompanyFolder) -> None:
    rows = "".join(f"{n},x,1,2026-01-31,{'hot' if n == 5 else ''}\n" for n in range(1, 11))
    company.export("crm", "deals", f"no,name,sum,made,label\n{rows}")
    company.load()
    company.export("crm", "deals", "no,name,sum,made,label\n20,x,1,2026-01-31,\n21,x,1,2026-01-31,\n", suffix="-2")
    assert codes(company.load()[-1]) == []
