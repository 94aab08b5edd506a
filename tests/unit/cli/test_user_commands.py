import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.main import main
from voronka.cli.people import people_of
from voronka.operations.accounts import User

PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company")


def typed(company: CompanyFolder, *arguments: str, keys: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["user", *arguments, "--company", str(company.folder)], input=keys)
    return result.exit_code, result.stdout, result.stderr


def signs_in(company: CompanyFolder, name: str, password: str) -> User | None:
    with people_of(str(company.folder)) as people:
        return people.accounts.check_password(name, password)


def test_a_password_is_asked_for_twice_and_not_shown(company: CompanyFolder) -> None:
    code, out, _ = typed(company, "add", "Анна", keys=f"{PASSWORD}\n{PASSWORD}\n")
    assert code == 0
    assert "Анна (admin) can sign in." in out
    assert PASSWORD not in out
    assert signs_in(company, "анна", PASSWORD)


def test_two_passwords_that_differ_are_asked_for_again(company: CompanyFolder) -> None:
    code, _, _ = typed(company, "add", "Анна", keys=f"{PASSWORD}\nsomething else\n{PASSWORD}\n{PASSWORD}\n")
    assert code == 0
    assert signs_in(company, "Анна", PASSWORD)


def test_nobody_is_added_without_a_password(company: CompanyFolder) -> None:
    assert typed(company, "add", "Анна", keys="")[0] == 1
    code, _, err = typed(company, "add", "Анна", "--password-stdin", keys="short\n")
    assert (code, "fewer than 10 characters" in err) == (2, True)
    assert typed(company, "list", "--format", "json", keys="")[1].strip() == "[]"


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nmore lines\n"])
def test_a_script_gives_the_password_by_standard_input(company: CompanyFolder, end: str) -> None:
    assert typed(company, "add", "Анна", "--password-stdin", keys=PASSWORD + end)[0] == 0
    assert signs_in(company, "Анна", PASSWORD)


def test_a_password_is_changed(company: CompanyFolder) -> None:
    typed(company, "add", "Анна", "--password-stdin", keys=PASSWORD)
    code, out, _ = typed(company, "password", "анна", keys="другой пароль\nдругой пароль\n")
    assert (code, "Анна has another password" in out) == (0, True)
    assert signs_in(company, "Анна", PASSWORD) is None
    assert signs_in(company, "Анна", "другой пароль")


def test_users_are_listed_and_removed(company: CompanyFolder, voronka: Voronka) -> None:
    for name in ("Борис", "Анна"):
        typed(company, "add", name, "--password-stdin", keys=PASSWORD)
    listed = json.loads(voronka("user", "list", "--format", "json", company=company).stdout)
    assert [(row["name"], row["role"], row["active"]) for row in listed] == [
        ("Анна", "admin", True),
        ("Борис", "admin", True),
    ]
    assert "hash" not in str(listed)
    assert voronka("user", "remove", "борис", company=company).exit_code == 0
    assert signs_in(company, "Борис", PASSWORD) is None
    assert "Борис" not in voronka("user", "list", company=company).stdout


@pytest.mark.parametrize("command", ["password", "remove"])
def test_an_unknown_name_is_told_before_anything_is_asked(
    company: CompanyFolder, voronka: Voronka, command: str
) -> None:
    result = voronka("user", command, "Никто", company=company)
    assert result.exit_code == 2
    assert "no user is named Никто" in result.stderr
    assert "Password" not in result.stdout


def test_the_database_is_made_in_the_companys_folder_only(company: CompanyFolder, voronka: Voronka) -> None:
    voronka("user", "list", company=company)
    assert (company.folder / "app.db").is_file()
    result = CliRunner().invoke(main, ["user", "list", "--company", str(company.folder.parent)])
    assert result.exit_code == 2
    assert not (company.folder.parent / "app.db").exists()


def test_a_screen_needs_no_employee_to_show_the_board(company: CompanyFolder, voronka: Voronka) -> None:
    invited = voronka("user", "invite", "Экран", "--role", "screen", company=company)
    assert "They see no row" not in invited.stderr


def test_whoever_is_invited_gets_a_link_and_a_new_one_when_it_is_lost(company: CompanyFolder, voronka: Voronka) -> None:
    first = voronka("user", "invite", "Борис", "--role", "manager", "--email", "boris@firm.ru", company=company)
    assert "They see no row until it is known which employee they are" in first.stderr
    again = voronka("user", "invite", "борис", company=company)
    tokens = [said.stdout.strip().partition("/accept#")[2] for said in (first, again)]
    with people_of(str(company.folder)) as people:
        assert people.access.invited(tokens[0]) is None
        accepted = people.access.accept(tokens[1], PASSWORD)
    assert accepted is not None
    assert (accepted.name, accepted.role, accepted.email) == ("Борис", "manager", "boris@firm.ru")


def test_a_role_a_bar_and_an_end_of_sessions_are_said_on_the_command_line(
    company: CompanyFolder, voronka: Voronka
) -> None:
    for name in ("Анна", "Борис"):
        typed(company, "add", name, "--password-stdin", keys=PASSWORD)
    assert voronka("user", "role", "борис", "marketing", company=company).exit_code == 0
    assert voronka("user", "role", "анна", "head", company=company).exit_code == 2  # the only administrator
    with people_of(str(company.folder)) as people:
        token = people.sessions.start(people.accounts.named("Борис").user_id)
    assert voronka("user", "sign-out", "борис", company=company).stdout == "Борис: 1 sessions ended.\n"
    with people_of(str(company.folder)) as people:
        assert people.sessions.of_token(token) is None
    assert voronka("user", "bar", "Борис", company=company).exit_code == 0
    assert signs_in(company, "Борис", PASSWORD) is None
    assert voronka("user", "unbar", "Борис", company=company).exit_code == 0
    assert signs_in(company, "Борис", PASSWORD)
