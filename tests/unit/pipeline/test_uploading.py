from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from tests.unit.connectors.files.workbooks import Value, workbook
from voronka.bootstrap import reread, workplace
from voronka.domain.errors import InputError, QuestionError
from voronka.pipeline.mending import rows_to_mend, write_to_mend
from voronka.pipeline.uploading import Taken, Wish, fitting, look_at, place_in, table_choices, take_in
from voronka.pipeline.workplace import Workplace

DEALS = """\
Номер;Название;Сумма;Этап;Дата создания;Ответственный
1;Станок;100;Новая;13.02.2026;Анна
2;Пила;200;Успешно;14.02.2026;Пётр
;Дрель;300;Новая;15.02.2026;Анна
"""
DEALS += "".join(f"{number};Станок {number};100;Новая;16.02.2026;Анна\n" for number in range(10, 30))
GOOD = 22
PLAIN = Wish()
PAGE = "<!doctype html><html><body><form><input type=password></form></body></html>"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "company")


@pytest.fixture
def work(company: CompanyFolder) -> Iterator[Workplace]:
    with workplace(str(company.folder), lambda: company.now) as opened:
        yield opened


def uploaded(company: CompanyFolder, text: str = DEALS, name: str = "a1_Сделки.csv") -> Path:
    return company.write(f"uploads/new/{name}", text)


def look(work: Workplace, file: Path, wish: Wish = PLAIN) -> dict[str, Any]:
    return look_at(work, file, "Сделки.csv", wish)


def taken(work: Workplace, file: Path, wish: Wish = PLAIN, name: str = "Сделки.csv") -> Taken:
    return take_in(work, file, name, wish, lambda: reread(work))


def test_a_file_is_looked_at_without_a_trace(company: CompanyFolder, work: Workplace) -> None:
    file = uploaded(company)
    found = look(work, file)
    assert (found["outcome"], found["file"], found["into"]) == ("quarantine", "Сделки.csv", "deals")
    assert (found["rows_in"], found["rows_aside"]) == (GOOD, 1)
    assert found["columns"]["Номер"] == "deal_id"
    assert found["samples"]["Название"] == ["Станок", "Пила", "Дрель"]
    assert found["headers"] == ["Номер", "Название", "Сумма", "Этап", "Дата создания", "Ответственный"]
    assert {stage["text"]: stage["outcome"] for stage in found["stages"]} == {"Новая": "open", "Успешно": "won"}
    assert (found["stream"], found["fitting"], found["mended"]) == ("", [], False)
    assert not list(company.folder.glob("sources/*"))
    assert file.is_file()


def test_another_sheet_of_a_workbook_is_another_table_where_its_stream_reads_the_first(company: CompanyFolder) -> None:
    rows: dict[int, list[Value]] = {
        1: ["Номер", "Сумма", "Этап", "Дата создания"],
        2: ["1", 10.0, "Новая", "2026-02-13"],
    }
    other: dict[int, list[Value]] = {
        **rows,
        2: ["2", 20.0, "Новая", "2026-02-14"],
        3: ["3", 30.0, "Новая", "2026-02-14"],
    }
    content = workbook(Now=rows, Old=other)
    file = company.folder / "uploads/new/a1_Сделки.xlsx"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    with workplace(str(company.folder), lambda: company.now) as work:
        found = look(work, file, Wish(sheet="Old"))
        assert (found["sheet"], found["rows_in"], found["reading"]["other_sheets"]) == ("Old", 2, "Now")
        taken(work, file, PLAIN, "a.xlsx")
    file.write_bytes(content)
    with workplace(str(company.folder), lambda: company.now) as work:
        known, chosen = look(work, file), look(work, file, Wish(sheet="Old"))
    assert (known["stream"], known["sheet"], known["rows_in"]) == ("crm.deals", "Now", 1)
    assert (chosen["stream"], chosen["sheet"], chosen["rows_in"]) == ("", "Old", 2)
    assert chosen["fitting"] == ["crm.deals"]


def test_where_a_file_lies_here_is_not_told(company: CompanyFolder, work: Workplace) -> None:
    found = look(work, uploaded(company, PAGE))
    assert found["outcome"] == "refuse"
    assert "Сделки.csv" in found["message"]
    assert "uploads" not in found["message"]
    assert "a1_" not in found["message"]


def test_another_choice_of_columns_and_stages_is_tried(company: CompanyFolder, work: Workplace) -> None:
    columns = {"Номер": "deal_id", "Этап": "stage"}
    found = look(work, uploaded(company), Wish(into="deals", columns=columns, outcomes={"Новая": "lost"}))
    assert found["columns"] == columns
    assert found["records"][0] == {"deal_id": "1", "stage": "Новая"}
    assert {stage["text"]: stage["outcome"] for stage in found["stages"]} == {"Новая": "lost", "Успешно": "won"}


def test_a_new_file_gets_a_stream_that_takes_further_files(company: CompanyFolder, work: Workplace) -> None:
    file = uploaded(company)
    found = taken(work, file, Wish(outcomes={"Новая": "lost"}))
    assert (found.path, found.source, found.stream) == ("uploads/crm.deals/0001_Сделки.csv", "crm", "deals")
    assert (found.outcome.rows_good, found.outcome.rows_quarantined) == (GOOD, 1)
    assert not file.exists()
    assert (company.folder / found.path).is_file()
    stream = reread(work).sources["crm"].streams["deals"]
    assert (stream.path, stream.into) == ("uploads/crm.deals/*", "deals")
    (pipeline,) = reread(work).pipelines
    assert [(stage.id, stage.outcome) for stage in pipeline.stages] == [("Новая", "lost"), ("Успешно", "won")]
    company.build()
    assert company.table("fct_deals", "deal_id outcome")[:2] == [("crm:1", "lost"), ("crm:10", "lost")]
    assert company.table("fct_deals", "deal_id", "outcome = 'won'") == [("crm:2",)]


def test_a_later_export_is_added_to_the_stream_that_reads_its_columns(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company))
    later = uploaded(company, DEALS.replace("1;Станок;100", "1;Станок;150"), "b2_Сделки.csv")
    with workplace(str(company.folder), lambda: company.now) as work:
        found = look(work, later)
        assert (found["stream"], found["fitting"]) == ("crm.deals", ["crm.deals"])
        second = taken(work, later, Wish(stream="crm.deals"))
    assert second.path == "uploads/crm.deals/0002_Сделки.csv"
    company.build()
    assert company.table("fct_deals", "deal_id amount_home", "amount_home <> 100") == [("crm:1", 150), ("crm:2", 200)]


def test_a_file_may_become_a_stream_of_its_own_all_the_same(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company))
    with workplace(str(company.folder), lambda: company.now) as work:
        file = uploaded(company, DEALS + "4;Фреза;1;Новая;16.02.2026;Анна\n")
        assert look(work, file, Wish(stream="-"))["stream"] == ""
        assert taken(work, file, Wish(stream="-")).stream == "deals_2"


def test_the_very_same_file_changes_nothing(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company))
    with workplace(str(company.folder), lambda: company.now) as work:
        again = taken(work, uploaded(company), Wish(stream="crm.deals"))
    assert again.shown()["state"] == "already loaded"


def test_a_refused_file_leaves_everything_as_it_was(company: CompanyFolder, work: Workplace) -> None:
    taken(work, uploaded(company))
    before = (company.folder / "sources/crm.yml").read_text("utf-8")
    file = uploaded(company, PAGE, "b2_x.csv")
    with pytest.raises(InputError) as refused:
        taken(reread(work), file, Wish(stream="crm.deals"), "Вход.csv")
    assert "Вход.csv" in refused.value.sentence()
    assert "uploads" not in refused.value.sentence()
    assert file.is_file()
    assert (company.folder / "sources/crm.yml").read_text("utf-8") == before
    assert len(company.loads()) == 1


def test_a_file_that_came_to_nothing_leaves_no_mapping_behind(
    company: CompanyFolder, work: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise InputError("the disk is full")

    monkeypatch.setattr("voronka.pipeline.uploading.import_source", broken)
    file = uploaded(company)
    with pytest.raises(InputError, match="disk is full"):
        taken(work, file)
    assert file.is_file()
    assert not list(company.folder.glob("sources/*.yml"))
    assert not list(company.folder.glob("pipelines/*.yml"))


def test_mended_rows_go_back_where_they_came_from(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company))
    file = company.folder / "uploads/new/c3_rows.csv"
    with workplace(str(company.folder), lambda: company.now) as work:
        write_to_mend(rows_to_mend(work), file, "ru")
    file.write_text(file.read_text("utf-8").replace("\n;Дрель", "\n3;Дрель"), "utf-8")
    with workplace(str(company.folder), lambda: company.now) as work:
        tried = look(work, file)
        assert (tried["mended"], tried["rows_in"], tried["rows_aside"], tried["flags"]) == (True, 1, 0, [])
        found = taken(work, file, Wish(mended=True))
    assert (found.source, found.stream, found.outcome.rows_good) == ("crm", "deals", 1)
    company.build()
    assert company.table("fct_deals", "deal_id title", "title = 'Дрель'") == [("crm:3", "Дрель")]
    assert len(company.table("fct_deals", "deal_id")) == GOOD + 1
    assert company.table("quarantine", "row_number") == []


def test_a_stage_that_stands_in_mended_rows_alone_is_asked_like_any_other(company: CompanyFolder) -> None:
    leads = "ID лида;Имя;Телефон;Статус;Дата создания\n"
    rows = "".join(f"{n};Анна;7903123456{n};Новый;0{n}.02.2026\n" for n in range(1, 5))
    aside = "5;Борис;79031234565;Некачественный;05.02.2026;лишнее\n"
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company, leads + rows + aside, "b1_leads.csv"), Wish(into="leads"))
    file = company.folder / "uploads/new/c4_rows.csv"
    with workplace(str(company.folder), lambda: company.now) as work:
        write_to_mend(rows_to_mend(work), file, "ru")
    file.write_text(file.read_text("utf-8").replace(";лишнее", ""), "utf-8")
    with workplace(str(company.folder), lambda: company.now) as work:
        tried = look(work, file)
        assert [(stage["text"], stage["outcome"]) for stage in tried["stages"]] == [("Некачественный", "lost")]
        assert "stages_new" in {flag["code"] for flag in tried["flags"]}
        wish = Wish(mended=True, outcomes={"Некачественный": "won"})
        chosen = look(work, file, wish)
        assert (chosen["mended"], [stage["outcome"] for stage in chosen["stages"]]) == (True, ["won"])
        assert taken(work, file, wish).outcome.rows_good == 1
        (pipeline,) = reread(work).pipelines
    assert [(stage.id, stage.outcome) for stage in pipeline.stages][-1] == ("Некачественный", "won")


def test_a_plain_file_is_no_file_of_mended_rows(company: CompanyFolder, work: Workplace) -> None:
    with pytest.raises(InputError, match="no rows that were put aside"):
        taken(work, uploaded(company), Wish(mended=True))


def test_a_stream_that_is_not_there_is_told(company: CompanyFolder, work: Workplace) -> None:
    with pytest.raises(QuestionError, match=r"no stream is named crm\.gone"):
        look(work, uploaded(company), Wish(stream="crm.gone"))


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        ("uploads/crm.deals/*", "uploads/crm.deals/0001_Сделки.csv"),
        ("exports/deals*.csv", "exports/deals0001_Сделки.csv"),
        ("exports/deals.csv", None),
        ("exports/*/deals*.csv", None),
        ("/elsewhere/*", None),
        ("../other/*", None),
        ("exports/*-*", None),
    ],
)
def test_a_file_is_put_only_where_its_stream_finds_it(tmp_path: Path, pattern: str, place: str | None) -> None:
    assert place_in(tmp_path, pattern, "Сделки.csv") == place


def test_files_of_a_stream_are_numbered_so_that_the_later_one_counts(tmp_path: Path) -> None:
    (tmp_path / "uploads/crm.deals").mkdir(parents=True)
    (tmp_path / "uploads/crm.deals/0009_x.csv").touch()
    assert place_in(tmp_path, "uploads/crm.deals/*", "y.csv") == "uploads/crm.deals/0010_y.csv"


def test_only_streams_whose_columns_are_all_there_fit(company: CompanyFolder) -> None:
    company.stream("crm", "deals", into="deals", columns={"deal_id": "No", "amount": "Sum"})
    company.stream("crm", "short", into="deals", columns={"deal_id": "No"})
    with workplace(str(company.folder)) as work:
        assert fitting(work, ["no", "Sum", "More"]) == ["crm.deals", "crm.short"]
        assert fitting(work, ["No"]) == ["crm.short"]
        assert fitting(work, ["Sum"]) == []


def test_every_table_can_be_chosen() -> None:
    assert {"deals", "leads", "calls", "employees", "payments"} <= {table.name for table in table_choices()}


def test_a_column_that_figures_hang_on_and_is_not_loaded_is_told_with_the_verdict(
    company: CompanyFolder, work: Workplace
) -> None:
    unread = DEALS.replace(";100;", ";договорная;").replace("\n;Дрель;300;", "\n3;Дрель;300;")
    found = look(work, uploaded(company, unread))
    assert found["outcome"] == "accept_flag"
    assert "Сумма" not in found["columns"]
    (flag,) = found["flags"]
    assert (flag["code"], flag["rows"]) == ("column_not_loaded", GOOD + 1)
    assert flag["message"].startswith("`Сумма` is not loaded: would be amount, but only 2 of 23 values are amounts")
    chosen = {header: ours for header, ours in found["columns"].items() if ours != "employee"}
    again = look(work, uploaded(company, unread), Wish(into="deals", columns=chosen))
    assert (again["outcome"], [each["code"] for each in again["flags"]]) == ("accept_flag", ["column_not_loaded"])


def test_dates_in_both_orders_refuse_a_file_that_nobody_mapped_yet(company: CompanyFolder, work: Workplace) -> None:
    found = look(work, uploaded(company, DEALS.replace("16.02.2026", "02.16.2026")))
    assert found["outcome"] == "refuse"
    assert "the dates of `Дата создания` contradict each other: 13.02.2026 (line 2)" in found["message"]
    assert found["samples"]["Дата создания"] == ["13.02.2026", "14.02.2026", "15.02.2026"]


def test_a_person_says_which_of_day_and_month_comes_first_and_the_others_are_put_aside(
    company: CompanyFolder, work: Workplace
) -> None:
    file = uploaded(company, DEALS.replace("16.02.2026", "02.16.2026").replace("\n;", "\n3;"))
    found = look(work, file, Wish(dates="day_first"))
    assert (found["outcome"], found["rows_in"], found["rows_aside"]) == ("quarantine", 3, 20)
    other = look(work, file, Wish(dates="month_first"))
    assert (other["rows_in"], other["rows_aside"]) == (20, 3)
    assert other["records"][0]["created_at"] == "2026-02-16"
    load = taken(work, file, Wish(dates="month_first"))
    assert (load.outcome.rows_good, load.outcome.rows_quarantined) == (20, 3)
    assert "dates: month_first" in (company.folder / "sources/crm.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "into", "source"),
    [
        (DEALS, None, "crm"),
        ("Дата и время;Номер клиента;Разговор\n13.02.2026 10:00;89120000000;0:01:00\n", None, "telephony"),
        ("Номер платежа;Дата платежа;Сумма\n1;13.02.2026;100\n", "payments", "accounting"),
    ],
)
def test_a_file_is_offered_as_of_the_system_that_such_files_come_from(
    company: CompanyFolder, work: Workplace, text: str, into: str | None, source: str
) -> None:
    assert look(work, uploaded(company, text), Wish(into=into))["source"] == source


STAGES = (
    "Номер;Сумма;Этап;Дата создания\n1;10;Новая;13.02.2026\n2;20;Успешно;14.02.2026\n3;30;Переговоры;14.02.2026\n",
    "Номер;Сумма;Этап;Дата создания\n4;40;Оплачено;13.03.2026\n5;50;Архив: проиграна;14.03.2026\n",
)
PHONES = "".join(f"{n};8912000000{n};cat{n}@example.com;0{n}.02.2026\n" for n in range(1, 8))
LEADS = "Номер лида;Телефон;E-mail;Дата обращения\n" + PHONES
LATER = "Номер лида;Контактный номер;E-mail;Дата обращения;UTM\n" + "".join(
    f"{n};8912000001{n};dog{n}@example.com;0{n}.03.2026;cpc\n" for n in range(1, 8)
)


def test_stages_that_a_further_file_brings_are_shown_chosen_and_kept(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company, STAGES[0]), Wish(into="deals"))
    later = uploaded(company, STAGES[1], "b2_Сделки.csv")
    with workplace(str(company.folder), lambda: company.now) as work:
        found = look(work, later)
        assert (found["stream"], found["outcome"]) == ("crm.deals", "accept_flag")
        assert [(each["text"], each["outcome"]) for each in found["stages"]] == [
            ("Оплачено", "won"),
            ("Архив: проиграна", "lost"),
        ]
        assert "stages_new" in {flag["code"] for flag in found["flags"]}
        wish = Wish(stream="crm.deals", outcomes={"Архив: проиграна": "open"})
        assert {each["text"]: each["outcome"] for each in look(work, later, wish)["stages"]}[
            "Архив: проиграна"
        ] == "open"
        second = taken(work, later, Wish(stream="crm.deals", outcomes={"Оплачено": "won"}))
    assert "stages_new" not in {flag.code for flag in second.outcome.flags}
    company.build()
    assert company.table("fct_deals", "deal_id outcome", "outcome <> 'open'") == [
        ("crm:2", "won"),
        ("crm:4", "won"),
        ("crm:5", "lost"),
    ]


def test_a_column_that_is_called_otherwise_now_is_found_again_and_rows_before_keep_theirs(
    company: CompanyFolder,
) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company, LEADS), Wish(into="leads"))
    later = uploaded(company, LATER, "b2_Лиды.csv")
    with workplace(str(company.folder), lambda: company.now) as work:
        found = look(work, later)
        assert (found["stream"], found["fitting"], found["missing"]) == ("crm.leads", ["crm.leads"], [])
        (change,) = found["changes"]
        assert (change["kind"], change["before"], change["theirs"]) == ("renamed", "Телефон", "Контактный номер")
        assert found["columns"]["Контактный номер"] == "phone"
        new = look(work, later, Wish(stream="-"))
        assert (new["stream"], new["fitting"]) == ("", ["crm.leads"])
        (twice,) = [flag["message"] for flag in new["flags"] if flag["code"] == "told_twice"]
        assert "3 of 4 columns of the stream crm.leads; `Телефон` is now called `Контактный номер`" in twice
        assert taken(work, later, Wish(stream="crm.leads")).stream == "leads"
    company.build()
    phones = company.staged("stg_leads", "lead_id phone")
    assert len(phones) == 7
    assert all(phone is not None for _, phone in phones)
    with workplace(str(company.folder), lambda: company.now) as work:
        again = uploaded(company, LATER.replace("cpc", "seo"), "c3_Лиды.csv")
        assert (look(work, again)["stream"], look(work, again)["changes"]) == ("crm.leads", [])


def test_columns_of_a_known_stream_are_changed_without_its_file(company: CompanyFolder) -> None:
    with workplace(str(company.folder), lambda: company.now) as work:
        taken(work, uploaded(company, LEADS), Wish(into="leads", columns={"Номер лида": "lead_id", "Телефон": "phone"}))
    later = uploaded(company, LEADS.replace("cat", "cow"), "b2_Лиды.csv")
    wish = Wish(stream="crm.leads", columns={"Номер лида": "lead_id", "E-mail": "email"})
    with workplace(str(company.folder), lambda: company.now) as work:
        found = look(work, later, wish)
        assert [(each["kind"], each["ours"], each["filled"], each["rows"]) for each in found["changes"]] == [
            ("left", "phone", 0, 7),
            ("taken", "email", 7, 7),
        ]
        refused = look(work, later, Wish(stream="crm.leads", columns={"E-mail": "email"}))
        assert (refused["outcome"], refused["headers"]) == ("refuse", found["headers"])
        assert "known by Номер лида" in refused["message"]
        taken(work, later, wish)
    assert dict(reread_columns(company)) == {"lead_id": "Номер лида", "email": "E-mail"}


def reread_columns(company: CompanyFolder) -> dict[str, str]:
    with workplace(str(company.folder)) as work:
        return dict(work.sources["crm"].streams["leads"].columns)
