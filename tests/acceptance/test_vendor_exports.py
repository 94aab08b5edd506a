"""Exports of known CRMs are recognised, and every column is proposed for what it is; all rows load without a doubt."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from io import StringIO
from pathlib import Path

import pytest

from tests.acceptance.vendor_exports import EXPORTS, Export
from voronka.bootstrap import trial_place
from voronka.pipeline.previewing import Answer, Wish, preview
from voronka.pipeline.proposing import propose_mapping
from voronka.transform.proposal import Proposal

CUSTOM = ("Номер договора", "Город", "NPS", "Комментарий логиста")
"""Fields that companies add to their records."""
FIRST = tuple({export.vendor: export for export in reversed(EXPORTS)}.values())
"""The first export of each vendor."""


def table(export: Export) -> list[list[str]]:
    """Return the rows of an export, the headers first."""
    return list(csv.reader(StringIO(export.text.strip()), delimiter=export.separator))


def text_of(rows: Sequence[Sequence[str]], separator: str) -> str:
    """Return rows as a CSV."""
    written = StringIO()
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def written(folder: Path, export: Export) -> Path:
    """Return the export's file, written into a folder."""
    file = folder / export.name
    file.write_bytes(export.text.strip().encode(export.encoding))
    return file


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    """Return the preview of each export by its name; a preview proposes the mapping and tries it over all rows."""
    folder = tmp_path_factory.mktemp("exports")
    with trial_place() as work:
        return {export.name: preview(work, Wish(written(folder, export))) for export in EXPORTS}


def proposal(answers: dict[str, Answer], export: Export) -> Proposal:
    """Return what was proposed for an export."""
    found = answers[export.name].proposal
    assert found is not None, answers[export.name].message
    return found


def proposed(file: Path) -> Proposal:
    with trial_place() as work:
        return propose_mapping(work, str(file))


def named(export: Export) -> str:
    return f"{export.vendor} {export.name}"


@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_the_columns_of_an_export_are_proposed_for_what_they_are(export: Export, answers: dict[str, Answer]) -> None:
    found = proposal(answers, export)
    assert (found.vendor, found.into) == (export.vendor, export.into)
    assert found.mapping == export.right
    assert found.key == ((export.key,) if export.key else ())


@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_the_rows_of_an_export_load_without_a_doubt(export: Export, answers: dict[str, Answer]) -> None:
    found = answers[export.name]
    assert (found.outcome, found.rows_in, found.rows_aside) == ("accept", len(table(export)) - 1, 0), found.message


@pytest.mark.parametrize("export", FIRST, ids=named)
def test_neither_the_order_of_the_columns_nor_a_companys_own_fields_change_it(export: Export, tmp_path: Path) -> None:
    head, *rows = table(export)
    turned = [[*CUSTOM, *reversed(head)], *(["17", "Пермь", "9", "к двери", *row[::-1]] for row in rows)]
    text = text_of(turned, export.separator)
    found = proposed(written(tmp_path, replace(export, text=text, encoding="utf-8", name="export.csv")))
    assert (found.vendor, found.into, found.mapping) == (export.vendor, export.into, export.right)


def test_a_web_table_named_xls_is_the_same_export(tmp_path: Path) -> None:
    export = next(each for each in EXPORTS if each.vendor == "Bitrix24" and each.into == "deals")
    head, *rows = table(export)
    lines = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    mark = '<meta http-equiv="Content-type" content="text/html;charset=UTF-8" />'
    file = tmp_path / "DEAL_20260301.xls"
    file.write_text(f"<html><head>{mark}</head><body><table>{''.join(lines)}</table></body></html>", encoding="utf-8")
    found = proposed(file)
    assert (found.vendor, found.mapping, found.key) == ("Bitrix24", export.right, ("ID",))


@pytest.mark.parametrize("export", EXPORTS, ids=named)
def test_every_proposed_column_says_how_sure_it_is_and_shows_values(export: Export, answers: dict[str, Answer]) -> None:
    found = proposal(answers, export)
    cells = {cell.strip() for row in table(export)[1:] for cell in row}
    for column in found.columns:
        assert 0.5 <= column.confidence < 1
        assert len(column.samples) <= 3
        assert set(column.samples) <= cells
    filled = [column for column in found.columns if column.samples]
    assert len(filled) >= len(found.columns) - 2


def test_who_made_a_record_is_not_its_owner_and_it_is_said_why(answers: dict[str, Answer]) -> None:
    found = proposal(answers, EXPORTS[0])
    reasons = {item.header: item.reason for item in found.ignored}
    assert reasons["Кем создана сделка"] == "who made the record; whose it is says «Ответственный»"
    assert reasons["Ответственный за контакт"] == "whose the contact is, not the deal"


def test_a_table_of_no_known_crm_names_none(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    text = "ID;Stage;Amount;Close Date;Owner\n1;Won;100;2025-01-02;Ann\n2;Lost;5;2025-01-03;Bob\n"
    file.write_text(text, encoding="utf-8")
    assert proposed(file).vendor == ""


def test_the_answer_says_whose_export_it_is_and_how_sure_each_column_is(answers: dict[str, Answer]) -> None:
    shown = answers[EXPORTS[0].name].shown()["proposal"]
    assert shown["vendor"] == "amoCRM"
    first = shown["columns"][0]
    assert (first["ours"], first["theirs"], first["confidence"]) == ("deal_id", "ID", 0.97)
    assert first["samples"] == ["28456123", "28456124", "28456125"]
