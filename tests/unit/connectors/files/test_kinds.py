import pytest

from tests.unit.connectors.files.conftest import Read
from voronka.domain.errors import InputError


@pytest.mark.parametrize(
    ("content", "name", "cause"),
    [
        (b"", "a.csv", "empty"),
        (b" \r\n \n", "a.csv", "blank space"),
        (b"<!DOCTYPE html><html>Log in</html>", "a.csv", "web page"),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><error>no</error>", "a.csv", "this is XML"),
        (b'{"error": "token expired"}', "a.csv", "JSON object, not a table"),
        (b"401 Unauthorized\n", "a.csv", "answer of a server"),
        (b"\x89PNG\r\n", "a.csv", "picture"),
        (b"\xef\xbb\xbf", "a.csv", "blank space"),
        (b"\x00" * 50, "a.csv", "blank space"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "damaged"),
        (b"%PDF-1.7", "a.csv", "PDF"),
        (b"\x1f\x8b\x08", "a.csv", "gzip"),
    ],
)
def test_what_is_not_a_table_is_refused_with_the_cause(read: Read, content: bytes, name: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as refusal:
        read(content, name)
    assert str(refusal.value).startswith(f"{name}: ")
    assert refusal.value.do


def test_the_kind_is_told_by_content_not_by_name(read: Read) -> None:
    assert read("id;sum\n1;2\n", "export.xlsx").reading["kind"] == "csv"


def test_a_table_whose_first_column_is_called_pk_is_no_archive(read: Read) -> None:
    assert read("PK;sum\n1;2\n").columns == ("PK", "sum")


def test_a_column_between_angle_brackets_is_no_markup(read: Read) -> None:
    assert read("<TICKER>,<PER>,<CLOSE>\nSBER,D,270\n").columns == ("<TICKER>", "<PER>", "<CLOSE>")
