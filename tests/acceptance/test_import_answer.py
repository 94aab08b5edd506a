"""What `voronka import --dry-run FILE` answers to ugly files, in a folder that is no company yet."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from click.testing import CliRunner

from voronka.cli.main import main

MAP = {"ID": "deal_id", "Название": "title", "Сумма": "amount", "Создана": "created_at", "Закрыта": "closed_at"}
HEAD = "ID;Название;Сумма;Создана;Закрыта\n"
ROWS = "1;Столы;100,50;05.03.2024;15.03.2024\n2;Стулья;1 200,00;16.03.2024;17.03.2024\n"
TABLE = HEAD + ROWS
FIRST = {"deal_id": "1", "title": "Столы", "amount": "100.50", "created_at": "2024-03-05", "closed_at": "2024-03-15"}
SECOND = {
    "deal_id": "2",
    "title": "Стулья",
    "amount": "1200.00",
    "created_at": "2024-03-16",
    "closed_at": "2024-03-17",
}
BOTH = (FIRST, SECOND)


@dataclass(frozen=True)
class Case:
    """A file and what is to be answered; `aside` are rows with their reasons, `told` other keys of the answer."""

    name: str
    content: bytes | str
    outcome: str
    records: Sequence[Mapping[str, Any]] = ()
    aside: Sequence[tuple[int, str]] = ()
    flags: frozenset[str] = frozenset()
    told: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=lambda: MAP)
    options: Sequence[str] = ()
    suffix: str = "csv"
    into: str = "deals"


def answer(folder: Path, case: Case) -> dict[str, Any]:
    """Return the object that the command prints about a case's file; its exit code tells a refusal."""
    folder.mkdir(exist_ok=True)
    file, columns = folder / f"export.{case.suffix}", folder / "map.json"
    file.write_bytes(case.content.encode() if isinstance(case.content, str) else case.content)
    columns.write_text(json.dumps(case.columns), encoding="utf-8")
    company = folder / "company"
    company.mkdir(exist_ok=True)
    return asked(str(file), "--into", case.into, "--columns", str(columns), *case.options, company=company)


def asked(*arguments: str, company: Path) -> dict[str, Any]:
    """Return the object printed by a dry run; nothing may be written into the folder."""
    run = CliRunner().invoke(
        main, ["import", "--dry-run", *arguments, "--company", str(company), "--format", "json"], catch_exceptions=False
    )
    found: dict[str, Any] = json.loads(run.stdout)
    assert run.exit_code == (1 if found["outcome"] == "refuse" else 0)
    assert list(company.iterdir()) == []
    return found


def table(*rows: Sequence[object], header: Sequence[object] = tuple(MAP), **options: Any) -> bytes:  # noqa: ANN401
    """Return a workbook with a header and rows on its first sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    sheet = book.add_worksheet()
    for number, row in enumerate((header, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def named_twice() -> str:
    return "ID;Название;Сумма;Сумма;Создана;Закрыта\n1;Столы;100,50;7;05.03.2024;15.03.2024\n"


MOSCOW = ("--time-zone", "Europe/Moscow")
TIMED = "ID;Создана\n1;05.03.2024 14:05\n2;31.03.2024\n3;2024-03-05T14:05:00+05:00\n"
TIMES = {"ID": "deal_id", "Создана": "created_at"}
LOGIN = "<!DOCTYPE html><html><body><form><input type=password></form></body></html>"
BROKEN_QUOTE = HEAD + '1;"Столы;100,50;05.03.2024;15.03.2024\n2;Стулья;1 200,00;16.03.2024;17.03.2024\n'

BYTES = (
    Case("plain", TABLE, "accept", BOTH, told={"encoding": "UTF-8", "separator": ";", "header_row": 1, "rows_in": 2}),
    Case("mark", b"\xef\xbb\xbf" + TABLE.encode(), "accept", BOTH, told={"encoding": "UTF-8"}),
    Case("cp1251", TABLE.encode("cp1251"), "accept", BOTH, told={"encoding": "windows-1251"}),
    Case("koi8", TABLE.encode("koi8-r"), "accept", BOTH, told={"encoding": "KOI8-R"}),
    Case("cp866", TABLE.encode("cp866"), "accept", BOTH, told={"encoding": "IBM866"}),
    Case("utf16 mark", TABLE.encode("utf-16"), "accept", BOTH, told={"encoding": "UTF-16"}),
    Case("utf16 bare", TABLE.encode("utf-16-le"), "accept", BOTH, told={"encoding": "UTF-16LE"}),
    Case("cr only", TABLE.replace("\n", "\r"), "accept", BOTH),
    Case("mixed ends", HEAD.replace("\n", "\r\n") + ROWS, "accept", BOTH),
    Case(
        "mixed encodings",
        HEAD.encode() + ROWS.encode().splitlines(keepends=True)[0] + ROWS.encode("cp1251").splitlines()[1],
        "quarantine",
        (FIRST,),
        [(3, "bad_encoding")],
        told={"encoding": "UTF-8", "rows_in": 1},
    ),
    Case("cut in a letter", (TABLE + "3;Ст").encode()[:-1], "quarantine", BOTH, [(4, "truncated")]),
    Case("nul", TABLE.replace("Столы", "Ст\0лы"), "quarantine", (SECOND,), [(2, "nul_character")]),
    Case(
        "mojibake",
        TABLE.replace("Столы", "Столы".encode().decode("cp1251")),
        "accept_flag",
        flags=frozenset({"mojibake"}),
        told={"encoding": "UTF-8", "rows_in": 2},
    ),
    Case(
        "invisible",
        TABLE.replace("Столы", "Сто\u200bлы"),
        "accept_flag",
        BOTH,
        flags=frozenset({"invisible_characters"}),
    ),
    Case(
        "lost letters",
        TABLE.replace("Столы", "Сто\ufffd\ufffd"),
        "accept_flag",
        flags=frozenset({"lost_characters"}),
    ),
)
SHAPE = (
    Case("commas", '"ID","Название","Сумма"\n1,"Столы, белые","1,200.50"\n', "accept", told={"separator": ","}),
    Case("tabs", TABLE.replace(";", "\t"), "accept", BOTH, told={"separator": "\t"}),
    Case("pipes", TABLE.replace(";", "|"), "accept", BOTH, told={"separator": "|"}),
    Case("sep line", "sep=;\n" + TABLE, "accept", BOTH, told={"separator": ";", "header_row": 2}),
    Case("titles", "Отчёт за март\n\n" + TABLE, "accept", BOTH, told={"header_row": 3, "rows_in": 2}),
    Case("blank lines", HEAD + "\n" + ROWS.replace("\n", "\n\n"), "accept", BOTH, told={"rows_in": 2, "rows_aside": 0}),
    Case(
        "newline in quotes",
        HEAD + '1;"Столы\nбелые";100,50;05.03.2024;15.03.2024\n2;Стулья;x;16.03.2024;17.03.2024\n',
        "quarantine",
        ({**FIRST, "title": "Столы\nбелые"},),
        [(4, "bad_money")],
    ),
    Case("few fields", HEAD + "1;Столы\n" + ROWS.splitlines()[1], "quarantine", (SECOND,), [(2, "too_few_fields")]),
    Case(
        "many fields",
        HEAD + "1;Столы;100;05.03.2024;15.03.2024;лишнее\n" + ROWS.splitlines()[1],
        "quarantine",
        (SECOND,),
        [(2, "too_many_fields")],
    ),
    Case("trailing separators", TABLE.replace("\n", ";\n"), "accept", BOTH),
    Case("totals", TABLE + "Итого;;1 300,50;;\n", "accept", BOTH, told={"rows_in": 2, "rows_aside": 0}),
    Case("wrong totals", TABLE + "Итого;;9 999,00;;\n", "accept_flag", BOTH, flags=frozenset({"total_differs"})),
    Case(
        "two exports in one",
        TABLE + HEAD + "3;Лампы;1;05.03.2024;\n",
        "accept_flag",
        flags=frozenset({"repeated_header"}),
    ),
    Case("header only", HEAD, "accept_flag", flags=frozenset({"no_rows"}), told={"rows_in": 0}),
    Case("empty", "", "refuse"),
    Case("log-in page", LOGIN, "refuse"),
    Case("json error", '{"error": "unauthorized"}', "refuse"),
    Case("same name twice", named_twice(), "accept_flag", (FIRST,), flags=frozenset({"duplicate_header"})),
    Case("mapped column missing", "ID;Название\n1;Столы\n", "refuse"),
    Case("open quote", BROKEN_QUOTE, "quarantine", (SECOND,), [(2, "stray_quote")]),
)
WORKBOOKS = (
    Case(
        "workbook",
        table((1, "Столы", 100.5, "05.03.2024", "15.03.2024"), (2, "Стулья", 1200, "16.03.2024", "17.03.2024")),
        "accept",
        BOTH,
        told={"encoding": None, "separator": None, "sheet": "Sheet1", "header_row": 1},
        suffix="xlsx",
    ),
    Case("text named xlsx", TABLE, "accept", BOTH, suffix="xlsx"),
    Case("workbook named csv", table((1, "Столы", 100.5, "05.03.2024", "15.03.2024")), "accept", (FIRST,)),
    Case("cut workbook", table((1, "Столы", 100.5, "05.03.2024", "15.03.2024"))[:400], "refuse", suffix="xlsx"),
)
VALUES = (
    Case(
        "times, zone known",
        TIMED,
        "accept",
        (
            {"deal_id": "1", "created_at": "2024-03-05T11:05:00Z"},
            {"deal_id": "2", "created_at": "2024-03-31"},
            {"deal_id": "3", "created_at": "2024-03-05T09:05:00Z"},
        ),
        columns=TIMES,
        options=MOSCOW,
    ),
    Case(
        "times, zone unknown",
        TIMED,
        "accept",
        (
            {"deal_id": "1", "created_at": "2024-03-05T14:05:00"},
            {"deal_id": "2", "created_at": "2024-03-31"},
            {"deal_id": "3", "created_at": "2024-03-05T09:05:00Z"},
        ),
        columns=TIMES,
    ),
    Case("contradicting dates", "ID;Создана\n1;13/01/2024\n2;01/13/2024\n", "refuse", columns=TIMES),
    Case(
        "impossible date",
        "ID;Создана\n1;31.02.2024\n2;13.01.2024\n",
        "quarantine",
        aside=[(2, "bad_time")],
        columns=TIMES,
    ),
    Case(
        "assumed order",
        "ID;Создана\n1;03/04/2024\n",
        "accept_flag",
        ({"deal_id": "1", "created_at": "2024-04-03"},),
        flags=frozenset({"assumed_day_first"}),
        columns=TIMES,
    ),
    Case(
        "sentinel",
        "ID;Создана\n1;01.01.1970\n2;13.01.2024\n",
        "accept_flag",
        ({"deal_id": "1", "created_at": None}, {"deal_id": "2", "created_at": "2024-01-13"}),
        flags=frozenset({"sentinel_date"}),
        columns=TIMES,
    ),
    Case(
        "money of many spellings",
        "ID;Сумма\n1;12 500 ₽\n2;(1 234,50)\n3;1,5 млн\n4;NaN\n5;−7\n",
        "quarantine",
        (
            {"deal_id": "1", "amount": "12500.00", "currency": "RUB"},
            {"deal_id": "2", "amount": "-1234.50", "currency": None},
            {"deal_id": "3", "amount": "1500000.00", "currency": None},
            {"deal_id": "5", "amount": "-7.00", "currency": None},
        ),
        [(5, "bad_money")],
        frozenset({"negative_amount"}),
        columns={"ID": "deal_id", "Сумма": "amount"},
    ),
    Case(
        "ids",
        "ID;Сумма\n00123;1\n1234567890123456789;2\n77.0;3\n1.23457E+11;4\n",
        "quarantine",
        tuple(
            {"deal_id": key, "amount": amount}
            for key, amount in (("00123", "1.00"), ("1234567890123456789", "2.00"), ("77", "3.00"))
        ),
        [(5, "damaged_id")],
        columns={"ID": "deal_id", "Сумма": "amount"},
    ),
)
MEANING = (
    Case(
        "same key, other content",
        HEAD + ROWS + "2;Стулья;1 300,00;16.03.2024;17.03.2024\n",
        "accept_flag",
        flags=frozenset({"duplicate_id"}),
        told={"rows_in": 3},
    ),
    Case("same row again", TABLE + ROWS.splitlines()[1], "accept_flag", flags=frozenset({"repeated_row"})),
    Case(
        "closed before created",
        HEAD + "1;Столы;1;15.03.2024;14.03.2024\n",
        "accept_flag",
        flags=frozenset({"closed_before_created"}),
    ),
    Case("no key", HEAD + ";Столы;1;05.03.2024;\n" + ROWS, "quarantine", BOTH, [(2, "missing_key")]),
    Case(
        "empty column",
        HEAD + "".join(f"{number};Столы;;15.03.2024;16.03.2024\n" for number in (1, 2, 3)),
        "accept_flag",
        flags=frozenset({"empty_column"}),
    ),
)


@pytest.mark.parametrize("case", [*BYTES, *SHAPE, *WORKBOOKS, *VALUES, *MEANING], ids=lambda case: case.name)
def test_an_ugly_file_is_answered_rightly(tmp_path: Path, case: Case) -> None:
    columns = case.columns if case.name != "commas" else {"ID": "deal_id", "Название": "title", "Сумма": "amount"}
    found = answer(tmp_path, Case(**{**vars(case), "columns": columns}))
    shown = json.dumps(found, ensure_ascii=False, indent=1)
    assert found["outcome"] == case.outcome, shown
    assert [(row["row"], row["reason"]) for row in found["aside"]] == [*case.aside], shown
    assert {flag["code"] for flag in found["flags"]} == case.flags, shown
    assert {name: found[name] for name in case.told} == dict(case.told), shown
    if case.records:
        assert found["records"] == [dict(record) for record in case.records], shown
    if case.outcome == "refuse":
        assert found["message"]
        assert (found["rows_in"], found["records"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.csv", "--into", "deals"), "no such file"),
        (("{file}", "--into", "dels"), "Did you mean deals"),
        (("{file}", "--into", "deals", "--columns", "{absent}"), "cannot be read"),
        (("{file}", "--into", "deals", "--columns", "{broken}"), "not readable as JSON"),
        (("{file}", "--into", "deals", "--columns", "{unknown}"), "deals has no column amunt. Did you mean amount"),
        (("{file}", "--into", "deals", "--columns", "{turned}"), "the wrong way round: amount is a column of ours"),
        (("{file}", "--into", "deals", "--columns", "{spoken}"), "deals has no column Бюджет. Did you mean amount?"),
        (("{file}", "--into", "deals", "--columns", "{other}"), "deals has no column xyz. deals has: deal_id, "),
        (("{file}", "--into", "deals", "--columns", "{lacking}"), "the file has no column `Сума`. Did you mean Сумма"),
        (("{file}", "--into", "deals", "--time-zone", "Europe/Moskow"), "Did you mean Europe/Moscow"),
        (("{folder}", "--into", "deals"), "is a folder"),
    ],
)
def test_whatever_is_asked_wrongly_is_a_refusal_in_the_same_form(
    tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    places = {
        name: tmp_path / f"{name}.json"
        for name in ("absent", "broken", "unknown", "lacking", "turned", "spoken", "other")
    }
    places |= {"file": tmp_path / "deals.csv", "folder": tmp_path}
    places["file"].write_text(TABLE, encoding="utf-8")
    places["broken"].write_text("{", encoding="utf-8")
    places["unknown"].write_text('{"Сумма": "amunt"}', encoding="utf-8")
    places["turned"].write_text('{"amount": "Сумма"}', encoding="utf-8")
    places["spoken"].write_text('{"Сумма": "Бюджет"}', encoding="utf-8")
    places["other"].write_text('{"Сумма": "xyz"}', encoding="utf-8")
    places["lacking"].write_text('{"Сума": "amount"}', encoding="utf-8")
    company = tmp_path / "company"
    company.mkdir()
    found = asked(*(each.format(**places) for each in arguments), company=company)
    assert found["outcome"] == "refuse"
    assert said in found["message"]


def test_without_a_mapping_one_is_proposed(tmp_path: Path) -> None:
    company = tmp_path / "company"
    company.mkdir()
    file = tmp_path / "Сделки.csv"
    file.write_text(TABLE.replace("ID", "ID сделки"), encoding="utf-8")
    found = asked(str(file), "--records", "1", company=company)
    assert found["into"] == "deals"
    assert found["columns"]["ID сделки"] == "deal_id"
    assert found["columns"]["Сумма"] == "amount"
    assert len(found["records"]) == 1
    assert {each["ours"] for each in found["proposal"]["columns"]} == set(found["columns"].values())


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deals.csv", TABLE)
    assert answer(tmp_path, Case("zip", packed.getvalue(), "refuse", suffix="xlsx"))["outcome"] == "refuse"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("2026-03-01 10:00:00 INFO start\n2026-03-01 10:00:02 WARN slow\n", "INFO start"),
        ("Ошибка 500: попробуйте позже\n", "Ошибка 500"),
        ("1;Столы;100,50\n2;Стулья;200\n", "names the columns"),
        (TABLE.encode("utf-8").decode("latin-1"), "wrong encoding"),
    ],
    ids=["log", "error", "no header", "misread"],
)
def test_a_file_none_of_whose_columns_is_known_is_refused(tmp_path: Path, content: str, said: str) -> None:
    company = tmp_path / "company"
    company.mkdir()
    file = tmp_path / "export.csv"
    file.write_text(content.replace("ID", "Ð¸Ð´") if "Ð" in content else content, encoding="utf-8")
    found = asked(str(file), "--into", "deals", company=company)
    assert found["outcome"] == "refuse"
    assert said in found["message"]
    assert found["rows_in"] == 0
