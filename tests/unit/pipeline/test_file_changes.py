"""Changes of files of pipelines, put and taken back."""

from datetime import datetime
from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError, SettingsError
from voronka.pipeline.chronicle import Chronicle, Made
from voronka.pipeline.file_changes import FileChange, can_undo, put, undo_in
from voronka.settings import Settings

AT = datetime.fromisoformat("2026-03-02 09:00")
ANNA = Made("Anna", AT)
SETTINGS = Settings()
KEPT = Chronicle("pipeline", lambda told: FileChange(**told))
WHERE = "pipelines/sales.yml"
TEXT = "pipeline: sales\nentity: deals\nstages: [{ id: New }]\n"
BROKEN = f"{TEXT}regulations: [{{ id: stay, entity: deals, start: 'stage:Gone', stop: 'left:New', minutes: 5 }}]\n"


def change(after: str, before: str = "") -> FileChange:
    return FileChange(KEPT.next_number(Path()), AT, "Anna", "set", "sales", WHERE, before, after)


def test_a_new_file_is_written_and_gone_when_that_is_taken_back(tmp_path: Path) -> None:
    made = put(KEPT, tmp_path, SETTINGS, change(TEXT))
    assert (tmp_path / WHERE).read_text("utf-8") == TEXT
    assert (KEPT.changes(tmp_path), can_undo(tmp_path, made)) == ([made], True)
    back = undo_in(KEPT, tmp_path, SETTINGS, 1, ANNA)
    assert (back.number, back.action, back.before, back.after) == (2, "undo", TEXT, "")
    assert not (tmp_path / WHERE).exists()
    assert [can_undo(tmp_path, each) for each in KEPT.changes(tmp_path)] == [False, True]


def test_what_was_changed_by_hand_since_is_not_taken_back(tmp_path: Path) -> None:
    put(KEPT, tmp_path, SETTINGS, change(TEXT))
    (tmp_path / WHERE).write_text(f"{TEXT}# by hand\n", "utf-8")
    with pytest.raises(QuestionError, match=r"pipelines/sales\.yml was changed after this"):
        undo_in(KEPT, tmp_path, SETTINGS, 1, ANNA)


def test_what_cannot_be_in_force_is_neither_kept_nor_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no stage here is Gone"):
        put(KEPT, tmp_path, SETTINGS, change(BROKEN))
    assert (KEPT.changes(tmp_path), (tmp_path / WHERE).exists()) == ([], False)
