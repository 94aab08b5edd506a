from decimal import Decimal
from textwrap import dedent

import pytest

from tests.company import CompanyFolder, at
from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError
from voronka.transform.mapping import compile_mapping
from voronka.transform.sources import Source

DEALS = {"deal_id": "ID", "amount": "Sum", "created_at": "Opened"}


def compiled(text: str, *headers: str) -> None:
    source = parse_yaml(dedent(text), Source, "sources/crm.yml")
    compile_mapping(source, next(iter(source.streams)), headers, "Europe/Moscow")


def test_good_rows_and_rows_put_aside_are_all_the_rows(company: CompanyFolder) -> None:
    text = "ID,Sum,Opened\n1,100,01.02.2026\n2,12 шт,02.02.2026\n,5,03.02.2026\n4,5,32.02.2026\n5,,\n"
    company.stream("crm", "deals", text, into="deals", columns=DEALS)
    (outcome,) = company.load()
    company.build()
    assert (outcome.rows_read, outcome.rows_good, outcome.rows_quarantined) == (5, 2, 3)
    assert company.table("fct_deals", "deal_id amount") == [("crm:1", Decimal(100)), ("crm:5", None)]
    assert company.table("quarantine", "row_number key reason message") == [
        (3, "2", "bad_money", "Sum: not an amount of money: 12 шт"),
        (4, None, "missing_key", "no value in the key: ID"),
        (5, "4", "bad_time", "Opened: not a date or time: 32.02.2026"),
    ]


def test_a_date_of_an_unlikely_year_says_so(company: CompanyFolder) -> None:
    text = "ID,Sum,Opened\n1,100,01.02.2026\n2,100,01.02.2926\n3,100,01.02.1826\n"
    company.stream("crm", "deals", text, into="deals", columns=DEALS)
    company.load_and_build()
    told = [message for (message,) in company.table("quarantine", "message")]
    assert sorted(message.split(": ")[-1] for message in told) == ["01.02.1826", "01.02.2926"]
    assert all(message.startswith("Opened: not a date or time between 1990 and 20") for message in told)


def test_a_row_put_aside_keeps_its_whole_content(company: CompanyFolder) -> None:
    company.stream(
        "crm", "deals", 'ID,Sum,"O ""x"""\n1,soon,"a\nb"\n', into="deals", columns={"deal_id": "ID", "amount": "Sum"}
    )
    company.load_and_build()
    assert company.ask("SELECT payload->>'ID', payload->>'Sum', payload->>'O \"x\"' FROM quarantine") == [
        ("1", "soon", "a\nb")
    ]


def test_a_row_with_too_many_fields_is_put_aside(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "ID,Sum\n1,100\n2,200,extra\n", into="deals", columns={"deal_id": "ID"})
    company.load_and_build()
    assert company.table("quarantine", "reason row_number") == [("too_many_fields", 3)]
    assert company.table("fct_deals", "deal_id") == [("crm:1",)]


def test_values_and_nulls_are_looked_up_as_they_stand(company: CompanyFolder) -> None:
    company.stream(
        "crm",
        "deals",
        "ID,Product,Won,Why\n1,GTXPro,Да,Select\n2,GTX Pro,да,-\n3,it's,,price\n",
        into="deals",
        columns={"deal_id": "ID", "product": "Product", "outcome": "Won", "loss_reason": "Why"},
        values={"product": {"GTXPro": "GTX Pro", "it's": 'a "b"'}, "outcome": {"Да": "won"}},
        nulls=["", "Select", "-"],
    )
    company.load_and_build()
    assert company.table("fct_deals", "deal_id product_id outcome loss_reason") == [
        ("crm:1", "name:gtx pro", "won", None),
        ("crm:2", "name:gtx pro", "open", None),
        ("crm:3", 'name:a "b"', "open", "price"),
    ]


def test_values_may_stand_for_yes_and_no(company: CompanyFolder) -> None:
    company.stream(
        "pbx",
        "calls",
        "id,at,result\n1,2026-02-01 10:00,ANSWERED\n2,2026-02-01 11:00,NO ANSWER\n3,2026-02-01 12:00,\n",
        into="calls",
        columns={"activity_id": "id", "started_at": "at", "answered": "result"},
        values={"answered": {"ANSWERED": True, "NO ANSWER": False}},
    )
    company.load_and_build()
    assert company.table("fct_calls", "activity_id answered") == [
        ("pbx:call:1", True),
        ("pbx:call:2", False),
        ("pbx:call:3", None),
    ]


def test_ids_stand_in_the_id_space_of_the_source(company: CompanyFolder) -> None:
    company.space("crm_calls", "crm")
    company.stream(
        "crm_calls", "calls", "id,who\n7,17\n", into="calls", columns={"activity_id": "id", "employee_id": "who"}
    )
    company.stream(
        "crm", "emails", "id,who\n7,17\n", into="emails", columns={"activity_id": "id", "employee_id": "who"}
    )
    company.load_and_build()
    assert company.table("fct_activities", "activity_id employee_id") == [
        ("crm:call:7", "crm:17"),
        ("crm:email:7", "crm:17"),
    ]


def test_equal_rows_are_counted_and_not_lost_where_the_key_is_the_content(company: CompanyFolder) -> None:
    text = "who,sum\nAnna,100\nAnna,100\nBoris,50\n"
    company.stream("crm", "deals", text, into="deals", key="auto", columns={"employee": "who", "amount": "sum"})
    company.load_and_build()
    assert company.ask("SELECT count(*), count(DISTINCT deal_id), sum(amount) FROM fct_deals") == [(3, 3, Decimal(250))]
    company.export("crm", "deals", f"{text}Carl,1\n", suffix="_later")
    company.load_and_build()
    assert company.ask("SELECT count(*), sum(amount) FROM fct_deals") == [(4, Decimal(251))]


def test_a_key_of_several_columns_is_missing_only_where_all_are(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "a,b,c\n1,2,x\n1,,x\n,,x\n", into="deals", key=["a", "b"], columns={"title": "a"})
    company.load_and_build()
    assert company.table("fct_deals", "deal_id") == [("crm:1|",), ("crm:1|2",)]
    assert company.table("quarantine", "reason") == [("missing_key",)]


def test_one_date_per_stage_becomes_stage_changes(company: CompanyFolder) -> None:
    company.stream(
        "crm",
        "deals",
        "ID,Q,W\n1,01.02.2026,05.02.2026\n2,02.02.2026,\n",
        into="deals",
        columns={"deal_id": "ID"},
        stage_dates={"Qualified": "Q", "Won": "W"},
    )
    company.load_and_build()
    assert company.table("fct_stage_entries", "entity_id stage_id entered_at left_at") == [
        ("crm:1", "Qualified", at("2026-01-31 21:00"), at("2026-02-04 21:00")),
        ("crm:1", "Won", at("2026-02-04 21:00"), None),
        ("crm:2", "Qualified", at("2026-02-01 21:00"), None),
    ]


def test_headers_meet_whatever_their_case_and_the_spaces_around(company: CompanyFolder) -> None:
    company.stream("crm", "deals", " id ,СУММА\n1,5\n", into="deals", columns={"deal_id": "ID", "amount": "Сумма"})
    company.load_and_build()
    assert company.table("fct_deals", "deal_id amount") == [("crm:1", Decimal(5))]


def test_a_column_that_the_file_lacks_is_named_with_the_nearest_one(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "ID,Amount\n1,5\n", into="deals", columns={"deal_id": "ID", "amount": "Amout"})
    with pytest.raises(InputError) as fault:
        company.load()
    assert "the file has no column `Amout`. Did you mean Amount?" in fault.value.sentence()
    assert "crm.deals" in fault.value.sentence()


def test_a_column_under_another_known_name_is_said_to_be_the_one_that_is_missing(company: CompanyFolder) -> None:
    columns = {"deal_id": "Deal ID", "title": "Deal Name"}
    company.stream("crm", "deals", "ID,Deal Name\n1,x\n", into="deals", columns=columns)
    with pytest.raises(InputError) as fault:
        company.load()
    assert "It may be called `ID` now" in fault.value.sentence()


def test_a_file_without_rows_changes_nothing(company: CompanyFolder) -> None:
    company.stream("crm", "deals", "ID,Sum,Opened\n", into="deals", columns=DEALS)
    company.load_and_build()
    assert company.table("fct_deals", "deal_id") == []


def test_answered_follows_from_talk_where_it_is_not_mapped(company: CompanyFolder) -> None:
    text = "id,talk\n1,0:10\n2,0\n3,\n"
    company.stream("pbx", "calls", text, into="calls", columns={"activity_id": "id", "talk_seconds": "talk"})
    company.load_and_build()
    assert company.table("fct_calls", "activity_id answered talk_seconds") == [
        ("pbx:call:1", True, 10),
        ("pbx:call:2", False, None),
        ("pbx:call:3", False, None),
    ]


def test_an_expression_counts_as_a_column(company: CompanyFolder) -> None:
    company.stream(
        "pbx",
        "calls",
        "No,Date,Time,seconds\n007,25.02.2026,10:05,12\n008,26.02.2026,10:06,0\n",
        into="calls",
        key="No",
        columns={
            "activity_id": "= 'c' || No",
            "started_at": "= time(Date || ' ' || Time)",
            "answered": "= seconds > 0",
            "talk_seconds": "= seconds * 60",
        },
    )
    company.load_and_build()
    assert company.table("fct_calls", "activity_id started_at answered talk_seconds") == [
        ("pbx:call:c007", at("2026-02-25 07:05"), True, 720),
        ("pbx:call:c008", at("2026-02-26 07:06"), False, None),
    ]


def test_a_value_that_an_expression_cannot_read_puts_the_row_aside(company: CompanyFolder) -> None:
    company.stream(
        "pbx",
        "calls",
        "id,seconds\n1,12\n2,abc\n",
        into="calls",
        columns={"activity_id": "id", "answered": "= seconds > 0", "talk_seconds": "= seconds"},
    )
    company.load_and_build()
    assert company.table("fct_calls", "activity_id talk_seconds") == [("pbx:call:1", 12)]
    assert company.table("quarantine", "key reason") == [("2", "bad_number")]


INJECTION = "'; DROP TABLE stg_deals; --"


@pytest.mark.parametrize(
    "name",
    [
        INJECTION,
        'a"; DROP TABLE x; --',
        "100%",
        "%22%2",
        "a\nb",
        "a\tb",
        "{a}",
        "$name",
        "_key",
        "_t0",
        "a;b=c,d",
        "back\\slash",
        "Имя ё",
        "select",
        "a.b",
        "?",
    ],
)
def test_any_header_is_only_a_name(company: CompanyFolder, name: str) -> None:
    header = '"' + name.replace('"', '""') + '"'
    company.stream("crm", "deals", f'ID,{header}\n1,"x\'y"\n', into="deals", columns={"deal_id": "ID", "title": name})
    company.load_and_build()
    assert company.table("fct_deals", "deal_id title") == [("crm:1", "x'y")]


def test_any_text_of_a_mapping_is_only_a_text(company: CompanyFolder) -> None:
    company.stream(
        "crm",
        "deals",
        f'ID,Stage,Why,Sum\n"{INJECTION}",{INJECTION},100%,1\n2,$x,?,{INJECTION}\n',
        into="deals",
        columns={
            "deal_id": "ID",
            "stage": "Stage",
            "loss_reason": "Why",
            "title": f"= '{INJECTION.replace(chr(39), 2 * chr(39))}'",
            "amount": "Sum",
        },
        values={"stage": {INJECTION: "'); ATTACH 'x'; --", "$x": "%s"}},
        nulls=["100%", "'); --"],
    )
    company.load_and_build()
    assert company.table("fct_deals", "deal_id stage_id loss_reason title") == [
        (f"crm:{INJECTION}", "'); ATTACH 'x'; --", None, INJECTION)
    ]
    assert company.table("quarantine", "message") == [(f"Sum: not an amount of money: {INJECTION}",)]


def test_a_wrong_expression_is_refused_with_its_place() -> None:
    text = """
        source: pbx
        streams:
          calls: { path: a.csv, into: calls, columns: { activity_id: id, answered: "= getenv(id) > 0" } }
    """
    with pytest.raises(SettingsError, match=r"pbx\.calls: answered: the function getenv is not allowed here"):
        compiled(text, "id")


def test_the_sign_of_an_amount_tells_its_currency_where_no_column_does(company: CompanyFolder) -> None:
    company.stream(
        "crm",
        "deals",
        "ID,Sum,Cur\n1,$5,\n2,7 ₽,EUR\n3,9,\n",
        into="deals",
        columns={"deal_id": "ID", "amount": "Sum", "currency": "Cur"},
    )
    company.load_and_build()
    assert company.table("fct_deals", "deal_id amount currency") == [
        ("crm:1", Decimal(5), "USD"),
        ("crm:2", Decimal(7), "EUR"),
        ("crm:3", Decimal(9), "RUB"),  # the company's own
    ]


def test_an_id_that_a_spreadsheet_cut_puts_its_row_aside(company: CompanyFolder) -> None:
    rows = "ID,Sum\n123.0,1\n007,2\n1.23457E+11,3\nNULL,4\n"
    company.stream("crm", "deals", rows, into="deals", columns={"deal_id": "ID", "amount": "Sum"})
    company.load_and_build()
    assert company.table("fct_deals", "deal_id") == [("crm:007",), ("crm:123",)]
    assert company.table("quarantine", "reason") == [("damaged_id",), ("missing_key",)]


def test_a_header_that_names_a_unit_tells_what_bare_durations_are_in(company: CompanyFolder) -> None:
    columns = {"activity_id": "ID", "talk_seconds": "Talk, ms"}
    company.stream("pbx", "calls", '"ID","Talk, ms"\n1,1500\n2,0:01:00\n', into="calls", columns=columns)
    company.load_and_build()
    assert company.table("fct_activities", "activity_id talk_seconds") == [("pbx:call:1", 2), ("pbx:call:2", 60)]


def test_a_rate_is_above_zero(company: CompanyFolder) -> None:
    text = "day,currency,rate\n2026-01-01,usd,90\n2026-01-02,USD,0\n2026-01-03,USD,-5\n"
    company.stream("crm", "rates", text, into="rates", columns={"day": "day", "currency": "currency", "rate": "rate"})
    company.load_and_build()
    assert company.table("quarantine", "reason message") == [
        ("bad_number", "rate: not a rate above zero: -5"),
        ("bad_number", "rate: not a rate above zero: 0"),
    ]
    assert company.table("dim_rate", "currency rate") == [("USD", 90.0)]


def test_names_and_currencies_are_read_as_such(company: CompanyFolder) -> None:
    columns = {"deal_id": "id", "employee": "owner", "account": "client", "currency": "cur", "stage": "stage"}
    text = "id,owner,client,cur,stage\n1,не назначен,(пусто),руб.,нет\n2,Анна,ООО Нет,€,New\n"
    company.stream("crm", "deals", text, into="deals", columns=columns)
    company.load()
    assert company.staged("stg_deals", "employee account currency stage") == [
        ("Анна", "ООО Нет", "EUR", "New"),
        (None, None, "RUB", "нет"),
    ]
