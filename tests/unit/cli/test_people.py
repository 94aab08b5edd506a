from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.cli.people import people_of
from voronka.domain.errors import QuestionError, SettingsError

LOG = "app.db-wal"
"""A file beside the database, there as long as anybody has it open."""


def test_what_one_command_states_the_next_one_knows(tmp_path: Path) -> None:
    folder = CompanyFolder(tmp_path / "company").folder
    with people_of(str(folder)) as people:
        assert people.accounts.users() == []
        people.accounts.add_user("Анна", None)
        assert (folder / LOG).exists()
    assert not (folder / LOG).exists()
    with people_of(str(folder)) as people:
        assert [user.name for user in people.accounts.users()] == ["Анна"]


def test_the_file_is_closed_after_a_command_that_fails_too(tmp_path: Path) -> None:
    folder = CompanyFolder(tmp_path / "company").folder
    with pytest.raises(QuestionError), people_of(str(folder)) as people:
        people.accounts.remove("Анна")
    assert not (folder / LOG).exists()


def test_a_folder_that_is_no_company_is_told_and_gets_no_database(tmp_path: Path) -> None:
    with pytest.raises(SettingsError), people_of(str(tmp_path)):
        pass
    assert list(tmp_path.iterdir()) == []
