from pathlib import Path

import duckdb

from voronka.connectors.files.table import READ_TABLE, TableWriter, read_csv_parameters


def test_what_is_written_is_read_back_with_nulls_told_from_empty_text(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", width=2, separator=";") as table:
        table.good(1, ['a;"b"\nc', None])
        table.plain(2, 'x;""')
        table.bad(4, 'only "one"', "too_few_fields")
    names = ["c0", "c1", "_row", "_malformed", "_fault"]
    with duckdb.connect() as connection:
        found = connection.execute(
            f"FROM {READ_TABLE}", read_csv_parameters(table.path, ";", names, table.longest)
        ).fetchall()
    assert found == [
        ('a;"b"\nc', None, "1", None, None),
        ("x", "", "2", None, None),
        (None, None, "4", 'only "one"', "too_few_fields"),
    ]
    assert (table.rows, table.malformed, table.misfits) == (3, 1, 1)


def test_values_put_into_one_text_are_quoted_only_where_they_must_be(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", width=3, separator=";") as table:
        assert table.joined(["a b", "c;d", 'e"f']) == 'a b;"c;d";"e""f"'


def test_lines_are_written_together_with_their_numbers(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "t.csv", width=2, separator=";") as table:
        table.plain_lines(7, ["1;a\n", "2;b\n"])
    assert (tmp_path / "t.csv").read_text().replace("\x1aN\x1a", "-").splitlines() == ["1;a;7;-;-", "2;b;8;-;-"]
    assert table.rows == 2
