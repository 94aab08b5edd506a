"""The tables of another process as files: without what only sales have."""

import csv
import io
from datetime import datetime
from typing import get_args

import openpyxl
import pytest

from tests.reports.processes import metrics_of_processes
from voronka.domain.scope import Scope
from voronka.reports.legend import Made
from voronka.reports.log_files import LogTable, LogTables
from voronka.reports.log_path import LogAsked
from voronka.reports.page import Frame, PageAsked
from voronka.reports.table_files import TableFile
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-04-10 12:00")


def file(name: LogTable) -> TableFile:
    frame = Frame(metrics_of_processes(), PageAsked(), Scope.everything(), NOW, Settings())
    return LogTables(frame, LogAsked("desk", ("open", "take", "close")), "v1").file(name, "en")


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("edges", "From,To,Cases", "open,take,2,50,2,1,1"),
        ("ways", "Way,Cases", "open → close,1,25,10"),
        ("deviations", "Deviation,Step,Cases", "Skipped,take,2,50"),
        ("deviations", "Deviation,Step,Cases", "Not given,wait,1,25"),
        ("funnel", "Step,Cases", "take,2,50,50"),
    ],
)
def test_every_table_is_a_file(name: LogTable, head: str, row: str) -> None:
    heads, *rows = csv.reader(io.StringIO(file(name).csv().written().decode("utf-8-sig")))
    assert ",".join(heads).startswith(head)
    assert any(",".join(each).startswith(row) for each in rows)
    assert not {"Win rate, %", "Money won", "Oftener, points", "Median of working time, h"} & set(heads)


@pytest.mark.parametrize("name", get_args(LogTable))
def test_a_workbook_says_what_is_counted_and_is_named_by_the_source(name: LogTable) -> None:
    made = file(name)
    book = openpyxl.load_workbook(io.BytesIO(made.xlsx(Made("Ветер", NOW)).written()))
    assert book.worksheets[1].max_row > 1
    assert made.file_name("xlsx").startswith("Customer path, desk")
