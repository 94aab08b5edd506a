"""No file that goes out, by any exit, holds a cell that a spreadsheet runs; phones and negative numbers stay whole."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from tests.company import NOW, CompanyFolder
from voronka import bootstrap
from voronka.bootstrap import OpenCompany
from voronka.cli.main import main
from voronka.web.app import create_app
from voronka.web.asked import CSV, XLSX
from voronka.web.visitor import cookie_name

PERSON, TEAM, CHANNEL, TITLE = "=cmd|' /C calc'!A0", "@SUM(A1)", "-2+3+cmd|'x'!A0", '=HYPERLINK("http://e.example")'
PHONE, NEGATIVE = "+7 (912) 345-67-89", "-500"
STAGE = "=1+2"
DEALS = f"""\
id;who;channel;made;closed;sum;state;stage;name;=note
1;{PERSON};{CHANNEL};2026-02-02 10:00;2026-02-27 12:00;1000,50;won;{STAGE};"{TITLE.replace('"', '""')}";
2;{PERSON};{CHANNEL};2026-02-03 10:00;2026-02-27 12:00;-500;won;{STAGE};{PHONE};x
3;{PERSON};{CHANNEL};2026-02-03 10:00;2026-02-27 12:00;700;won;{STAGE};{NEGATIVE};
4;{PERSON};@aside;2026-02-03 10:00;2026-02-27 12:00;=1+1;won;{STAGE};{PHONE};x
"""
MOVES = f"""\
deal;to;at
1;{STAGE};2026-02-02 10:00
1;won;2026-02-27 12:00
2;{STAGE};2026-02-03 10:00
"""
PIPELINE = f"""\
pipeline: sales
entity: deals
match: {{ source: crm }}
stages:
  - {{ id: first, title: "{STAGE}", match: ["{STAGE}"] }}
  - {{ id: won, outcome: won }}
regulations:
  - {{ id: stay, entity: deals, title: Stay, start: "stage:first", stop: "left:first", minutes: 60, owner: "{PERSON}" }}
"""
COLUMNS = {
    "deal_id": "id",
    "employee": "who",
    "channel": "channel",
    "created_at": "made",
    "closed_at": "closed",
    "amount": "sum",
    "outcome": "state",
    "stage": "stage",
    "title": "name",
}
HARMLESS = re.compile(r"[+-]?[\d ().,\u00a0-]*\d ?%?")
RUN = re.compile(r"[\s\u00a0\u200b\ufeff]*[=+\-@\t\r]")

FEBRUARY = "from=2026-02-01&to=2026-02-28"
WEB = {
    "/api/query.csv": "metric=revenue&by=employee&by=channel&by=team",
    "/api/query.xlsx": "metric=revenue&by=employee&by=channel&by=team",
    "/api/records.csv": "metric=revenue&sort=amount",
    "/api/records.xlsx": "metric=revenue&sort=amount",
    "/api/data/aside.csv": "",
    "/api/funnel/table.csv": f"{FEBRUARY}&table=groups&by=employee&pipeline=sales",
    "/api/funnel/table.xlsx": f"{FEBRUARY}&table=groups&by=employee&pipeline=sales",
    "/api/funnel/cases.csv": f"{FEBRUARY}&pipeline=sales",
    "/api/funnel/cases.xlsx": f"{FEBRUARY}&pipeline=sales",
    "/api/pages/{name}/table.csv": f"{FEBRUARY}&table=standing",
    "/api/pages/{name}/table.xlsx": f"{FEBRUARY}&table=standing",
    "/api/lateness/table.csv": f"{FEBRUARY}&table=queues",
    "/api/lateness/table.xlsx": f"{FEBRUARY}&table=queues",
    "/api/regulations/table.csv": f"{FEBRUARY}&table=register",
    "/api/regulations/table.xlsx": f"{FEBRUARY}&table=register",
    "/api/board/table.csv": f"{FEBRUARY}&table=places::revenue",
    "/api/board/table.xlsx": f"{FEBRUARY}&table=places::revenue",
    "/api/staff/table.csv": "table=people",
    "/api/staff/table.xlsx": "table=people",
    "/api/plans/table.csv": f"{FEBRUARY}&metric=revenue",
    "/api/plans/table.xlsx": f"{FEBRUARY}&metric=revenue",
    "/api/path/table.csv": f"{FEBRUARY}&pipeline=sales&table=edges",
    "/api/path/table.xlsx": f"{FEBRUARY}&pipeline=sales&table=edges",
    "/api/path/cases.csv": f"{FEBRUARY}&pipeline=sales",
    "/api/path/cases.xlsx": f"{FEBRUARY}&pipeline=sales",
    "/api/path/log/table.csv": "log=desk&table=edges",
    "/api/path/log/table.xlsx": "log=desk&table=ways",
    "/api/path/log/cases.csv": "log=desk",
    "/api/path/log/cases.xlsx": "log=desk",
}
NAMED_BY = {
    "/api/path/table.csv": STAGE,
    "/api/path/table.xlsx": STAGE,
    "/api/path/log/table.csv": CHANNEL,
    "/api/path/log/table.xlsx": CHANNEL,
    "/api/path/log/cases.csv": STAGE,
    "/api/path/log/cases.xlsx": STAGE,
}
"""What a route names where that is no person."""
LOG = f"""\
case;step;at
1;"{TITLE.replace('"', '""')}";2026-02-02 10:00
1;{CHANNEL};2026-02-03 10:00
"""
LOGGED = ("--log", "{folder}/log.csv", "--case", "case", "--activity", "step", "--time", "at")
TOLD_BY = {
    "import": ("import", "--dry-run", "{folder}/exports/crm/deals.csv", "--into", "deals", "--records", "9"),
    "build": ("build", "--all"),
    "loads": ("loads",),
    "loads aside": ("loads", "aside"),
    "check": ("check",),
    "query": ("query", "revenue", "--by", "employee", "--by", "channel"),
    "metrics": ("metrics",),
    "report daily": ("report", "daily", "--day", "2026-02-27"),
    "report breakdown": ("report", "breakdown", "--from", "2026-02-01", "--to", "2026-02-28"),
    "report board": ("report", "board", "--from", "2026-02-01", "--to", "2026-02-28"),
    "plan list": ("plan", "list"),
    "identity list": ("identity", "list"),
    "identity candidates": ("identity", "candidates"),
    "reconcile": ("reconcile", "totals"),
    "user list": ("user", "list"),
    "token list": ("token", "list"),
    "audit": ("audit",),
    "doctor": ("doctor",),
    "path": ("path", *LOGGED),
    "funnel": ("funnel", *LOGGED, "--steps", f"{TITLE},{CHANNEL}"),
    "sla": ("sla", "--by", "employee"),
    "history": ("history",),
    "greyzones": ("greyzones", "--show", "stuck"),
    "late": ("late",),
    "hypothesis list": ("hypothesis", "list"),
}
"""The commands that write CSV; a place in braces is filled in."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company in which everything that people can name looks like a formula."""
    company = CompanyFolder(tmp_path_factory.mktemp("out") / "company", now=NOW - timedelta(hours=2))
    company.stream("crm", "deals", DEALS, into="deals", key="id", columns=COLUMNS)
    people = f"who;team\n{PERSON};{TEAM}\n"
    company.stream("crm", "people", people, into="employees", columns={"name": "who", "team": "team"})
    calls = {"activity_id": "no", "employee": "who", "started_at": "at", "talk_seconds": "seconds"}
    called = f"no;who;at;seconds\n1;{PERSON};2026-02-27 10:00;60\n"
    company.stream("pbx", "calls", called, into="calls", key="no", columns=calls)
    came = {"lead_id": "id", "employee": "who", "created_at": "made"}
    company.stream("crm", "leads", f"id;who;made\n1;{PERSON};2026-02-27 10:00\n", into="leads", key="id", columns=came)
    moved = {"deal_id": "deal", "stage": "to", "changed_at": "at"}
    company.stream("crm", "moves", MOVES, into="stage_changes", key="auto", columns=moved)
    logged = {"case_id": "case", "activity": "step", "happened_at": "at"}
    tickets = f"case;step;at\n{STAGE};{CHANNEL};2026-02-02 10:00\n"
    company.stream("desk", "tickets", tickets, into="events", key="auto", columns=logged)
    company.pipeline(PIPELINE)
    company.write("log.csv", LOG)
    company.load_and_build()
    return company


@pytest.fixture(scope="module")
def opened(company: CompanyFolder) -> Iterator[OpenCompany]:
    found = bootstrap.open_for_people(str(company.folder), lambda: NOW)
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(opened: OpenCompany, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    token = opened.people.sessions.start(opened.people.accounts.add_user("Анна", None).user_id)
    app = create_app(opened, static=tmp_path_factory.mktemp("static"))
    with TestClient(app, base_url="http://localhost:8765") as client:
        client.cookies.set(cookie_name(opened), token, domain="localhost.local")
        yield client


def cells(text: str) -> list[str]:
    """Return the cells of separated values; none of them is one that a spreadsheet would run."""
    separator = ";" if ";" in text.splitlines()[0] else ","
    found = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    run = [cell for cell in found if RUN.match(cell) and not HARMLESS.fullmatch(cell)]
    assert run == []
    return found


def texts(content: bytes) -> str:
    """Return all XML of a workbook's texts; not one of its cells is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        told = [name for name in book.namelist() if name == "xl/sharedStrings.xml"]
        assert [sheet for sheet in sheets if re.search(r"<f[ >/]", sheet)] == []
        return "".join([*sheets, *(book.read(name).decode() for name in told)])


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def run(company: CompanyFolder, *arguments: str) -> str:
    command = [part.format(folder=company.folder) for part in arguments]
    result = CliRunner().invoke(main, [*command, "--company", str(company.folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


def test_every_exit_of_the_routes_is_looked_at(browser: TestClient) -> None:
    described = browser.app.openapi()["paths"]  # type: ignore[attr-defined]
    files = {
        path
        for path, methods in described.items()
        for method in methods.values()
        for answer in method["responses"].values()
        if {CSV, XLSX} & set(answer.get("content", ()))
    }
    assert files == set(WEB)


def test_every_command_that_writes_csv_is_looked_at() -> None:
    forms = {
        name: [choice for each in command.params for choice in getattr(each.type, "choices", ())]
        for name, command in commands(main)
    }
    assert {name for name, choices in forms.items() if "csv" in choices} == set(TOLD_BY)
    assert {name for name, choices in forms.items() if "xlsx" in choices} == {"report daily"}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("path", [path for path in WEB if path.endswith("csv")])
def test_separated_values_of_a_route(browser: TestClient, path: str, language: str) -> None:
    answer = browser.get(f"{path.format(name='team')}?{WEB[path]}&lang={language}")
    assert answer.status_code == 200, answer.text
    found = cells(answer.content.decode("utf-8-sig"))
    assert f"'{NAMED_BY.get(path, PERSON)}" in found
    if path == "/api/records.csv":
        assert {PHONE, NEGATIVE, f"'{TITLE}"} <= set(found)
        assert ("-500,00" if language == "ru" else "-500.00") in found
    if path == "/api/data/aside.csv":
        assert {"'=note", "'=1+1", "'@aside", PHONE} <= set(found)


@pytest.mark.parametrize("path", [path for path in WEB if path.endswith("xlsx")])
def test_a_workbook_of_a_route(browser: TestClient, path: str) -> None:
    answer = browser.get(f"{path.format(name='team')}?{WEB[path]}")
    assert answer.status_code == 200, answer.text
    found = texts(answer.content)
    assert NAMED_BY.get(path, PERSON) in found
    if path == "/api/records.xlsx":
        assert PHONE in found
        assert re.search(r"<v>-500(\.0+)?</v>", found)


@pytest.mark.parametrize("name", list(TOLD_BY))
def test_separated_values_of_a_command(company: CompanyFolder, name: str) -> None:
    told = run(company, *TOLD_BY[name], "--format", "csv")
    found = cells(told) if told else []
    if name in {"query", "report daily"}:
        assert f"'{PERSON}" in found
    if name == "query":
        assert f"'{CHANNEL}" in found
    if name in {"path", "funnel"}:
        assert any(cell.startswith(f"'{TITLE}") for cell in found)
    if name == "loads aside":
        assert any("=1+1" in cell for cell in found)


def test_a_file_of_rows_to_be_mended(company: CompanyFolder, tmp_path: Path) -> None:
    run(company, "loads", "aside", "--to", str(tmp_path / "rows.csv"))
    found = cells((tmp_path / "rows.csv").read_text("utf-8-sig"))
    assert {"'=note", "'=1+1", f"'{PERSON}", PHONE} <= set(found)


def test_the_workbook_of_the_daily_report(company: CompanyFolder, tmp_path: Path) -> None:
    target = tmp_path / "day.xlsx"
    run(company, "report", "daily", "--day", "2026-02-27", "--format", "xlsx", "--output", str(target))
    assert PERSON in texts(target.read_bytes())


@pytest.mark.parametrize("writer", ["csv.writer", "csv.DictWriter", "FORMAT csv", "to_csv", "xlsxwriter.Workbook"])
def test_files_are_written_in_the_known_places_only(writer: str) -> None:
    source = Path(bootstrap.__file__).parent
    found = {path.relative_to(source).as_posix() for path in source.rglob("*.py") if writer in path.read_text("utf-8")}
    known = {
        "csv.writer": {"reports/separated.py", "cli/printing.py", "pipeline/mending.py"},
        "xlsxwriter.Workbook": {"reports/xlsx.py", "demo/writing.py"},  # the demo's are exports of a made CRM
    }
    assert found == known.get(writer, set())
