"""A table of a page as a file that is sent: its kind, its name in both alphabets, its rows."""

import io
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

ASKED = "from=2026-02-01&to=2026-02-28&lang=ru"


@pytest.mark.parametrize(
    ("path", "title", "plain"),
    [
        ("/api/funnel/table", "Воронка", "funnel"),
        ("/api/path/table", "Путь клиента", "path"),
        ("/api/lateness/table", "Почему отвечаем поздно", "late"),
    ],
)
def test_a_table_is_sent_under_its_name(signed_in: TestClient, path: str, title: str, plain: str) -> None:
    table = {"funnel": "steps", "path": "edges", "late": "queues"}[plain]
    separated = signed_in.get(f"{path}.csv?{ASKED}&table={table}")
    assert separated.headers["content-type"].startswith("text/csv")
    named = separated.headers["content-disposition"]
    assert f'filename="{plain}.csv"' in named
    workbook = signed_in.get(f"{path}.xlsx?{ASKED}&table={table}")
    sheet = load_workbook(io.BytesIO(workbook.content)).worksheets[0]
    heads = separated.text.removeprefix("\ufeff").splitlines()[0].split(";")
    assert [cell.value for cell in sheet[1]] == [head.strip('"') for head in heads]
    assert title in unquote(named)
