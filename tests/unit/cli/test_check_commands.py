import json
from pathlib import Path

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka

WRONG = "no,who,team,sum,made,won,stage\n7,Anna,North,1,2026-01-05,2026-01-04,Won\n"


def test_check_sums_up_and_lists_what_one_check_found(voronka: Voronka, company: CompanyFolder) -> None:
    company.export("crm", "deals", WRONG, suffix="-2")
    company.load()
    built = voronka("build", company=company)
    assert "2 things to look at: voronka check" in built.stderr
    result = voronka("check", company=company)
    assert result.exit_code == 0
    assert "crm:7" in result.stdout
    assert "closed_before_created: The day of closing comes before the day of creation" in result.stdout
    assert "Not checked" in result.stdout
    assert "  deal_without_channel (deals.channel_id)\n" in result.stdout
    (row,) = json.loads(voronka("check", "closed_before_created", "--format", "json", company=company).stdout)
    assert (row["entity"], row["id"], row["employee"], row["detail"]) == (
        "deal", "crm:7", "Anna", "2026-01-05 > 2026-01-04"
    )  # fmt: skip
    rows = json.loads(voronka("check", "--format", "json", company=company).stdout)
    assert [(row["check"], row["records"], row["share"]) for row in rows] == [
        ("closed_before_created", 1, 20),
        ("deal_without_employee", 1, 20),
    ]
    doctor = voronka("doctor", "--format", "json", company=company)
    assert {"what": "quality", "state": "note", "detail": "2 things to look at: voronka check"} in json.loads(
        doctor.stdout
    )


def test_check_pages_its_records_and_tells_of_people_in_the_companys_language(voronka: Voronka, tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c", settings='language = "en"')
    deals = "no,who,how,sum,url\n1,Anna,won,0,https://crm.example/1\n2,Boris,won,0,\n3,Anna,won,5,\n"
    columns = {"deal_id": "no", "employee": "who", "outcome": "how", "amount": "sum", "url": "url"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    page = voronka("check", "won_without_amount", "--limit", "1", company=company)
    assert page.stdout.splitlines()[2].split() == [
        "deal",
        "crm:1",
        "1",
        "Anna",
        "2000-01-01",
        "0.00",
        "https://crm.example/1",
    ]
    assert page.stderr == "1 of 2 are shown; the next: --offset 1\n"
    rest = voronka("check", "won_without_amount", "--limit", "1", "--offset", "1", "--format", "csv", company=company)
    assert rest.stdout.splitlines()[1] == "deal,crm:2,2,Boris,2000-01-01,0.00,"
    people = voronka("check", "--by", "employee", company=company).stdout
    assert "employee  check               what is wrong          record  records" in people
    assert [line.split()[:2] for line in people.splitlines()[2:]] == [
        ["Anna", "won_without_amount"], ["Boris", "won_without_amount"]
    ]  # fmt: skip
    wrong = voronka("check", "won_without_amout", company=company)
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("voronka: no check is named won_without_amout. Did you mean won_without_amount")


def test_where_nothing_is_wrong_it_says_so(voronka: Voronka, tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c", settings='language = "en"')
    columns = {"deal_id": "no", "outcome": "how"}
    company.stream("crm", "deals", "no,how\n1,won\n", into="deals", columns=columns)
    company.load_and_build()
    assert voronka("check", company=company).stdout.startswith("Nothing was found wrong.\n\nNot checked, as")
    assert voronka("check", "--format", "json", company=company).stdout == "[]\n"
    assert voronka("check", "won_without_amount", company=company).stdout.startswith("won_without_amount was not")


def test_a_check_that_could_not_be_made_says_so_and_why(voronka: Voronka, tmp_path: Path) -> None:
    company = CompanyFolder(tmp_path / "c", settings='language = "en"')
    columns = {"deal_id": "no", "outcome": "how", "employee": "who"}
    company.stream("crm", "deals", "no,how,who\n1,won,Anna\n", into="deals", columns=columns)
    company.load_and_build()
    said = "deal_without_channel was not checked: no source gives deals.channel_id\n"
    assert voronka("check", "deal_without_channel", company=company).stdout == said
    rows = voronka("check", "deal_without_channel", "--format", "json", company=company)
    assert (rows.stdout, rows.stderr) == ("[]\n", said)
    assert voronka("check", "deal_without_employee", company=company).stdout == "Nothing was found wrong.\n"


def test_before_a_build_there_is_nothing_to_check(voronka: Voronka, company: CompanyFolder) -> None:
    for command in (("check",), ("query", "deals_won"), ("loads", "aside")):
        result = voronka(*command, company=company)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == "voronka: nothing is built yet. Run `voronka build`.\n"
