import json

from click.testing import CliRunner

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.cli.main import main
from voronka.cli.people import people_of

PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's


def test_a_token_is_printed_once_listed_and_ended(company: CompanyFolder, voronka: Voronka) -> None:
    folder = ["--company", str(company.folder)]
    CliRunner().invoke(main, ["user", "add", "Анна", "--password-stdin", *folder], input=PASSWORD)
    made = voronka("token", "add", "анна", "1С", "--reach", "records", "--days", "30", company=company)
    token = made.stdout.strip()
    with people_of(str(company.folder)) as people:
        assert people.access.tokens.of_token(token)
    listed = voronka("token", "list", "--format", "json", company=company).stdout
    assert token not in listed
    assert [(row["number"], row["user"], row["name"], row["reach"]) for row in json.loads(listed)] == [
        (1, "Анна", "1С", "records")
    ]
    assert voronka("token", "revoke", "1", company=company).exit_code == 0
    with people_of(str(company.folder)) as people:
        assert people.access.tokens.of_token(token) is None
    assert voronka("token", "revoke", "9", company=company).exit_code == 2


def test_the_audit_log_tells_who_changed_what_at_the_terminal(company: CompanyFolder, voronka: Voronka) -> None:
    folder = ["--company", str(company.folder)]
    CliRunner().invoke(main, ["user", "add", "Анна", "--role", "head", "--password-stdin", *folder], input=PASSWORD)
    (row,) = json.loads(voronka("audit", "--format", "json", company=company).stdout)
    assert (row["action"], row["what"], row["user"].endswith("(terminal)")) == ("access", "Анна added as head", True)
    assert json.loads(voronka("audit", "--user", "Анна", "--format", "json", company=company).stdout) == []
    since = voronka("audit", "--since", "2200-01-01", "--format", "json", company=company).stdout
    assert json.loads(since) == []
