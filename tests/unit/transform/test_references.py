import pytest

from tests.company import CompanyFolder
from voronka.lake.session import Session, literal
from voronka.transform.references import merges, name_key

PEOPLE = {"employee_id": "id", "name": "name"}
DEALS = {"deal_id": "id", "employee": "who"}


@pytest.mark.parametrize("name", ["Пётр  Ильин", " пЕтр ильин ", "ПЁТР\u00a0ИЛЬИН", "Петр\tИльин"])
def test_spellings_of_a_name_meet(session: Session, name: str) -> None:
    assert session.value(f"SELECT {name_key(literal(name))}") == "петр ильин"


def owners(company: CompanyFolder) -> list[tuple[str, str | None]]:
    return [(deal, who) for deal, who in company.table("fct_deals", "deal_id employee_id")]


def test_an_id_is_used_as_it_is_and_the_name_is_its_own(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name\n7,Anna\n", into="employees", columns=PEOPLE)
    columns = {**DEALS, "employee_id": "who_id"}
    company.stream("crm", "deals", "id,who_id,who\n1,7,Somebody\n2,9,\n3,,\n", into="deals", columns=columns)
    company.load_and_build()
    assert owners(company) == [("crm:1", "crm:7"), ("crm:2", "crm:9"), ("crm:3", None)]
    assert company.table("dim_employee", "employee_id name") == [("crm:7", "Anna"), ("crm:9", "crm:9")]


def test_a_name_alone_means_the_one_known_person(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name\n7,Пётр Ильин\n", into="employees", columns=PEOPLE)
    company.stream("crm", "deals", "id,who\n1,петр  ИЛЬИН\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert owners(company) == [("crm:1", "crm:7")]
    assert company.table("dim_employee", "employee_id name") == [("crm:7", "Пётр Ильин")]


def test_a_name_nobody_knows_is_a_new_person(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "id,who\n1,Анна\n2,анна \n3,Борис\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert owners(company) == [("crm:1", "name:анна"), ("crm:2", "name:анна"), ("crm:3", "name:борис")]
    assert [who for (who,) in company.table("dim_employee", "employee_id")] == ["name:анна", "name:борис"]


def test_a_name_that_two_bear_is_ambiguous_and_said_so(company: CompanyFolder) -> None:
    company.stream("crm", "people", "id,name\n7,Anna\n8,anna\n", into="employees", columns=PEOPLE)
    company.stream("crm", "deals", "id,who\n1,Anna\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert owners(company) == [("crm:1", "ambiguous")]
    assert company.table("dim_employee", "employee_id name") == [
        ("ambiguous", "ambiguous"),
        ("crm:7", "Anna"),
        ("crm:8", "anna"),
    ]
    assert company.table("fct_quality_issues", "check_name entity_id") == [("ambiguous_person", "Anna")]


def test_people_of_one_name_and_two_ids_stay_two(company: CompanyFolder) -> None:
    columns = {**DEALS, "employee_id": "who_id"}
    company.stream("crm", "deals", "id,who_id,who\n1,7,Anna\n2,8,Anna\n", into="deals", columns=columns)
    company.load_and_build()
    assert owners(company) == [("crm:1", "crm:7"), ("crm:2", "crm:8")]


def test_names_and_ids_of_one_stream_tell_whom_the_names_of_another_mean(company: CompanyFolder) -> None:
    columns = {"activity_id": "id", "employee_id": "who_id", "employee": "who"}
    company.stream("crm", "calls", "id,who_id,who\n1,7,Anna\n2,8,Boris\n", into="calls", columns=columns)
    company.stream("crm", "deals", "id,who\n1,Anna\n2,Boris\n3,Anna\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert owners(company) == [("crm:1", "crm:7"), ("crm:2", "crm:8"), ("crm:3", "crm:7")]
    assert company.ask("SELECT count(*) FROM dim_employee") == [(2,)]


def test_merged_people_are_one_through_chains_too(company: CompanyFolder) -> None:
    people = "id,name,into\n1,Anna Old,2\n2,Anna Mid,3\n3,Anna,\n"
    company.stream("crm", "people", people, into="employees", columns={**PEOPLE, "merged_into": "into"})
    columns = {**DEALS, "employee_id": "who_id"}
    company.stream("crm", "deals", "id,who_id,who\n1,1,\n2,2,\n3,3,\n4,,anna old\n", into="deals", columns=columns)
    company.load_and_build()
    assert [who for _, who in owners(company)] == ["crm:3", "crm:3", "crm:3", "crm:3"]
    assert company.table("dim_employee", "employee_id name") == [("crm:3", "Anna")]


def test_people_of_one_name_who_were_merged_are_not_ambiguous(company: CompanyFolder) -> None:
    people = "id,name,into\n1,Anna,2\n2,Anna,\n"
    company.stream("crm", "people", people, into="employees", columns={**PEOPLE, "merged_into": "into"})
    company.stream("crm", "deals", "id,who\n1,Anna\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert owners(company) == [("crm:1", "crm:2")]


def test_a_circle_of_merges_ends(company: CompanyFolder) -> None:
    people = "id,name,into\n1,Anna,2\n2,Boris,1\n"
    company.stream("crm", "people", people, into="employees", columns={**PEOPLE, "merged_into": "into"})
    company.load_and_build()
    assert 1 <= len(company.table("dim_employee", "employee_id")) <= 2


def test_managers_and_those_who_handed_a_deal_are_people(company: CompanyFolder) -> None:
    company.stream(
        "crm", "people", "id,name,boss\n7,Anna,Maria\n", into="employees", columns={**PEOPLE, "manager": "boss"}
    )
    company.stream("crm", "deals", "id,who,by\n1,Anna,Sdr\n", into="deals", columns={**DEALS, "handed_by": "by"})
    company.load_and_build()
    assert company.table("fct_deals", "employee_id handed_by") == [("crm:7", "name:sdr")]
    assert [name for (name,) in company.table("dim_employee", "name")] == ["Anna", "Maria", "Sdr"]


def test_accounts_products_and_channels_are_met_by_name(company: CompanyFolder) -> None:
    company.stream(
        "crm", "accounts", "id,name\n5,Acme\n", into="accounts", columns={"account_id": "id", "name": "name"}
    )
    columns = {"deal_id": "id", "account": "acc", "product": "product", "channel": "channel"}
    text = "id,acc,product,channel\n1,ACME,GTX Pro,SEO\n2,Umbrella,gtx pro,seo\n"
    company.stream("crm", "deals", text, into="deals", columns=columns)
    company.load_and_build()
    assert company.table("fct_deals", "account_id product_id channel_id") == [
        ("crm:5", "name:gtx pro", "name:seo"),
        ("name:umbrella", "name:gtx pro", "name:seo"),
    ]
    assert company.table("dim_account", "account_id name") == [("crm:5", "Acme"), ("name:umbrella", "Umbrella")]


def test_a_team_made_in_voronka_is_the_one_of_a_source_that_alone_bears_its_name(session: Session) -> None:
    mentions = "('voronka:team1', 'North'), ('voronka:team2', 'West'), (NULL, 'North'), ('crm:5', 'NORTH'), "
    mentions += "('crm:6', 'West'), ('crm:7', 'West'), ('pbx:8', 'west')"
    session.run(f"CREATE TABLE int_mentions_team AS FROM (VALUES {mentions}) AS t (id, name)")
    session.run("CREATE TABLE stg_merges (entity TEXT, entity_id TEXT, merged_into TEXT)")
    found = session.rows(f"{merges('team')} ORDER BY 1")
    session.run("DROP TABLE int_mentions_team; DROP TABLE stg_merges")
    assert [tuple(row.values()) for row in found] == [("crm:5", "voronka:team1"), ("pbx:8", "voronka:team2")]
