"""Rows as they would be loaded."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voronka.bootstrap import trial_place
from voronka.pipeline.previewing import Wish, preview

Records = list[dict[str, Any]]


def records(folder: Path, text: str, columns: Mapping[str, str], **wish: Any) -> Records:  # noqa: ANN401 - of a Wish
    """Return the records of a file into deals, or as the wish has it."""
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    with trial_place(str(folder)) as work:
        answer = preview(work, Wish(**{"path": file, "into": "deals", "columns": columns, **wish}))
    assert answer.outcome != "refuse", answer.message
    return [dict(record) for record in answer.records]


def test_ids_are_as_the_source_has_them_and_values_are_plain(tmp_path: Path) -> None:
    text = "call,lead,begun,talk,got,who\n007,L1,2026-01-05 10:00:30,1:05,yes,\n"
    ours = ("activity_id", "lead_id", "started_at", "talk_seconds", "answered", "employee")
    columns = dict(zip(("call", "lead", "begun", "talk", "got", "who"), ours, strict=True))
    assert records(tmp_path, text, columns, into="calls") == [
        {
            "activity_id": "007",
            "lead_id": "L1",
            "started_at": "2026-01-05T10:00:30",
            "talk_seconds": 65,
            "answered": True,
            "employee": None,
        }
    ]


def test_a_time_is_in_utc_where_its_zone_is_known_and_a_day_stays_a_day(tmp_path: Path) -> None:
    text = "no,made\n1,2026-01-05 10:00\n2,2026-01-05\n3,2026-01-05 00:00\n4,2026-01-05T10:00:00Z\n"
    columns = {"no": "deal_id", "made": "created_at"}
    unknown = [row["created_at"] for row in records(tmp_path, text, columns)]
    assert unknown == ["2026-01-05T10:00:00", "2026-01-05", "2026-01-05T00:00:00", "2026-01-05T10:00:00Z"]
    known = [
        row["created_at"] for row in records(tmp_path, text, columns, time_zone="Asia/Omsk")
    ]  # six hours ahead of UTC
    assert known == ["2026-01-05T04:00:00Z", "2026-01-05", "2026-01-04T18:00:00Z", "2026-01-05T10:00:00Z"]


def test_rows_are_in_the_order_of_the_file_without_those_put_aside_and_as_many_as_asked(tmp_path: Path) -> None:
    text = "no,sum\n3,1\n1,much\n2,2.5\n1,4\n"
    columns = {"no": "deal_id", "sum": "amount"}
    assert records(tmp_path, text, columns, records=2) == [
        {"deal_id": "3", "amount": "1.00"},
        {"deal_id": "2", "amount": "2.50"},
    ]
    assert records(tmp_path, text, columns, records=0) == []


def test_a_phone_has_the_code_of_the_companys_country_as_the_build_gives_it(tmp_path: Path) -> None:
    text = "no,phone\n1,(812) 123-45-67\n2,8 (916) 123-45-67 доб. 12\n3,123456\n4,+49 30 901820\n5,\n"
    columns = {"no": "lead_id", "phone": "phone"}
    found = [row["phone"] for row in records(tmp_path, text, columns, into="leads")]
    assert found == ["+78121234567", "+79161234567", "123456", "+4930901820", None]
