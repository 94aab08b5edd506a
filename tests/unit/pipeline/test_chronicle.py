"""Changes that people made, kept a line each."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError
from voronka.pipeline.chronicle import Chronicle, Line, write_down, written_down

AT = datetime.fromisoformat("2026-03-02 09:00")


@dataclass(frozen=True)
class Change(Line):
    """A change that says what it is of."""

    what: str


CHANGES = Chronicle("settings", lambda told: Change(**told))


def test_what_is_written_down_is_read_in_its_order_with_its_moments(tmp_path: Path) -> None:
    place = tmp_path / CHANGES.place
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


def test_changes_are_numbered_past_those_of_another_version(tmp_path: Path) -> None:
    assert (CHANGES.changes(tmp_path), CHANGES.next_number(tmp_path)) == ([], 1)
    first = Change(1, AT, "Анна", "name")
    CHANGES.keep(tmp_path, first)
    write_down(tmp_path / CHANGES.place, {"at": AT, "by": "Вера", "number": 2, "otherwise": "told"})
    assert (CHANGES.changes(tmp_path), CHANGES.next_number(tmp_path)) == ([first], 2)


def test_a_change_is_found_by_its_number_alone(tmp_path: Path) -> None:
    for number in (1, 2):
        CHANGES.keep(tmp_path, Change(number, AT, "Анна", f"name {number}"))
    assert CHANGES.numbered(tmp_path, 2).what == "name 2"
    with pytest.raises(QuestionError, match="no change has the number 9"):
        CHANGES.numbered(tmp_path, 9)
