"""What would become of one file, and the mapping that is kept of it."""

from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import trial_place, workplace
from voronka.pipeline.previewing import (
    ASIDE_SHOWN,
    Answer,
    Wish,
    mapping_to_keep,
    preview,
    streams_reading,
)

COLUMNS = {"no": "deal_id", "sum": "amount"}


def asked(folder: Path, text: str, wish: Wish | None = None) -> Answer:
    file = folder / "deals.csv"
    file.write_text(text, encoding="utf-8")
    with trial_place(str(folder)) as work:
        return preview(work, wish or Wish(file, "deals", COLUMNS))


def test_the_worst_that_happened_is_the_outcome(tmp_path: Path) -> None:
    assert asked(tmp_path, "no,sum\n1,5\n").outcome == "accept"
    assert asked(tmp_path, "no,sum\n1,5\n1,5\n").outcome == "accept_flag"
    assert asked(tmp_path, "no,sum\n1,5\n1,5\n2,much\n").outcome == "quarantine"
    assert asked(tmp_path, "").outcome == "refuse"


def test_headers_of_one_letter_are_headers_like_others(tmp_path: Path) -> None:
    text = 'n,p,c,w,x\n1,"1 500,50 ₽",5 марта 2026 10:15,6 марта 2026 11:00,50%\n'
    columns = {"n": "deal_id", "p": "amount", "c": "created_at", "w": "closed_at", "x": "probability"}
    found = asked(tmp_path, text, Wish(tmp_path / "deals.csv", "deals", columns, "UTC"))
    assert found.outcome == "accept", found.message
    (record,) = found.records
    assert record == {
        "deal_id": "1",
        "amount": "1500.50",
        "created_at": "2026-03-05T10:15:00Z",
        "closed_at": "2026-03-06T11:00:00Z",
        "probability": 0.5,
        "currency": "RUB",
    }


def test_of_many_rows_aside_the_first_thousand_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    shown = asked(tmp_path, "no,sum\na,5\n" + "".join(f"{n},much\n" for n in range(ASIDE_SHOWN + 2))).shown()
    assert (shown["rows_in"], shown["rows_aside"], len(shown["aside"])) == (1, 1002, 1000)
    assert shown["aside_left_off"] == 2


def test_a_refusal_tells_what_was_found_out_before_it(tmp_path: Path) -> None:
    shown = asked(tmp_path, "no;sum\n1;5\n", Wish(tmp_path / "deals.csv", "deals", {"no": "deal_id", "nix": "amount"}))
    found = shown.shown()
    assert (found["outcome"], found["separator"], found["rows_in"]) == ("refuse", ";", 0)
    assert "no column `nix`" in found["message"]


def test_a_fault_of_ours_is_an_answer_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("voronka.pipeline.previewing.judge_with_flags", broken)
    answer = asked(tmp_path, "no,sum\n1,5\n")
    assert answer.outcome == "refuse"
    assert "the file cannot be taken (ZeroDivisionError: by nought)" in answer.message
    assert "Traceback" not in answer.message
    assert "the preview of" in caplog.text


def test_the_stream_that_reads_a_file_is_known_by_its_path(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    company.stream("crm", "deals", "no\n1\n", into="deals", columns={"deal_id": "no"})
    with workplace(str(company.folder)) as work:
        assert streams_reading(work, company.folder / "exports/crm/deals.csv") == ("crm", ("deals",))
        assert streams_reading(work, company.folder / "exports/crm/leads.csv") is None


def test_what_is_otherwise_than_in_the_streams_last_load_is_told(tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c")
    company.stream("crm", "deals", "no,city\n1,Omsk\n", into="deals", columns={"deal_id": "no"})
    company.load()
    later = company.export("crm", "deals", "no,town\n2,Omsk\n", suffix="-2")
    with trial_place(str(company.folder)) as work:
        answer = preview(work, Wish(later))
    assert [flag.code for flag in answer.flags] == ["column_missing", "column_new"]
    assert answer.into == "deals"


def test_a_mapping_that_was_given_is_kept_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("no,sum,rest\n1,5,x\n", encoding="utf-8")
    with trial_place(str(tmp_path)) as work:
        given = mapping_to_keep(work, Wish(file, "deals", COLUMNS, "Asia/Omsk"))
        proposed = mapping_to_keep(work, Wish(file, "deals"))
    assert given.mapping == {"deal_id": "no", "amount": "sum"}
    assert ([item.header for item in given.ignored], given.time_zone) == (["rest"], "Asia/Omsk")
    assert proposed.into == "deals"


def test_a_file_of_which_only_the_id_is_known_is_doubted(tmp_path: Path) -> None:
    wish = Wish(tmp_path / "deals.csv", "deals")
    found = asked(tmp_path, "ID,Montant,Statut\n1,5,a\n2,6,b\n", wish)
    assert [(flag.code, flag.rows) for flag in found.flags] == [("little_known", 2)]
    assert found.flags[0].message.endswith("Montant, Statut")
    assert asked(tmp_path, "ID,Montant,Amount\n1,5,7\n2,6,8\n", wish).flags == ()


def test_a_list_of_companies_is_known_by_their_names(tmp_path: Path) -> None:
    wish = Wish(tmp_path / "accounts.csv", "accounts")
    assert asked(tmp_path, "account,year_established,revenue\nRoga,1996,7\nKopyta,1997,8\n", wish).flags == ()
