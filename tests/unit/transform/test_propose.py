# ruff: noqa: E501 - a table stands as an export has it, one row a line
import csv
from io import StringIO
from textwrap import dedent

import pytest

from voronka.domain.documents import parse_yaml
from voronka.domain.errors import InputError, SettingsError
from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.mapping import compile_mapping
from voronka.transform.pipelines import Pipeline
from voronka.transform.proposal import Proposal
from voronka.transform.proposal_yaml import to_pipeline_yaml, to_source_yaml
from voronka.transform.propose import propose
from voronka.transform.sources import Source

AMOCRM = """
    ID;Название сделки;Компания;Ответственный;Этап сделки;Бюджет сделки;Дата создания;Дата закрытия;Причина отказа;Источник;Теги
    101;Сделка 101;ООО Ромашка;Петров Иван;Успешно реализовано;125 000;01.03.2025 10:15;20.03.2025 18:00;;Сайт;
    102;Сделка 102;ООО Лютик;Смирнова Ольга;Закрыто и не реализовано;40 000;02.03.2025 09:00;25.03.2025 18:00;Дорого;Звонок;
    103;Сделка 103;;Петров Иван;Переговоры;60 000,50;15.03.2025 16:40;;;Не указано;
    104;Сделка 104;ИП Громов;Смирнова Ольга;Принята в работу;0;16.03.2025 11:00;;;Сайт;
    105;Сделка 105;;Петров Иван;Рисуем макет;30 000;17.03.2025 11:00;;;Сайт;
"""
BITRIX_CALLS = """
    Сотрудник;Номер телефона;Тип звонка;Дата звонка;Длительность звонка;Статус звонка
    Петров Иван;+7 912 000-00-01;Исходящий;01.03.2025 10:20:00;00:02:15;Успешный звонок
    Петров Иван;8 (912) 000-00-02;Входящий;01.03.2025 10:25:00;00:00:00;Пропущенный звонок
    Смирнова Ольга;8 (912) 000-00-03;Входящий с перенаправлением;01.03.2025 10:45:00;00:04:10;Успешный звонок
"""
SALESFORCE = """
    Opportunity ID;Opportunity Name;Account Name;Opportunity Owner;Owner ID;Stage;Amount;Probability (%);Close Date;Created Date
    0065g00000AbCd1AAB;Acme seats;Acme;Ann Lee;0055g000001XyZ1AAC;Closed Won;$12,500.00;100;3/15/2025;1/10/2025
    0065g00000AbCd2AAB;Beta pilot;Beta;Bob Ray;0055g000001XyZ2AAC;Proposal/Price Quote;$4,000.00;75;4/30/2025;2/2/2025
    0065g00000AbCd3AAB;Gamma;Gamma;Ann Lee;0055g000001XyZ1AAC;Closed Lost;$9,000.00;0;2/28/2025;1/20/2025
"""
DIRECT = """
    Дата;Кампания;№ Кампании;Показы;Клики;CTR (%);Расход (руб.)
    01.03.2025;Поиск;7001;1200;40;3,33;2 500,75
    01.03.2025;РСЯ;7002;15000;90;0,60;1 800,00
    02.03.2025;Поиск;7001;1100;35;3,18;2 310,20
"""
STAFF = """
    ID;Имя;Фамилия;Отдел;Должность;Руководитель;E-mail;Дата приема на работу;Активен
    1;Иван;Петров;Продажи;Менеджер;Орлова Мария;petrov@x.ru;01.02.2023;Да
    2;Мария;Орлова;Продажи;Руководитель;;orlova@x.ru;10.01.2020;Нет
"""


def proposed(session: Session, text: str, file_name: str = "export.csv", into: str | None = None) -> Proposal:
    """Return the proposal for a table; what is proposed must load and compile over the file's headers."""
    headers, *rows = csv.reader(StringIO(dedent(text).strip()), delimiter=";")
    names = ", ".join(quoted(raw_name(header)) for header in headers)
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows)
    session.run(f"CREATE OR REPLACE VIEW proposal_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    proposal = propose(session, "proposal_of_test", headers, file_name, into)
    source = parse_yaml(to_source_yaml(proposal, "crm", "export.csv"), Source, "sources/crm.yml")
    compile_mapping(source, proposal.stream, headers, "Europe/Moscow")
    if proposal.stages:
        parse_yaml(to_pipeline_yaml(proposal, "crm"), Pipeline, "pipelines/sales.yml")
    return proposal


def test_a_russian_export_of_deals_becomes_deals(session: Session) -> None:
    found = proposed(session, AMOCRM)
    assert found.into == "deals"
    assert found.mapping == {
        "deal_id": "ID",
        "title": "Название сделки",
        "stage": "Этап сделки",
        "loss_reason": "Причина отказа",
        "created_at": "Дата создания",
        "closed_at": "Дата закрытия",
        "amount": "Бюджет сделки",
        "employee": "Ответственный",
        "account": "Компания",
        "channel": "Источник",
    }
    assert found.key == ("ID",)


def test_stages_come_in_order_with_their_outcomes_and_unknown_ones_are_told(session: Session) -> None:
    found = proposed(session, AMOCRM)
    assert [(stage.text, stage.outcome, stage.milestone) for stage in found.stages] == [
        ("Принята в работу", "open", "accepted"),
        ("Рисуем макет", "open", None),
        ("Переговоры", "open", None),
        ("Успешно реализовано", "won", None),
        ("Закрыто и не реализовано", "lost", None),
    ]
    assert found.warnings == ("stages of unknown meaning were taken as open: Рисуем макет",)


def test_a_stage_of_unknown_meaning_whose_records_are_all_closed_is_taken_for_lost(session: Session) -> None:
    row = "    106;Сделка 106;;Петров Иван;Чёрный список;1;18.03.2025 11:00;19.03.2025 11:00;;Сайт;\n"
    found = {stage.text: stage for stage in proposed(session, AMOCRM + row).stages}
    told = found["Чёрный список"]
    assert (told.outcome, told.is_known, told.closed) == ("lost", False, 1)
    assert found["Рисуем макет"].outcome == "open"


def test_spellings_of_nothing_are_found_with_their_column(session: Session) -> None:
    found = proposed(session, AMOCRM)
    assert [(word.text, word.cells, word.headers) for word in found.nulls] == [("Не указано", 1, ("Источник",))]


def test_an_ignored_header_says_why(session: Session) -> None:
    found = proposed(session, DIRECT, "report.csv")
    assert [(item.header, item.samples) for item in found.ignored] == [("CTR (%)", ("0,60", "3,18", "3,33"))]
    assert [(item.header, item.reason) for item in proposed(session, AMOCRM).ignored] == [("Теги", "empty")]


def test_texts_of_calls_become_directions_and_answers(session: Session) -> None:
    found = proposed(session, BITRIX_CALLS, "Звонки.csv")
    assert found.into == "calls"
    assert found.mapping == {
        "started_at": "Дата звонка",
        "direction": "Тип звонка",
        "employee": "Сотрудник",
        "client_phone": "Номер телефона",
        "answered": "Статус звонка",
        "talk_seconds": "Длительность звонка",
    }
    assert {value.ours: value.meanings for value in found.values} == {
        "direction": {"Входящий с перенаправлением": "in"},
        "answered": {"Успешный звонок": True, "Пропущенный звонок": False},
    }
    assert found.key == ()


def test_names_and_ids_of_owners_are_told_apart_by_their_values(session: Session) -> None:
    found = proposed(session, SALESFORCE, "Opportunities.csv")
    assert (found.mapping["employee"], found.mapping["employee_id"]) == ("Opportunity Owner", "Owner ID")
    assert any("two columns look like the owner" in warning for warning in found.warnings)
    swapped = proposed(session, "Deal ID;Stage;Owner\n1;Won;17\n2;Lost;18\n", "deals.csv")
    assert "employee" not in swapped.mapping
    assert swapped.mapping["employee_id"] == "Owner"


def test_an_english_export_of_opportunities_becomes_deals(session: Session) -> None:
    found = proposed(session, SALESFORCE, "Opportunities.csv")
    assert found.into == "deals"
    assert (found.mapping["closed_at"], found.mapping["created_at"]) == ("Close Date", "Created Date")
    assert (found.mapping["amount"], found.mapping["probability"]) == ("Amount", "Probability (%)")
    assert [(stage.text, stage.outcome) for stage in found.stages] == [
        ("Proposal/Price Quote", "open"),
        ("Closed Won", "won"),
        ("Closed Lost", "lost"),
    ]


def test_ad_spend_has_a_key_of_several_columns_and_its_channel_from_the_file_name(session: Session) -> None:
    found = proposed(session, DIRECT, "direct_march.csv")
    assert found.into == "ad_spend"
    assert found.mapping == {
        "day": "Дата",
        "cost": "Расход (руб.)",
        "impressions": "Показы",
        "clicks": "Клики",
        "campaign_id": "№ Кампании",
        "campaign": "Кампания",
        "channel": "= 'Яндекс Директ'",
    }
    assert found.key == ("Дата", "№ Кампании", "Кампания")


def test_a_first_and_a_last_name_become_one_name(session: Session) -> None:
    found = proposed(session, STAFF, "Сотрудники.csv")
    assert found.into == "employees"
    assert found.mapping["name"] == (
        "= nullif(trim(coalesce(text(\"Имя\"), '') || ' ' || coalesce(text(\"Фамилия\"), '')), '')"
    )
    assert (found.mapping["manager"], found.mapping["team"], found.mapping["role"]) == (
        "Руководитель",
        "Отдел",
        "Должность",
    )
    assert (found.mapping["hired_on"], found.mapping["is_active"]) == ("Дата приема на работу", "Активен")


def test_a_date_header_without_dates_is_not_proposed(session: Session) -> None:
    found = proposed(session, "Deal ID;Stage;Close Date\n1;Won;soon\n2;Lost;later\n", "deals.csv")
    assert "closed_at" not in found.mapping
    assert found.ignored[0].reason.startswith("would be closed_at, but only 0 of 2 values are dates")


def test_a_few_unreadable_values_are_told_and_the_column_is_proposed(session: Session) -> None:
    rows = "".join(f"{number};Won;{number}00\n" for number in range(1, 20))
    found = proposed(session, f"Deal ID;Stage;Amount\n{rows}20;Won;many\n", "deals.csv")
    assert found.mapping["amount"] == "Amount"
    assert found.warnings == ("«Amount»: 1 of 20 values are no amounts, such as: many",)


def test_a_day_and_a_time_of_day_become_one_time(session: Session) -> None:
    found = proposed(
        session,
        "Call Id;Agent;Date;Time;Talk Duration\na1;Diane;2021-01-01;9:12:58;0:02:23\na2;Becky;2021-01-02;9:47:31;0:00:00\n",
        "calls.csv",
    )
    assert found.mapping["started_at"] == '= time("Date" || \' \' || "Time")'
    assert found.mapping["talk_seconds"] == "Talk Duration"


def test_minutes_become_seconds(session: Session) -> None:
    found = proposed(session, "Call Id;Date;Duration (min)\na1;2021-01-01;3\na2;2021-01-02;5\n", "calls.csv")
    assert found.mapping["talk_seconds"] == '= number("Duration (min)") * 60'


def test_a_zero_among_ids_stands_for_none(session: Session) -> None:
    found = proposed(session, "Call Id;Direction;DEALID\na1;in;0\na2;out;77\n", "calls.csv")
    assert found.mapping["deal_id"] == "= nullif(text(\"DEALID\"), '0')"


def test_a_date_of_winning_and_one_of_losing_are_the_date_of_closing(session: Session) -> None:
    text = "Deal - ID;Deal - Status;Deal - Won time;Deal - Lost time\n1;Won;2025-02-01;\n2;Lost;;2025-02-03\n3;Open;;\n"
    found = proposed(session, text, "deals.csv")
    assert found.mapping["closed_at"] == '= coalesce(time("Deal - Won time"), time("Deal - Lost time"))'
    assert found.mapping["outcome"] == "Deal - Status"


def test_a_date_of_winning_alone_tells_the_outcome_and_says_so(session: Session) -> None:
    found = proposed(session, "mql_id;won_date\na1;2018-02-26\na2;2018-05-08\n", "closed_deals.csv")
    assert found.mapping["outcome"] == "= CASE WHEN text(\"won_date\") IS NOT NULL THEN 'won' END"
    assert found.mapping["closed_at"] == "won_date"
    assert found.key == ("mql_id",)
    assert [warning.split(":")[0] for warning in found.warnings] == [
        "nothing but «won_date» tells the outcome",
        "«mql_id» is the id of the lead, and no column is one of the deals themselves",
    ]


def test_a_repeated_key_is_told(session: Session) -> None:
    found = proposed(session, "Deal ID;Stage\n1;Won\n1;Lost\n2;Won\n", "deals.csv")
    assert found.key == ("Deal ID",)
    assert "repeats in 1 rows" in found.warnings[0]


def test_no_header_serves_twice(session: Session) -> None:
    for text in (AMOCRM, BITRIX_CALLS, SALESFORCE, DIRECT, STAFF):
        theirs = [column for column in proposed(session, text).mapping.values() if not column.startswith("=")]
        assert len(theirs) == len(set(theirs))


def test_a_file_that_nothing_is_known_of_asks_for_the_table(session: Session) -> None:
    with pytest.raises(InputError, match="--into"):
        proposed(session, "x;y\n1;2\n", "data.csv")
    assert proposed(session, "x;y\n1;2\n", "data.csv", "deals").into_reason == "as asked for"


def test_an_unknown_table_is_refused(session: Session) -> None:
    with pytest.raises(SettingsError, match="Did you mean deals"):
        proposed(session, AMOCRM, into="deal")


def test_a_book_of_sales_without_ids_is_deals_known_by_their_content(session: Session) -> None:
    text = "Название;Сумма;Этап;Ответственный;Дата\nA;100;Оплачено;Иванов;01.02.2025\nA;100;Отказ;Иванов;01.02.2025\n"
    found = proposed(session, text)
    assert found.mapping == {
        "title": "Название",
        "stage": "Этап",
        "created_at": "Дата",
        "amount": "Сумма",
        "employee": "Ответственный",
    }
    assert found.key == ()


def test_leads_of_a_form_are_leads_by_what_stands_side_by_side(session: Session) -> None:
    head = "Lead #;Received On;Full Name;Phone Number;Lead Source;Assigned To;Current Status\n"
    found = proposed(session, f"{head}1;03/15/2025;Carl Fox;+12025550101;Web;Ann Lee;New\n")
    assert found.into == "leads"
    assert found.mapping == {
        "lead_id": "Lead #",
        "stage": "Current Status",
        "created_at": "Received On",
        "employee": "Assigned To",
        "contact": "Full Name",
        "channel": "Lead Source",
        "phone": "Phone Number",
    }


def test_a_line_of_the_exchange_is_no_channel_of_sales(session: Session) -> None:
    head = "calldate;clid;src;dst;dcontext;channel;dstchannel;duration;billsec;disposition;uniqueid;linkedid\n"
    row = "2025-03-01 10:20:00;101;101;79120000001;from-internal;SIP/101;SIP/trunk;30;20;ANSWERED;17.1;17.1\n"
    found = proposed(session, head + row, "cdr.csv")
    assert (found.vendor, found.into) == ("Asterisk", "calls")
    assert found.mapping == {
        "activity_id": "uniqueid",
        "conversation_id": "linkedid",
        "started_at": "calldate",
        "talk_seconds": "billsec",
        "answered": "disposition",
    }
    reasons = {item.header: item.reason for item in found.ignored}
    assert reasons["channel"] == "the line of the exchange, no channel of sales"


def test_a_reference_that_is_no_link_is_no_link(session: Session) -> None:
    head = "Номер;Ссылка;Сумма документа;Статус\n"
    assert "url" not in proposed(session, f"{head}1;Заказ клиента 1;5;Новая\n").mapping
    assert proposed(session, f"{head}1;https://crm.example/1;5;Новая\n").mapping["url"] == "Ссылка"


def test_several_ids_in_one_field_are_read_by_the_first_and_it_is_told(session: Session) -> None:
    found = proposed(session, "Deal ID;Stage;Contact ID\n1;Won;7;\n2;Won;8\n".replace("7;", '"7;9"'), "deals.csv")
    assert found.mapping["contact_id"] == "= trim(split_part(replace(text(\"Contact ID\"), ',', ';'), ';', 1))"
    assert "«Contact ID» names several in 1 rows: the first of them is taken" in found.warnings


def test_a_column_says_how_sure_it_is(session: Session) -> None:
    found = proposed(session, "Deal ID;Deal Stage;Amount;Responsable\n1;Won;5;Ann Lee\n2;Lost;6;Bob Ray\n", "deals.csv")
    sure = {column.ours: column.confidence for column in found.columns}
    # a whole known name of the table; the same with values of its type; a name that is only nearly known
    assert (sure["deal_id"], sure["amount"], sure["employee"]) == (0.95, 0.97, 0.4)
    samples = {column.ours: column.samples for column in found.columns}
    assert samples["amount"] == ("5", "6")
