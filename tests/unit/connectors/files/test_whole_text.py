from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch

Take = Callable[[FileBatch], Rows]
HEAD = "id;who;note\n"
ROWS = "".join(f"{number};Ann;x\n" for number in range(1, 80))


def _is_read_at_once(folder: Path) -> bool:
    return not list(folder.rglob("records.csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_text_without_trouble_is_read_at_once_with_its_lines(
    read: Read, records: Take, tmp_path: Path, encoding: str, line_end: str
) -> None:
    text = (HEAD + ROWS.replace("Ann", "Анна Иванова")).replace("\n", line_end)
    found = records(read(text.encode(encoding)))
    assert found == [(number + 1, str(number), "Анна Иванова", "x") for number in range(1, 80)]
    assert _is_read_at_once(tmp_path)


def test_titles_above_shift_the_lines_of_what_is_read_at_once(read: Read, records: Take, tmp_path: Path) -> None:
    assert records(read(f"Report of March\n\n{HEAD}{ROWS}"))[0] == (4, "1", "Ann", "x")
    assert _is_read_at_once(tmp_path)


def test_the_rows_are_numbered_in_the_order_of_the_file_where_it_is_read_in_parallel(read: Read, records: Take) -> None:
    lines = "".join(f"{number};{'9' * 200}\n" for number in range(1, 120_001))
    assert all(row[0] == int(str(row[1])) + 1 for row in records(read(f"a;b\n{lines}")))


@pytest.mark.parametrize(
    "line",
    [
        "\n",
        "80;Ann\n",
        '80;"Ann\nLee";x\n',
        "Total;;5\n",
        ";;\n",
        HEAD,
        "80;A\u200bnn;x\n",
        "80;A\ufffdn;x\n",
        "80;???? ??;x\n",
        '="080";Ann;x\n',
        "80;\x00;x\n",
        "Made by Ann;;\n",
    ],
)
def test_whatever_is_doubtful_is_looked_at_record_by_record(read: Read, tmp_path: Path, line: str) -> None:
    read(HEAD + ROWS + line)
    assert not _is_read_at_once(tmp_path)
