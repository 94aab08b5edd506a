"""A file's rows in the session."""

from datetime import datetime
from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError
from voronka.pipeline.taking import Target, forget, read_options, rows_aside, rows_by_reason, take
from voronka.transform.sources import Read, Source, Stream

AT = datetime.fromisoformat("2026-03-02 09:00")
TEXT = "no,sum\n1,5\n2,many\n,7\n1,6\n"


def source(**stream: object) -> Source:
    columns = {"deal_id": "no", "amount": "sum"}
    return Source(
        source="crm",
        streams={"deals": Stream.model_validate({"path": "-", "into": "deals", "columns": columns} | stream)},
    )


def test_rows_are_counted_by_reason_and_those_aside_are_listed_in_order(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(TEXT, encoding="utf-8")
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(expected=("no",)), tmp_path / "work")
        incoming = take(work.session, batch, Target(source(), "deals", "UTC", "load", AT))
        found = {
            row["reason"]: (row["n"], row["keys"], row["keyless"]) for row in rows_by_reason(work.session, incoming)
        }
        aside = rows_aside(work.session, incoming, 1)
        kept = work.session.rows(f"SELECT _key, _load_id, _received_at FROM ({incoming.keyed()}) ORDER BY _row")
        forget(work.session)
        left = work.session.rows("SELECT table_name FROM information_schema.tables")
    assert found == {None: (2, 1, 0), "bad_money": (1, 1, 0), "missing_key": (1, 0, 1)}
    assert [(row["key"], row["reason"]) for row in aside] == [("2", "bad_money")]
    assert [row["_key"] for row in kept] == ["1", "2", None, "1"]
    assert (kept[0]["_load_id"], kept[0]["_received_at"]) == ("load", AT)
    assert left == []


def test_a_mapped_column_that_is_not_there_refuses_the_file_by_name(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("no,summ\n1,5\n", encoding="utf-8")
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(), tmp_path / "work")
        with pytest.raises(InputError, match=r"deals\.csv.*no column `sum`\. Did you mean summ"):
            take(work.session, batch, Target(source(), "deals", "UTC", "", AT))


def test_a_file_is_read_as_its_stream_says_with_the_headers_it_wants() -> None:
    stream = source(key=["no", "part"], read=Read(encoding="cp866", header_row=3), sheet="B").streams["deals"]
    options = read_options(stream)
    assert (options.encoding, options.header_row, options.sheet) == ("cp866", 3, "B")
    assert options.expected == ("no", "part", "sum")
    assert "суммасделки" in options.known
