import pytest

from tests.unit.connectors.files.conftest import Read
from voronka.connectors.files.foreign_texts import known_text
from voronka.domain.errors import InputError


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ivan\r\nTEL:+79161234567\r\nEND:VCARD\r\n", "an address book (vCard)"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "a calendar (iCalendar)"),
        ("1CClientBankExchange\r\nВерсияФормата=1.03\r\nСумма=100.00\r\n".encode("cp1251"), "a bank statement for 1C"),
        (b"From: a@b.ru\r\nSubject: leads,\r\n of May\r\nMIME-Version: 1.0\r\n\r\nid;sum\r\n", "an e-mail message"),
        (b"Received: from mail.b.ru by c.ru;\r\n\tMon, 1 Jan 2024\r\nFrom: a@b.ru\r\n", "an e-mail message"),
        (b"From a@b.ru Mon Jan  1 10:00:00 2024\nSubject: x\n", "an e-mail message"),
        (
            b"-- MySQL dump 10.13\n--\n/*!40101 SET NAMES utf8 */;\nDROP TABLE IF EXISTS `a`;\n",
            "a copy of a database (SQL)",
        ),
        (b"--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n", "a copy of a database (SQL)"),
        (b"INSERT INTO deals (id, amount) VALUES (1, 2);\n", "a copy of a database (SQL)"),
        (b"BEGIN TRANSACTION;\nCREATE TABLE a (id int);\n", "a copy of a database (SQL)"),
    ],
)
def test_a_text_of_another_program_is_known_by_how_it_begins(text: bytes, what: str) -> None:
    told = known_text(text)
    assert told is not None
    assert told[0] == what


@pytest.mark.parametrize(
    "text",
    [
        b"Report: leads\nFrom: 2024-01-01\nTo: 2024-01-31\nReceived: 12\n\nid;sum\n1;2\n",
        b"From;To;Subject;Received\na@b.ru;c@d.ru;hi;1\n",
        b"Set;Use;Begin;Create table\n1;2;3;4\n",
        b"-- deals of May --\nid;sum\n1;2\n",
        b"Create,Insert into,Copy\n1,2,3\n",
    ],
)
def test_tables_that_use_the_same_words_are_tables(text: bytes) -> None:
    assert known_text(text) is None


def test_such_a_file_is_refused_by_its_name_with_a_way_out(read: Read) -> None:
    with pytest.raises(InputError) as refusal:
        read(b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "contacts.vcf")
    assert str(refusal.value).startswith("contacts.vcf: this is an address book (vCard), not a table")
    assert refusal.value.do == "Export the contacts as CSV or XLSX"
