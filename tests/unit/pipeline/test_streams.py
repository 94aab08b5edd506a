from dataclasses import replace
from pathlib import Path

from tests.company import NOW, CompanyFolder
from voronka.bootstrap import workplace
from voronka.pipeline.streams import Settled, StreamState, mendings, rows_aside, settled, stream_states

DEALS = "no;sum;made\n1;100;2026-01-05\n2;200;2026-01-06\n;300;2026-01-07\n"
COLUMNS = {"deal_id": "no", "amount": "sum", "created_at": "made", "title": "= 'deal ' || no"}


def states(company: CompanyFolder) -> list[StreamState]:
    with workplace(str(company.folder), lambda: company.now) as work:
        return stream_states(work.sources, work.ledger.loads())


def test_a_stream_tells_what_it_becomes_and_what_of_it_is_loaded(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.stream("crm", "leads", into="leads", columns={"lead_id": "id"})
    company.load("deals")
    deals, leads = states(company)
    assert (deals.source, deals.stream, deals.into, deals.path) == ("crm", "deals", "deals", "exports/crm/deals*.csv")
    assert deals.headers == ("no", "sum", "made")
    assert (deals.rows, deals.aside, deals.loads, deals.loaded_at) == (2, 1, 1, NOW)
    assert deals.last_load
    assert (leads.rows, leads.loads, leads.loaded_at, leads.last_load) == (0, 0, None, "")


def test_a_load_that_was_taken_out_does_not_count(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    company.set_state(company.loads()[0].load_id, "undone")
    assert [(state.rows, state.loads) for state in states(company)] == [(0, 0)]


def test_loads_whose_source_is_gone_are_still_told(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    (tmp_path / "sources/crm.yml").unlink()
    assert [(state.into, state.rows) for state in states(company)] == [("", 2)]


def test_rows_that_a_later_load_mended_are_aside_no_longer(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    (first,) = company.loads()
    mending = replace(first, load_id="later", rows_quarantined=0, mends={first.load_id: ((4, 4),)})
    assert rows_aside([first]) == {first.load_id: 1}
    assert rows_aside([first, mending]) == {first.load_id: 0, "later": 0}
    assert rows_aside([first, replace(mending, state="undone")]) == {first.load_id: 1}


def test_what_holds_mended_rows_of_a_load_is_told_mended_again_too(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    (first,) = company.loads()
    mended = replace(first, load_id="m", mends={first.load_id: ((4, 4),)})
    again = replace(first, load_id="n", mends={"m": ((2, 2),)})
    assert mendings([first, mended, again]) == {first.load_id: [mended, again], "m": [again]}
    assert mendings([first, replace(mended, state="undone")]) == {}
    taken_out = [first, replace(mended, state="undone"), again]
    assert mendings(taken_out, taken_out=True) == {first.load_id: taken_out[1:2]}


def test_rows_settled_by_a_later_load_are_told_with_it(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    (first,) = company.loads()
    later = replace(first, load_id="later", settles={first.load_id: ((4, 4),)})
    assert settled([first, later]) == [Settled(first, later, 1)]
    mended = replace(later, settles={}, mends={first.load_id: ((4, 4),)})
    assert settled([first, mended]) == [Settled(first, mended, 1, is_mended=True)]
    assert settled([first, replace(later, state="undone")]) == []


def test_a_row_that_is_mended_and_settled_by_its_key_too_is_told_once(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path)
    company.stream("crm", "deals", DEALS, into="deals", columns=COLUMNS)
    company.load()
    (first,) = company.loads()
    mended = replace(first, load_id="m", mends={first.load_id: ((4, 5),)}, settles={first.load_id: ((4, 6),)})
    again = replace(first, load_id="n", mends={first.load_id: ((5, 5),)})
    assert settled([first, mended]) == [Settled(first, mended, 2, is_mended=True), Settled(first, mended, 1)]
    assert [(each.by.load_id, each.rows) for each in settled([first, mended, again])] == [("n", 1), ("m", 1), ("m", 1)]
