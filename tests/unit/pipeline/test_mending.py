"""Rows put aside, written out, mended and loaded again."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from tests.unit.connectors.files.workbooks import Value, package, sheet_xml
from tests.unit.pipeline.conftest import DEALS, deals
from voronka.bootstrap import trial_place, workplace
from voronka.domain.errors import InputError, QuestionError
from voronka.lake.ledger import UNDONE
from voronka.pipeline.importing import Outcome
from voronka.pipeline.mending import import_mended, is_mended, let_go, rows_to_mend, write_to_mend
from voronka.pipeline.previewing import Wish, preview
from voronka.pipeline.streams import rows_aside

FIRST = """\
no,name,sum,made
1,Desks,100,2026-01-31
2,=Chairs,many,2026-02-01
3,Lamps,7
,Beds,8,2026-02-02
"""


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "c")
    company.stream("crm", "deals", FIRST, **DEALS)
    company.load()
    return company


def written(company: CompanyFolder, load: str | None = None) -> list[dict[str, str]]:
    """Write the rows aside to a file and return them as they stand in it."""
    with workplace(str(company.folder)) as work:
        write_to_mend(rows_to_mend(work, load), company.folder / "mend.csv", "en")
    with (company.folder / "mend.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def mended(company: CompanyFolder, rows: list[dict[str, str]]) -> Outcome | None:
    """Load mended rows."""
    with (company.folder / "mend.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with workplace(str(company.folder), lambda: company.now) as work:
        return import_mended(work, company.folder / "mend.csv")


def test_rows_aside_are_written_as_they_came_in_with_the_reason_for_each(company: CompanyFolder) -> None:
    (load,) = company.loads()
    amount, fields, key = written(company)
    assert {name: amount[name] for name in ("no", "name", "sum", "made")} == {
        "no": "2",
        "name": "'=Chairs",
        "sum": "many",
        "made": "2026-02-01",
    }
    assert (amount["_load"], amount["_reason"], "many" in amount["_message"]) == (load.load_id, "bad_money", True)
    assert (fields["no"], fields["_line"]) == ("", "3,Lamps,7")
    assert (key["name"], key["_reason"]) == ("Beds", "missing_key")


def test_mended_rows_come_in_and_leave_the_quarantine(company: CompanyFolder) -> None:
    amount, fields, key = written(company)
    rows = [amount | {"sum": "250"}, fields | {"no": "3", "name": "Lamps", "sum": "7", "made": "2026-02-02"}, key]
    outcome = mended(company, rows)
    assert outcome is not None
    assert (outcome.state, outcome.rows_read, outcome.rows_good, outcome.rows_quarantined) == ("loaded", 3, 2, 1)
    assert deals(company) == [("crm:1", "Desks", 100), ("crm:2", "=Chairs", 250), ("crm:3", "Lamps", 7)]
    assert company.staged("stg_quarantine", "load_id reason") == [(outcome.load_id, "missing_key")]
    again = mended(company, rows)
    assert again is not None
    assert again.state == "already loaded"


def test_rows_come_back_into_the_quarantine_when_the_mending_is_undone(company: CompanyFolder) -> None:
    outcome = mended(company, [row | {"no": "9", "sum": "1", "made": "2026-01-01"} for row in written(company)])
    assert outcome is not None
    assert company.staged("stg_quarantine", "reason") == []
    company.set_state(outcome.load_id, UNDONE)
    assert len(company.staged("stg_quarantine", "reason")) == 3
    assert len(deals(company)) == 1


def test_a_mended_row_is_as_old_as_the_load_it_was_put_aside_in(company: CompanyFolder) -> None:
    company.export("crm", "deals", "no,name,sum,made\n2,Chairs,300,2026-02-01\n", suffix="-2")
    company.load()
    first = written(company)[0]
    mended(company, [first | {"sum": "250"}])
    assert deals(company)[1] == ("crm:2", "Chairs", 300)


def test_mended_rows_delete_nothing_of_a_full_snapshot(company: CompanyFolder) -> None:
    company.stream("crm", "deals", **{**DEALS, "snapshot": "full"})
    first = written(company)[0]
    outcome = mended(company, [first | {"sum": "250"}])
    assert outcome is not None
    assert (outcome.rows_deleted, len(deals(company))) == (0, 2)
    assert [x.state for x in company.load()] == ["already loaded"]


def test_rows_may_be_mended_again_and_again(company: CompanyFolder) -> None:
    rows = [written(company)[0]]
    mended(company, rows)
    (again,) = [row for row in written(company) if row["sum"] == "many"]
    assert again["_load"] != rows[0]["_load"]
    mended(company, [again | {"sum": "1"}])
    assert deals(company)[1] == ("crm:2", "=Chairs", 1)
    assert len(company.staged("stg_quarantine", "reason")) == 2


def test_a_line_that_could_not_be_split_is_read_again_where_it_is_mended_there(company: CompanyFolder) -> None:
    line = written(company)[1]
    outcome = mended(company, [line | {"_line": "3,Lamps,7"}])
    assert outcome is not None
    assert (outcome.rows_good, outcome.rows_quarantined) == (0, 1)
    (again,) = [row for row in written(company) if row["_line"]]
    assert (again["_reason"], again["_line"]) == ("too_few_fields", "3,Lamps,7")
    outcome = mended(company, [again | {"_line": '3,"Lamps, old",7,2026-02-03'}])
    assert outcome is not None
    assert outcome.rows_good == 1
    assert deals(company)[-1] == ("crm:3", "Lamps, old", 7)


def test_a_slip_in_a_date_of_mended_rows_is_put_aside_anew(company: CompanyFolder) -> None:
    amount, _, key = written(company)
    rows = [amount | {"sum": "1", "made": "13.02.2026"}, key | {"no": "4", "made": "02.14.2026"}]
    told = company.export("crm", "deals", "no,name,sum,made\n7,Beds,x,15.02.2026\n8,Sofa,8,16.02.2026\n", "-2")
    assert told.is_file()
    company.load()
    late = written(company, company.loads()[-1].load_id)[0]
    outcome = mended(company, [late | {"sum": "9"}, *({**row, "_load": late["_load"]} for row in rows)])
    assert outcome is not None
    assert (outcome.rows_good, outcome.reasons[0][0], outcome.rows_quarantined) == (2, "bad_time", 1)


def test_a_file_of_other_rows_is_not_taken_for_mended_ones(company: CompanyFolder) -> None:
    with workplace(str(company.folder)) as work:
        assert import_mended(work, company.folder / "exports/crm/deals.csv") is None
    assert is_mended(["no", "_load", "_row", "_reason"])
    assert not is_mended(["no", "_load", "_row"])


def test_mended_rows_can_be_tried_before_they_come_in(company: CompanyFolder) -> None:
    written(company)
    with trial_place(str(company.folder)) as work:
        answer = preview(work, Wish(company.folder / "mend.csv"))
    assert (answer.outcome, answer.rows_in, answer.rows_aside, answer.into) == ("quarantine", 0, 3, "deals")
    assert [row["reason"] for row in answer.aside] == ["bad_money", "too_few_fields", "missing_key"]


def test_rows_of_an_unknown_load_are_refused(company: CompanyFolder) -> None:
    first = written(company)[0]
    with pytest.raises(InputError, match="no load has the id abc"):
        mended(company, [first | {"_load": "abc"}])


def test_an_unknown_load_and_an_empty_quarantine_are_told(company: CompanyFolder) -> None:
    with pytest.raises(QuestionError, match="no load has the id nope"):
        written(company, "nope")
    mended(company, [row | {"no": "9", "sum": "1", "made": "2026-01-01"} for row in written(company)])
    with pytest.raises(QuestionError, match="no row is put aside"):
        written(company)


def test_rows_of_several_streams_are_asked_to_be_named(company: CompanyFolder) -> None:
    company.stream("crm", "leads", 'id\n\n""\n', into="leads", columns={"lead_id": "id"})
    company.export("crm", "leads", "id,x\n,1\n", suffix="-2")
    company.load("leads")
    with pytest.raises(QuestionError, match="several streams"):
        written(company)
    (load,) = {x.load_id for x in company.loads() if x.stream == "deals"}
    assert len(written(company, load)) == 3


def test_the_reason_stands_in_the_language_of_whoever_mends(company: CompanyFolder) -> None:
    with workplace(str(company.folder)) as work:
        write_to_mend(rows_to_mend(work), company.folder / "mend.csv", "ru")
    text = (company.folder / "mend.csv").read_text(encoding="utf-8-sig")
    assert "не сумма — sum: many" in text
    assert "полей меньше, чем в заголовке" in text


def test_a_column_that_is_empty_in_a_few_mended_rows_is_no_remark(company: CompanyFolder) -> None:
    rows = [row | {"no": str(9 + n), "name": "", "sum": "1"} for n, row in enumerate(written(company))]
    outcome = mended(company, [row | {"made": "2026-01-01"} for row in rows])
    assert outcome is not None
    assert (outcome.rows_good, outcome.flags) == (3, ())


def test_rows_that_nobody_wants_are_let_go_and_come_back_when_that_is_undone(company: CompanyFolder) -> None:
    (first,) = company.loads()
    with workplace(str(company.folder), lambda: company.now) as work:
        line = let_go(work, first.load_id, "missing_key")
        assert (line.files, line.rows_read, line.settles) == ((), 0, {first.load_id: ((5, 5),)})
        with pytest.raises(QuestionError, match="no such row"):
            let_go(work, first.load_id, "missing_key")
    assert list(rows_aside(company.loads()).values()) == [2, 0]
    assert len(company.staged("stg_quarantine", "reason")) == 2
    company.export("crm", "deals", "no,name,sum,made\n7,Rugs,7,2026-02-03\n", suffix="-2")
    company.load()
    assert len(deals(company)) == 2
    assert [load.is_active for load in company.loads()] == [True, True, True]
    company.set_state(line.load_id, UNDONE)
    assert list(rows_aside(company.loads()).values()) == [3, 0]
    assert len(company.staged("stg_quarantine", "reason")) == 3


def test_bare_days_of_a_workbook_that_counts_from_1904_are_still_counted_from_there(tmp_path: Path) -> None:
    # 43860 days after the first of 1904 is the 31st of January 2024; from 1899 it would be 2020
    columns = {"deal_id": "no", "amount": "sum", "created_at": "made"}
    company = CompanyFolder(tmp_path / "c")
    company.stream("crm", "deals", into="deals", path="exports/crm/deals.xlsx", columns=columns)
    rows: dict[int, list[Value]] = {1: ["no", "sum", "made"], 2: ["1", 100, 43860], 3: ["2", "many", 43860]}
    place = company.folder / "exports" / "crm" / "deals.xlsx"
    place.parent.mkdir(parents=True)
    place.write_bytes(package({"S": sheet_xml(rows)}, book='<workbookPr date1904="1"/>'))
    company.load()
    (aside,) = written(company)
    assert (aside["made"], aside["_reason"]) == ("43860", "bad_money")
    outcome = mended(company, [aside | {"sum": "250"}])
    assert outcome is not None
    assert (outcome.state, outcome.reading["days_from"]) == ("loaded", "1904")
    company.build()
    assert company.ask("SELECT deal_id, CAST(created_at AS DATE) FROM fct_deals ORDER BY 1") == [
        ("crm:1", date(2024, 1, 30)),
        ("crm:2", date(2024, 1, 30)),
    ]


def test_rows_of_workbooks_that_count_days_from_unlike_years_are_mended_apart(company: CompanyFolder) -> None:
    columns = {"deal_id": "no", "amount": "sum", "created_at": "made"}
    company.stream("crm", "deals", into="deals", path="exports/crm/deals*", columns=columns)
    rows: dict[int, list[Value]] = {1: ["no", "sum", "made"], 2: ["8", "many", 43860], 3: ["9", 5, 43860]}
    place = company.folder / "exports" / "crm" / "deals2.xlsx"
    place.write_bytes(package({"S": sheet_xml(rows)}, book='<workbookPr date1904="1"/>'))
    company.load()
    with pytest.raises(InputError, match="count days from 1904"):
        mended(company, written(company))
