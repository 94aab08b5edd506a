"""A file's rows in the session."""

from datetime import datetime
from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.domain.errors import InputError
from voronka.pipeline.taking import Target, forget, read_options, take
from voronka.transform.sources import Read, Source, Stream

AT = datetime.fromisoformat("2026-03-02 09:00")
TEXT = "no,sum\n1,5\n2,many\n,7\n1,6\n"


def source(**stream: object) -> Source:
    columns = {"deal_id": "no", "amount": "sum"}
    return Source(
        source="crm",
        streams={"deals": Stream.model_validate({"path": "-", "into": "deals", "columns": columns} | stream)},
    )


def test_rows_come_with_the_keys_that_the_mapping_gives_them_and_go_again(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(TEXT, encoding="utf-8")
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(expected=("no",)), tmp_path / "work")
        incoming = take(work.session, batch, Target(source(), "deals", "UTC", "load", AT))
        kept = work.session.rows(f"SELECT _key, _load_id, _received_at FROM ({incoming.keyed()}) ORDER BY _row")
        forget(work.session)
        left = work.session.rows("SELECT table_name FROM information_schema.tables")
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


def test_a_table_without_what_its_rows_say_refuses_the_file(tmp_path: Path) -> None:
    file = tmp_path / "plans.csv"
    file.write_text("who,Jan 2026,Feb 2026\nAnn,5,6\n", encoding="utf-8")
    plans = Source(
        source="hr",
        streams={"plans": Stream.model_validate({"path": "-", "into": "plans", "columns": {"employee": "who"}})},
    )
    with trial_place(str(tmp_path)) as work:
        batch = work.files.read(work.files.find(str(file))[0], read_options(), tmp_path / "work")
        with pytest.raises(InputError, match="plans say nothing without metric, value, starts_on") as refused:
            take(work.session, batch, Target(plans, "plans", "UTC", "load", AT))
        forget(work.session)
    assert "Jan 2026, Feb 2026. A column for each month is none" in refused.value.do
