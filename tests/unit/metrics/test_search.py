from datetime import date
from functools import partial

import pytest

from tests.metrics.memory_engine import MemoryEngine, lake_of, metrics_over
from voronka.domain.personal import masked_text
from voronka.domain.scope import Scope, Span
from voronka.metrics.search import MOST, SearchQuery, plain_words
from voronka.transform.runner import sql_files

ALL = Scope.everything()
ANNA = Scope.of("name:anna")
OF_FEBRUARY = Scope(spans=(Span("name:boris", date(2026, 2, 1), date(2026, 3, 1)),))
HIDES = partial(masked_text, kept=())


@pytest.fixture(scope="module")
def lake() -> MemoryEngine:
    made = lake_of(
        dim_employee="employee_id | name\nname:anna | Анна Ёлкина\nname:boris | Борис Седов",
        dim_account="""account_id | name          | employee_id
                       crm:17     | ООО «Ёлка-2»  | name:anna
                       crm:18     | ИП «Поделка»  | name:boris""",
        dim_contact="""contact_id | account_id | name
                       crm:c1     | crm:17     | Пётр Ёлкин
                       crm:c2     | crm:18     | Елена
                       crm:c3     |            | Ёлкин без фирмы""",
        fct_contact_states="""contact_id | employee_id | from_day   | to_day
                              crm:c1     | name:anna   | 1900-01-01 | 9999-12-31
                              crm:c2     | name:boris  | 1900-01-01 | 9999-12-31""",
        fct_leads="""lead_id|title|employee_id|created_at|account|contact_id|outcome|deleted_at
            crm:171 | Монтаж +7 916 000-00-21 | name:anna | 2026-02-10 10:00 | | crm:c3 | lost |
            crm:17 | Елка под заказ | name:boris | 2026-02-11 10:00 | | crm:c2 | lost |
            crm:19 | Ёлка удалена | name:anna | 2026-02-12 10:00 | | | open | 2026-02-13 10:00
            crm:20 | Ёлка от Бориса, теперь у Анны | name:anna | 2026-01-10 10:00 | | | open |""",
        fct_deals="""deal_id|title|employee_id|created_at|closed_at|outcome|contact_id|amount_home
            crm:d1 | Сборка | name:boris | 2026-02-01 10:00 | 2026-03-05 10:00 | won | crm:c1 | 500
            crm:d2 | Сборка | name:boris | 2026-01-05 10:00 | 2026-03-05 10:00 | lost | crm:c2 | 700""",
        identity="""kind  | value        | entity  | entity_id
                    phone | +79160000021 | lead    | crm:171
                    phone | +79160000033 | contact | crm:c2
                    email | elena@a.ru   | contact | crm:c2""",
        split_credit="entity | entity_id | axis   | employee_id | share\ndeal | crm:d2 | closed | name:anna | 0.5",
    )
    for name in ("dim_employee", "dim_account", "dim_contact", "fct_leads", "fct_deals", "dim_search"):
        made.columns(name)  # makes the table
    made.connection.execute("UPDATE fct_leads SET created_employee_id = 'name:boris' WHERE lead_id = 'crm:20'")
    made.connection.execute(f"INSERT INTO dim_search {sql_files()['dim_search']}")
    return made


def ids(lake: MemoryEngine, text: str, scope: Scope = ALL, **more: object) -> list[tuple[str, str, int]]:
    asked = SearchQuery(text=text, scope=scope, **more)  # type: ignore[arg-type]
    return [(each.kind, each.id, each.rank) for each in metrics_over(lake).search(asked)]


def test_an_id_stands_before_beginnings_of_words_and_those_before_parts_of_them(lake: MemoryEngine) -> None:
    assert ids(lake, "17") == [("account", "crm:17", 0), ("lead", "crm:17", 0), ("lead", "crm:171", 1)]
    assert ids(lake, "CRM:17") == [("account", "crm:17", 0), ("lead", "crm:17", 0)]
    found = ids(lake, "елк")
    assert [each for each in found if each[0] == "account"] == [("account", "crm:17", 1), ("account", "crm:18", 2)]
    assert ("employee", "name:anna", 1) in found
    assert not [each for each in found if each[1] == "crm:19"]  # it was deleted


def test_letters_of_either_case_punctuation_and_the_order_of_words_do_not_matter(lake: MemoryEngine) -> None:
    assert ids(lake, "  «ЁЛКА»,  ооо! ") == [("account", "crm:17", 1)]
    assert ids(lake, "седов борис") == [("employee", "name:boris", 1)]
    assert plain_words("Ёж_и №5") == "еж и 5"


def test_records_are_found_by_their_client(lake: MemoryEngine) -> None:
    assert ids(lake, "Елена") == [("contact", "crm:c2", 1), ("deal", "crm:d2", 1), ("lead", "crm:17", 1)]


def test_a_number_and_an_address_find_whom_identity_knows_and_their_records(lake: MemoryEngine) -> None:
    assert ids(lake, "8 (916) 000-00-33", number="79160000033") == [
        ("contact", "crm:c2", 0),
        ("deal", "crm:d2", 0),
        ("lead", "crm:17", 0),
    ]
    assert ("lead", "crm:171", 0) in ids(lake, "0021")
    assert ids(lake, "Elena@A.ru")[0] == ("contact", "crm:c2", 0)


def test_who_may_not_see_a_number_does_not_find_by_it(lake: MemoryEngine) -> None:
    assert ids(lake, "9160000021", number="79160000021", hides=HIDES) == []
    assert ids(lake, "000 21", hides=HIDES) == []  # it stands in the title, where it is hidden
    assert ids(lake, "elena@a.ru", hides=HIDES) == []
    assert ids(lake, "Монтаж", hides=HIDES) == [("lead", "crm:171", 1)]
    assert ids(lake, "17", hides=HIDES) == ids(lake, "17")


def test_a_limited_scope_finds_its_own_the_shared_and_the_clients_of_these(lake: MemoryEngine) -> None:
    assert ids(lake, "елк", ANNA) == [
        ("employee", "name:anna", 1),
        ("account", "crm:17", 1),
        ("contact", "crm:c1", 1),
        ("contact", "crm:c3", 1),  # by her lead
        ("lead", "crm:171", 1),  # by its client
        ("lead", "crm:20", 1),  # taken over: it is open
    ]
    assert ids(lake, "сборка", ANNA) == [("deal", "crm:d2", 1)]  # half of it is hers


def test_a_span_finds_what_stood_on_its_days(lake: MemoryEngine) -> None:
    assert ids(lake, "сборка", OF_FEBRUARY) == [("deal", "crm:d1", 1)]
    assert ids(lake, "елк", OF_FEBRUARY) == [("contact", "crm:c1", 1), ("deal", "crm:d1", 1), ("lead", "crm:17", 1)]
    assert ids(lake, "борис", OF_FEBRUARY) == []  # today he is another's


def test_nobody_finds_anything_and_a_letter_is_too_little(lake: MemoryEngine) -> None:
    assert ids(lake, "елка", Scope()) == []
    assert ids(lake, "е") == []
    assert ids(lake, " «» ") == []


def test_what_is_told_of_a_deal(lake: MemoryEngine) -> None:
    (deal,) = metrics_over(lake).search(SearchQuery(text="d1", scope=ALL))
    told = (deal.title, deal.firm, deal.person, deal.employee, deal.outcome, deal.created_day, deal.closed_day)
    assert told == ("Сборка", None, "Пётр Ёлкин", "Борис Седов", "won", date(2026, 2, 1), date(2026, 3, 5))
    assert deal.amount == 500


def test_no_more_than_twenty_are_told_and_every_kind_has_a_place() -> None:
    people = "employee_id | name\n" + "\n".join(f"e:{number} | Сосна" for number in range(30))
    made = lake_of(dim_employee=people, dim_account="account_id | name\na:1 | Сосна")
    for name in ("dim_employee", "dim_account", "dim_contact", "fct_leads", "fct_deals", "dim_search"):
        made.columns(name)
    made.connection.execute(f"INSERT INTO dim_search {sql_files()['dim_search']}")
    kinds = [kind for kind, *_ in ids(made, "сосна")]
    assert kinds == ["employee"] * (MOST - 1) + ["account"]
