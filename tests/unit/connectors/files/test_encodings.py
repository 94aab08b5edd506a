from collections.abc import Callable

import pytest

from tests.unit.connectors.files.conftest import Read, Rows
from voronka.connectors.files import FileBatch
from voronka.domain.errors import InputError, SettingsError

RUSSIAN = "Сделка;Менеджер;Комментарий\n17;Иванова Ольга;перезвонить завтра\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_russian_text_is_read_from_each_usual_encoding(
    read: Read, rows: Callable[[FileBatch], Rows], encoding: str
) -> None:
    batch = read(RUSSIAN.encode(encoding))
    assert batch.reading["encoding"] == encoding
    assert batch.columns == ("Сделка", "Менеджер", "Комментарий")
    assert rows(batch) == [("17", "Иванова Ольга", "перезвонить завтра", 1, None)]


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866"])
def test_an_unclear_encoding_is_refused_and_read_once_it_is_named(
    read: Read, rows: Callable[[FileBatch], Rows], encoding: str
) -> None:
    with pytest.raises(InputError, match="encoding is unclear"):
        read(RUSSIAN.encode(encoding))
    assert rows(read(RUSSIAN.encode(encoding), encoding=encoding))[0][1] == "Иванова Ольга"


def test_utf8_with_one_broken_byte_is_not_taken_for_cp1251(read: Read) -> None:
    with pytest.raises(InputError, match="encoding is unclear"):
        read(RUSSIAN.encode() + b"18;\xff;x\n")


def test_a_wrong_set_encoding_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="not valid utf-8"):
        read(RUSSIAN.encode("cp1251"), encoding="utf-8")


def test_an_unknown_encoding_is_a_fault_of_the_settings(read: Read) -> None:
    with pytest.raises(SettingsError, match="Did you mean cp1251"):
        read(RUSSIAN, encoding="cp12511")


def test_zero_bytes_are_refused(read: Read) -> None:
    with pytest.raises(InputError, match="not a table"):
        read(b"id;name\n1;a\x00b\n")


def test_russian_in_capitals_is_read_from_cp1251(read: Read) -> None:
    assert read("ФИО;ГОРОД\nИВАНОВА ОЛЬГА;САРАТОВ\n".encode("cp1251")).reading["encoding"] == "cp1251"


def test_western_accents_are_not_taken_for_russian(read: Read) -> None:
    with pytest.raises(InputError, match="encoding is unclear"):
        read("Name;Straße\nMüller;Schönefelder Höhe\n".encode("latin-1"))
