"""Changes that people made, kept a line each."""

from datetime import datetime
from pathlib import Path

from voronka.pipeline.chronicle import place_of, write_down, written_down

AT = datetime.fromisoformat("2026-03-02 09:00")


def test_what_is_written_down_is_read_in_its_order_with_its_moments(tmp_path: Path) -> None:
    place = tmp_path / place_of("settings")
    assert list(written_down(place)) == []
    write_down(place, {"at": AT, "by": "Анна"})
    write_down(place, {"at": AT, "by": "Вера"})
    assert list(written_down(place)) == [{"at": AT, "by": "Анна"}, {"at": AT, "by": "Вера"}]
    assert place == tmp_path / "lake" / "settings_changes.jsonl"


def test_a_line_that_was_not_written_to_its_end_is_none_and_spoils_no_other(tmp_path: Path) -> None:
    place = tmp_path / "kept.jsonl"
    place.write_text('{"at": "2026-03-02T09:00:00", "by": "А', "utf-8")
    write_down(place, {"at": AT, "by": "Вера"})
    assert [each["by"] for each in written_down(place)] == ["Вера"]
