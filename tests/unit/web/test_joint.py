import sqlite3
from pathlib import Path

import pytest

from voronka.domain.errors import RetryError
from voronka.web import joint as module
from voronka.web.joint import FILE, Joint
from voronka.web.turns import Turn


def test_the_processes_of_one_server_have_one_secret_and_servers_different_ones(tmp_path: Path) -> None:
    first, second = Joint(tmp_path), Joint(tmp_path)
    alone = Joint()
    assert first.salt == second.salt != alone.salt
    assert first.secret("анна") == second.secret("анна") != alone.secret("анна")
    assert first.secret("ан", "на") != first.secret("анна", "")
    for each in (first, second, alone):
        each.close()


def test_what_an_error_broke_off_is_undone(tmp_path: Path) -> None:
    joint = Joint(tmp_path)

    def breaks_off() -> None:
        with joint.writing() as connection:
            connection.execute("INSERT INTO facts VALUES ('half', 'done')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    with joint.reading() as connection:
        assert connection.execute("SELECT count(*) FROM facts WHERE name = 'half'").fetchone() == (0,)
    joint.close()


def test_a_closed_one_answers_nothing(tmp_path: Path) -> None:
    joint = Joint(tmp_path)
    joint.close()
    with pytest.raises(sqlite3.ProgrammingError), joint.reading() as connection:
        connection.execute("SELECT 1")
    assert {each.name for each in tmp_path.iterdir()} == {FILE, "joint.turn"}


def test_one_process_after_another_makes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Turn(tmp_path / "joint.turn")  # as another process that makes it now
    assert other.acquire(0)
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.2)
    with pytest.raises(RetryError, match="another process of the server holds the file"):
        Joint(tmp_path)
    other.release()
    Joint(tmp_path).close()


def test_who_waits_too_long_for_another_process_works_beside_it(tmp_path: Path) -> None:
    first, second = Joint(tmp_path), Joint(tmp_path)
    done = []
    with first.alone("key"):
        with second.alone("key", 0):
            done.append("beside")
        with second.alone("other key", 0):
            done.append("other")
    assert done == ["beside", "other"]
