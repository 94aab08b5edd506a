"""Rows put aside whose records came in later: they are aside no more, until that load is undone."""

from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.pipeline.conftest import DEALS
from tests.unit.pipeline.test_mending import mended, written
from voronka.lake.ledger import UNDONE
from voronka.pipeline.streams import rows_aside

FIRST = """\
no,name,sum,made
1,Desks,100,2026-01-31
2,Chairs,many,2026-02-01
3,Lamps,lots,2026-02-01
,Beds,8,2026-02-02
"""


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "c")
    company.stream("crm", "deals", FIRST, **DEALS)
    company.load()
    return company


def aside(company: CompanyFolder) -> list[tuple[object, ...]]:
    return company.staged("stg_quarantine", "row_number reason")


def counted(company: CompanyFolder) -> list[int]:
    return list(rows_aside(company.loads()).values())


def test_a_row_whose_record_came_in_later_is_aside_no_more(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n1,Desks,100,2026-01-31\n2,Chairs,250,2026-02-01\n", suffix="-2")
    company.load()
    first, second = company.loads()
    assert second.settles == {first.load_id: ((3, 3),)}
    assert aside(company) == [(4, "bad_money"), (5, "missing_key")]
    assert counted(company) == [2, 0]


def test_it_is_aside_again_when_the_later_load_is_undone(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n2,Chairs,250,2026-02-01\n", suffix="-2")
    company.load()
    company.set_state(company.loads()[1].load_id, UNDONE)
    assert (len(aside(company)), counted(company)) == (3, [3])


def test_a_row_that_is_put_aside_again_settles_nothing(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n2,Chairs,none at all,2026-02-01\n", suffix="-2")
    company.load()
    assert counted(company) == [3, 1]


def test_a_full_snapshot_stands_for_all_that_was_put_aside_before_it(company: CompanyFolder) -> None:
    company.stream("crm", "deals", **{**DEALS, "snapshot": "full"})
    company.export("crm", "deals", "no,name,sum,made\n1,Desks,100,2026-01-31\n5,Rugs,x,2026-02-01\n", suffix="-2")
    company.load()
    assert counted(company) == [0, 1]
    assert aside(company) == [(3, "bad_money")]


def test_a_second_mending_of_the_same_rows_leaves_nothing_of_the_first(company: CompanyFolder) -> None:
    rows = written(company)
    mended(company, rows)  # nothing was mended: all three are put aside anew
    assert counted(company) == [0, 3]
    mended(company, [row | {"no": row["no"] or "4", "sum": "5"} for row in rows])
    assert counted(company) == [0, 0, 0]
    assert aside(company) == []


def test_a_mending_settles_nothing_that_came_in_after_the_rows_it_mends(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n2,Chairs,none at all,2026-02-01\n", suffix="-2")
    company.load()
    first = next(row for row in written(company) if row["sum"] == "many")
    mended(company, [first | {"sum": "250"}])
    assert counted(company) == [2, 1, 0]
