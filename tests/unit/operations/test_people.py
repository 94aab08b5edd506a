import sys
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import run

from voronka.operations import FILE
from voronka.operations.people import People

NOW = datetime.fromisoformat("2026-04-01 09:00")


def test_what_one_store_writes_the_others_see_in_one_file(tmp_path: Path) -> None:
    people = People.of(tmp_path, timedelta(days=1), lambda: NOW)
    user = people.accounts.add_user("Ирина", None, "head")
    token = people.sessions.start(user.user_id, "192.0.2.7", "browser")
    people.database.close()
    again = People.of(tmp_path, timedelta(days=1), lambda: NOW)
    found = again.sessions.of_token(token)
    assert found is not None
    assert found.name == "Ирина"
    again.database.close()
    assert (tmp_path / FILE).is_file()


def test_commands_without_people_start_without_a_database() -> None:
    said = "import sys, voronka.bootstrap; sys.exit('sqlalchemy' in sys.modules)"
    assert run([sys.executable, "-c", said], check=False).returncode == 0
