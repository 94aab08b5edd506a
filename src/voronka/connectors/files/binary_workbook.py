"""Reads one sheet of an old binary workbook (.xls, .xlsb) as a table of text, through a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from voronka.connectors.files.batch import FileBatch, ReadOptions, SourceFile
from voronka.connectors.files.delimited import Place
from voronka.connectors.files.elements import PartFaultError
from voronka.connectors.files.grid import GridRow
from voronka.connectors.files.hidden_rows import hidden_rows
from voronka.connectors.files.number_formats import Epoch, plain_number, shown_number
from voronka.connectors.files.package import damaged, has_password
from voronka.connectors.files.sheets import SheetSource, batch_of_sheets

MEMORY_BYTES = 400_000_000
SCRIPT = Path(__file__).with_name("binary_rows.py")
HEAD_ROWS = 250
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
BLOCK_BYTES = 1 << 20


def read_binary_workbook(file: SourceFile, options: ReadOptions, place: Place) -> FileBatch:
    """Return the batch of one sheet; InputError where the workbook is damaged, too large or has a password."""
    if _is_encrypted(file.path):
        raise has_password(file)
    try:
        with _reader(file) as reader:
            listed = reader.ask(None)
            hidden = cache(partial(hidden_rows, file, bytes_max=place.limits.unpacked_bytes))
            sheets = [
                SheetSource(name, visible, partial(_marked, partial(reader.rows, index), partial(hidden, index)))
                for index, name, visible in listed
            ]
            return batch_of_sheets(file, sheets, options, place, "xls")
    except _PasswordFoundError as fault:
        raise has_password(file) from fault
    except PartFaultError as fault:
        raise damaged(file, str(fault)) from fault


def _marked(rows: Callable[[], Iterator[GridRow]], hidden: Callable[[], frozenset[int]]) -> Iterator[GridRow]:
    unseen = hidden()
    return (row._replace(is_hidden=True) if row.number in unseen else row for row in rows())


class _PasswordFoundError(Exception):
    """The workbook has a password."""


def _is_encrypted(path: Path) -> bool:
    """Say whether an OLE file holds a new workbook under a password."""
    before = b""
    with path.open("rb") as source:
        while block := source.read(BLOCK_BYTES):
            if ENCRYPTED_PACKAGE in before + block:
                return True
            before = block[-len(ENCRYPTED_PACKAGE) :]
    return False


class _Reader:
    """The process that reads; one question is answered at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, question: object) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the answer's first line."""
        if self._process.stdin is None:
            raise PartFaultError("the reading process has no input")
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it said before it ended is read below
        return self.next()

    def next(self) -> Any:  # noqa: ANN401 - the same
        """Return the next line; PartFaultError where the process ended or tells a fault."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise PartFaultError("it cannot be read, or takes too much memory: save it as XLSX or CSV")
        said = json.loads(line)
        if isinstance(said, dict):
            raise _PasswordFoundError if said["fault"] == "password" else PartFaultError(said["fault"])
        return said

    def rows(self, sheet: int) -> Iterator[GridRow]:
        """Return the rows of a sheet; its first rows are asked for first, the whole only when they are used up."""
        head = list(self._asked(sheet, HEAD_ROWS))
        yield from head
        if len(head) == HEAD_ROWS:
            last = head[-1].number
            yield from (row for row in self._asked(sheet, None) if row.number > last)

    def _asked(self, sheet: int, rows: int | None) -> Iterator[GridRow]:
        said = self.ask([sheet, rows])
        while said is not None:
            yield GridRow(said[0], _trimmed([_text(cell) for cell in said[1]]))
            said = self.next()


@contextmanager
def _reader(file: SourceFile) -> Iterator[_Reader]:
    command = [sys.executable, "-I", str(SCRIPT), str(file.path), str(MEMORY_BYTES)]
    with subprocess.Popen(  # noqa: S603 - our own script; the path is an argument, not a command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        try:
            yield _Reader(process)
        finally:
            process.kill()


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case ["n", str() as digits]:
            return plain_number(digits)
        case ["d", float() | int() as days]:
            return shown_number(repr(days), "duration", Epoch())
        case ["t", str() as text]:
            return text
        case _:
            return str(cell).replace("\r\n", "\n").replace("\r", "\n")


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts
