from pathlib import Path

from voronka.connectors.files.table import TableWriter
from voronka.connectors.files.table_body import TableBody

HEADER = ["id", "name", "sum"]


def _lines(path: Path) -> list[str]:
    return [line.replace("\x1aN\x1a", "-") for line in path.read_text().splitlines()]


def test_records_are_written_and_what_is_around_them_is_left_out(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", 3, ";") as table:
        body = TableBody(table, HEADER)
        body.row(2, ["1", "Ann", "5"], "1;Ann;5")
        body.row(3, ["", "", ""])
        body.row(4, ["Total", "", "5"])
        body.row(5, ["Made by Ann", "", ""])
        body.row(6, HEADER)
        body.row(7, ["2", "Bob", "7"])
        body.fault(8, "Made by Bob", "too_few_fields", ["Made by Bob"])
        flags = body.end()
    assert _lines(tmp_path / "t.csv") == ["1;Ann;5;2;-;-", '"2";"Bob";"7";7;-;-']
    assert [(flag.code, flag.rows, flag.first_rows) for flag in flags] == [("repeated_header", 1, (6,))]
    assert body.totals == ((4, ("Total", None, "5")),)
    assert body.left_out() == {"closing_rows": 2, "total_rows": 1}


def test_what_looks_like_a_remark_is_a_record_where_records_follow(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", 3, ";") as table:
        body = TableBody(table, HEADER)
        body.row(2, ["1", "Ann", "5"])
        body.row(3, ["Made by Ann", "", ""])
        body.fault(4, "broken", "too_few_fields", ["broken"])
        body.row(5, ["2", "Bob", "7"])
        body.end()
    assert [line.rsplit(";", 3)[1:] for line in _lines(tmp_path / "t.csv")] == [
        ["2", "-", "-"],
        ["3", "-", "-"],
        ["4", '"broken"', "too_few_fields"],
        ["5", "-", "-"],
    ]


def test_rows_below_a_header_of_other_columns_are_put_aside_until_the_own_one_is_back(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", 3, ";") as table:
        body = TableBody(table, HEADER, frozenset({"phone", "email", "city"}))
        body.row(2, ["1", "Ann", "5"])
        body.row(3, ["Phone", "Email", "City"])
        body.row(4, ["2", "b;c", "Riga"])
        body.fault(5, "7", "too_few_fields", ["7"])
        body.row(6, HEADER)
        body.row(7, ["3", "Cid", "9"])
        body.end()
    assert [line.split(";")[-1] for line in _lines(tmp_path / "t.csv")] == ["-", "other_header", "other_header", "-"]
    assert '"2;""b;c"";Riga"' in _lines(tmp_path / "t.csv")[1]


def test_doubtful_letters_are_counted_once_a_row(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", 3, ";") as table:
        body = TableBody(table, HEADER)
        body.row(2, ["1", "A\u200bnn", "\u200b5"], "1;A\u200bnn;\u200b5")
        body.row(3, ["2", "B\ufffdb", "7"], "2;B\ufffdb;7")
        flags = body.end()
    assert [(flag.code, flag.first_rows) for flag in flags] == [
        ("invisible_characters", (2,)),
        ("lost_characters", (3,)),
    ]
    assert _lines(tmp_path / "t.csv")[0] == '"1";"Ann";"5";2;-;-'
