"""How rows about to be loaded stand to those that their stream has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import reread, workplace
from voronka.pipeline.uploading import Wish, look_at, take_in
from voronka.pipeline.workplace import Workplace

DEALS = "ID;Название;Сумма;Этап;Дата создания\n" + "".join(
    f"{number};Станок;100;Новая;{13 + number}.02.2026\n" for number in range(1, 6)
)
HEAD = "№ п/п;Дата и время;Тип;Номер клиента;Сотрудник;Разговор\n"
OCTOBER = HEAD + "".join(
    f"{number};{13 + number}.10.2025 10:00;Исходящий;8912345670{number};Анна Иванова;0:01:00\n"
    for number in range(1, 6)
)
NOVEMBER = OCTOBER.replace(".10.2025", ".11.2025").replace("8912345670", "8912345671")
COUNTED = """
source: telephony
connector: files
streams:
  calls:
    path: uploads/telephony.calls/*
    into: calls
    key: № п/п
    columns: { started_at: Дата и время, client_phone: Номер клиента, employee: Сотрудник, talk_seconds: Разговор }
"""


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company")


@pytest.fixture
def work(company: CompanyFolder) -> Iterator[Workplace]:
    with workplace(str(company.folder), lambda: company.now) as opened:
        yield opened


def looked(company: CompanyFolder, work: Workplace, text: str, stream: str = "") -> dict[str, Any]:
    file = company.write("uploads/new/a_file.csv", text)
    return look_at(reread(work), file, "Файл.csv", Wish(stream=stream))


def loaded(company: CompanyFolder, work: Workplace, text: str, stream: str = "-") -> dict[str, Any]:
    file = company.write("uploads/new/a_file.csv", text)
    source = "telephony" if text.startswith("№") else "crm"
    wish = Wish(stream=stream, source=source)
    return take_in(reread(work), file, "Файл.csv", wish, lambda: reread(work)).shown()


def codes(found: dict[str, Any]) -> set[str]:
    return {flag["code"] for flag in found["flags"]}


def test_nothing_is_compared_with_a_stream_that_is_not_there(company: CompanyFolder, work: Workplace) -> None:
    found = looked(company, work, DEALS)
    assert found["compared"] is None
    assert codes(found) == set()
    assert loaded(company, work, DEALS)["compared"] is None


def test_records_are_new_updated_or_the_same(company: CompanyFolder, work: Workplace) -> None:
    loaded(company, work, DEALS)
    later = DEALS.replace("\n2;Станок;100", "\n2;Станок;250").replace("\n1;", "\n7;")
    found = looked(company, work, later)
    assert (found["stream"], found["key"]) == ("crm.deals", ["ID"])
    assert found["compared"] == {"new": 1, "updated": 1, "unchanged": 3}
    assert codes(found) == set()
    assert "1 new, 1 updated, 3 unchanged" in found["message"]
    assert loaded(company, work, later, "crm.deals")["compared"] == {"new": 1, "updated": 1, "unchanged": 3}


def test_ids_that_got_or_lost_zeros_in_front_are_told(company: CompanyFolder, work: Workplace) -> None:
    company.stream("crm", "deals", DEALS, into="deals", columns={"deal_id": "ID", "amount": "Сумма"})
    company.load()
    head = "ID;Название;Сумма;Этап;Дата создания\n"
    told = looked(company, work, f"{head}0003;Станок;100;Новая;16.02.2026\n7;Пресс;5;Новая;17.02.2026\n", "crm.deals")
    (flag,) = [flag for flag in told["flags"] if flag["code"] == "ids_respelled"]
    assert (flag["rows"], flag["first_rows"]) == (1, [2])
    same = looked(company, work, f"{head}3;Станок;100;Новая;16.02.2026\n", "crm.deals")
    assert "ids_respelled" not in {flag["code"] for flag in same["flags"]}


def test_a_file_that_is_loaded_already_says_so_before_it_is_loaded(company: CompanyFolder, work: Workplace) -> None:
    loaded(company, work, DEALS)
    found = looked(company, work, DEALS)
    assert (found["outcome"], codes(found)) == ("accept_flag", {"already_loaded"})
    assert found["compared"] == {"new": 0, "updated": 0, "unchanged": 5}
    assert "`crm.deals`" in found["flags"][0]["message"]
    as_new = looked(company, work, DEALS, "-")
    assert (as_new["stream"], "already_loaded" in codes(as_new)) == ("", True)


def test_a_file_that_was_undone_says_so(company: CompanyFolder, work: Workplace) -> None:
    load = loaded(company, work, DEALS)["load"]
    assert looked(company, work, DEALS)["undone_load"] == ""
    work.ledger.set_state(load, "undone")
    found = looked(company, work, DEALS)
    assert (codes(found), found["undone_load"]) == ({"already_undone"}, load)


def test_rows_that_a_file_numbers_do_not_take_the_place_of_another_months(
    company: CompanyFolder, work: Workplace
) -> None:
    loaded(company, work, OCTOBER)
    found = looked(company, work, NOVEMBER)
    assert found["key"] == ["Дата и время", "Номер клиента", "Сотрудник"]
    assert found["compared"] == {"new": 5, "updated": 0, "unchanged": 0}
    assert codes(found) == set()


def test_a_key_that_another_file_gives_to_other_records_is_told(company: CompanyFolder, work: Workplace) -> None:
    company.write("sources/telephony.yml", COUNTED)
    loaded(company, work, OCTOBER, "telephony.calls")
    found = looked(company, work, NOVEMBER)
    assert (found["stream"], found["compared"]) == ("telephony.calls", {"new": 0, "updated": 5, "unchanged": 0})
    (flag,) = found["flags"]
    assert (flag["code"], flag["rows"], flag["first_rows"]) == ("key_reused", 5, [2, 3, 4, 5, 6])
    assert "№ п/п" in flag["message"]
    shifted = looked(company, work, OCTOBER.replace(" 10:00", " 13:00"))
    assert (shifted["compared"], codes(shifted)) == ({"new": 0, "updated": 5, "unchanged": 0}, set())
    corrected = looked(company, work, OCTOBER.replace("0:01:00", "0:02:00"))
    assert (corrected["compared"], codes(corrected)) == ({"new": 0, "updated": 5, "unchanged": 0}, set())


def test_an_older_export_that_would_put_records_back_is_told(company: CompanyFolder, work: Workplace) -> None:
    loaded(company, work, DEALS)
    older = DEALS[: DEALS.index("5;Станок")].replace(
        "\n2;Станок;100", "\n2;Станок;50"
    )  # to 17 February, not to the 18th
    found = looked(company, work, older)
    (flag,) = found["flags"]
    assert (found["outcome"], flag["code"], flag["rows"], flag["first_rows"]) == ("accept_flag", "older_export", 1, [3])
    assert "2026-02-17" in flag["message"]
    assert "2026-02-18" in flag["message"]
    assert "older_export" in {flag["code"] for flag in loaded(company, work, older, "crm.deals")["flags"]}
    same = looked(company, work, DEALS[: DEALS.index("4;Станок")])
    assert (same["compared"], codes(same)) == ({"new": 0, "updated": 1, "unchanged": 2}, {"older_export"})


CHANGED = DEALS.replace("Дата создания", "Дата создания;Дата изменения").replace(".2026\n", ".2026;20.02.2026\n")


def test_rows_that_are_older_by_their_own_time_change_nothing_and_are_told(
    company: CompanyFolder, work: Workplace
) -> None:
    loaded(company, work, CHANGED)
    older = CHANGED[: CHANGED.index("5;Станок")].replace("\n2;Станок;100", "\n2;Станок;50").replace("20.02", "19.02")
    found = looked(company, work, older)
    assert found["compared"] == {"new": 0, "updated": 0, "unchanged": 4}
    (flag,) = found["flags"]
    assert (flag["code"], flag["rows"], flag["first_rows"]) == ("older_rows", 4, [2, 3, 4, 5])
    assert flag["message"] == (
        "by `Дата изменения` these rows are older than what is loaded of their records (the newest of them of "
        "2026-02-19, of those 2026-02-20): the records stay as they are"
    )
    after = loaded(company, work, older, "crm.deals")
    assert (after["compared"]["updated"], codes(after)) == (0, {"older_rows"})


def test_a_row_newer_than_all_versions_updates_though_an_older_one_came_last(
    company: CompanyFolder, work: Workplace
) -> None:
    loaded(company, work, CHANGED)
    older = CHANGED.replace("20.02", "19.02").replace("\n2;Станок;100", "\n2;Станок;50")
    loaded(company, work, older, "crm.deals")
    found = looked(company, work, CHANGED.replace("17.02.2026;20.02", "17.02.2026;21.02") + "9;Новый;1;Новая;;\n")
    assert found["compared"] == {"new": 1, "updated": 1, "unchanged": 4}
    undated = looked(company, work, CHANGED.replace("17.02.2026;20.02.2026", "17.02.2026;"))
    assert undated["compared"] == {"new": 0, "updated": 0, "unchanged": 5}


def test_the_same_content_under_another_name_of_its_column_is_no_update(
    company: CompanyFolder, work: Workplace
) -> None:
    leads = "ID лида;Имя;Телефон;Дата создания\n1;Анна;+79031234567;14.02.2026\n2;Борис;+79031234568;15.02.2026\n"
    loaded(company, work, leads)
    later = leads.replace("Телефон", "Контактный номер").replace("Борис", "Борис Б.")
    found = looked(company, work, later)
    assert (found["stream"], found["compared"]) == ("crm.leads", {"new": 0, "updated": 1, "unchanged": 1})
    assert loaded(company, work, later, "crm.leads")["compared"] == {"new": 0, "updated": 1, "unchanged": 1}
    back = looked(company, work, leads)
    assert back["compared"] == {"new": 0, "updated": 1, "unchanged": 1}


def test_the_same_days_in_another_spelling_are_of_the_same_records(company: CompanyFolder, work: Workplace) -> None:
    company.write("sources/telephony.yml", COUNTED)
    loaded(company, work, OCTOBER, "telephony.calls")
    respelled = OCTOBER
    for number in range(1, 6):
        respelled = respelled.replace(f"{13 + number}.10.2025 10:00", f"2025-10-{13 + number} 10:00:00")
    found = looked(company, work, respelled)
    assert (found["compared"], codes(found)) == ({"new": 0, "updated": 5, "unchanged": 0}, set())


def test_rows_without_a_key_are_known_by_their_content(company: CompanyFolder, work: Workplace) -> None:
    text = "Название;Сумма;Этап\nСтанок;100;Новая\nПила;200;Новая\n"
    loaded(company, work, text)
    found = looked(company, work, text + "Дрель;300;Новая\n")
    assert (found["key"], found["compared"]) == ([], {"new": 1, "updated": 0, "unchanged": 2})
