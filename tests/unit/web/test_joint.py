import os
import sqlite3
from pathlib import Path

import pytest

from voronka.web.joint import FILE, Joint


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
    assert os.listdir(tmp_path) == [FILE]  # noqa: PTH208 - names
