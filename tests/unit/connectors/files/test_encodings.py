from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.connectors.files.encodings import scan_bytes
from voronka.domain.errors import InputError, SettingsError

Take = Callable[[FileBatch], Rows]
RUSSIAN = "Сделка;Менеджер;Комментарий\n17;Иванова Ольга;перезвонить завтра\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32"),
        ("cp1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("cp866", "IBM866"),
        ("iso8859-5", "ISO-8859-5"),
        ("mac-cyrillic", "x-mac-cyrillic"),
    ],
)
def test_russian_text_is_read_from_each_encoding(read: Read, records: Take, encoding: str, name: str) -> None:
    batch = read(RUSSIAN.encode(encoding))
    assert batch.reading["encoding"] == name
    assert batch.columns == ("Сделка", "Менеджер", "Комментарий")
    assert records(batch) == [(2, "17", "Иванова Ольга", "перезвонить завтра")]


def test_plain_letters_are_utf8(read: Read) -> None:
    assert read("id;name\n1;Ann\n").reading["encoding"] == "UTF-8"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Name;Straße\nMüller;Schönefelder Höhe\n", "latin-1", "ISO-8859-1"),
        ("Name;Preis\nMüller;5 €\n", "cp1252", "windows-1252"),
        ("Imię;Miasto\nWałęsa;Łódź\n", "cp1250", "windows-1250"),
    ],
)
def test_western_text_is_read(read: Read, records: Take, text: str, encoding: str, name: str) -> None:
    batch = read(text.encode(encoding))
    assert batch.reading["encoding"] == name
    assert records(batch)[0][1:] == tuple(text.splitlines()[1].split(";"))


def test_lines_in_another_encoding_than_most_are_put_aside(read: Read, records: Take) -> None:
    first, second, third = "1;Иванова;да\n", "2;Петров;нет\n", "3;Сидорова;да\n"
    mostly_utf8 = read(RUSSIAN.splitlines(keepends=True)[0].encode() + first.encode() + second.encode("cp1251"))
    assert mostly_utf8.reading["encoding"] == "UTF-8"
    assert [row[:2] for row in records(mostly_utf8)] == [(2, "1"), (3, "bad_encoding")]
    mostly_windows = read((RUSSIAN + first).encode("cp1251") + second.encode() + third.encode("cp1251"))
    assert mostly_windows.reading["encoding"] == "windows-1251"
    assert [row[:2] for row in records(mostly_windows)] == [(2, "17"), (3, "1"), (4, "bad_encoding"), (5, "3")]


def test_a_text_cut_inside_a_letter_loses_its_last_record_only(read: Read, records: Take) -> None:
    cut = (RUSSIAN + "18;Петров;д").encode()[:-1]
    assert records(read(cut))[1:] == [(3, "truncated", "18;Петров;\ufffd")]


def test_a_wrong_set_encoding_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="not valid utf-8"):
        read(RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_the_encoding_that_was_set_wins(read: Read, records: Take) -> None:
    batch = read("id;name\n1;Смс\n".encode("koi8-r"), encoding="koi8-r")
    assert (batch.reading["encoding"], records(batch)) == ("KOI8-R", [(2, "1", "Смс")])


def test_an_unknown_encoding_is_a_fault_of_the_settings(read: Read) -> None:
    with pytest.raises(SettingsError, match="Did you mean cp1251"):
        read(RUSSIAN, encoding="cp12511")


def test_bytes_that_are_no_text_are_refused(read: Read) -> None:
    with pytest.raises(InputError, match="binary data"):
        read(b"id;name\n" + b"\x00\x01\x00\x00\x02" * 100)
    with pytest.raises(InputError, match="encoding is unclear"):
        read(b"id;name\n" + bytes(range(1, 256)) * 20)


def test_one_pass_tells_the_line_ends(tmp_path: Path) -> None:
    ends = {}
    for name, content in {"lf": b"a\nb", "crlf": b"a\r\nb\r\n", "cr": b"a\rb\r", "mixed": b"a\r\nb\n"}.items():
        (tmp_path / name).write_bytes(content)
        scan = scan_bytes(tmp_path / name)
        ends[name] = (scan.line_end, scan.ends_line)
    assert ends == {"lf": ("\n", False), "crlf": ("\r\n", True), "cr": (None, True), "mixed": (None, True)}


def test_a_mark_of_utf8_before_another_encoding_is_not_believed(read: Read) -> None:
    batch = read(b"\xef\xbb\xbf" + RUSSIAN.encode("cp1251"))
    assert (batch.reading["encoding"], batch.columns[0]) == ("windows-1251", "Сделка")


def test_a_few_broken_lines_far_below_do_not_tell_the_encoding(read: Read) -> None:
    text = RUSSIAN.encode() + "17;Иванова;да\n".encode() * 60_000 + "18;Петров;нет\n".encode("cp1251")
    batch = read(text)
    assert (batch.reading["encoding"], batch.malformed) == ("UTF-8", 1)
