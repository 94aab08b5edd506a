"""Opens the ZIP that a workbook is: its directory is judged before anything is unpacked, then parts are streamed.

The sizes that a directory states are not believed: what comes out of a part is counted while it is unpacked.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from voronka.connectors.files.batch import SourceFile
from voronka.connectors.files.elements import Handlers, PartFaultError, parser_for
from voronka.domain.errors import InputError

BLOCK_BYTES = 1 << 18
PARTS_MAX = 10_000
RATIO_MAX = 100  # rows without a value come to about 20, a file made to do harm to 300 and more
RATIO_MATTERS_FROM_BYTES = 32 << 20
NO_DIRECTORY = "File is not a zip file"  # as the library says it; the directory stands at the end
ENCRYPTED = 1  # the bit of a part's flags
ARCHIVES = (".xlsx", ".xlsm", ".xls", ".csv", ".zip", ".txt", ".json", ".parquet")


class Package:
    """An open workbook: `names` are its parts' names, `part` reads one; used inside `open_package`."""

    def __init__(self, archive: zipfile.ZipFile, file: SourceFile, bytes_max: int) -> None:
        self.file = file
        self._archive = archive
        self._names = {name.replace("\\", "/").casefold(): name for name in archive.namelist()}
        self._left = bytes_max

    def names(self) -> list[str]:
        """Return the names of all parts."""
        return self._archive.namelist()

    def has(self, name: str) -> bool:
        """Say whether there is a part of this name, in any case of letters."""
        return name.lstrip("/").casefold() in self._names

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part; InputError where more comes out than may, PartFaultError where it is damaged."""
        known = self._names.get(name.lstrip("/").casefold())
        if known is None:
            raise PartFaultError(f"it has no part {name}")
        left = self._left
        try:
            with self._archive.open(known) as part:
                while block := part.read(BLOCK_BYTES):
                    left -= len(block)
                    if left < 0:
                        raise too_large(self.file, self._left)
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
            raise PartFaultError(str(fault)) from fault

    def parse(self, name: str, handlers: Handlers) -> None:
        """Feed a whole part to `handlers`."""
        for _ in self.steps(name, handlers):
            pass

    def steps(self, name: str, handlers: Handlers) -> Iterator[None]:
        """Feed a part to `handlers` block by block, pausing after each; PartFaultError where it is no sound XML."""
        parser = parser_for(handlers)
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            for block in self.blocks(name):
                parser.Parse(block, False)  # noqa: FBT003 - the library's own signature
                yield
            parser.Parse(b"", True)  # noqa: FBT003 - the same
            yield
        except expat.ExpatError as fault:
            raise PartFaultError(f"{name}: {fault}") from fault


def _no_doctype(*_: object) -> None:
    raise PartFaultError("it declares a document type, which no spreadsheet program writes and harmful files use")


@contextmanager
def open_package(file: SourceFile, bytes_max: int) -> Iterator[Package]:
    """Open a workbook whose directory is sound and small enough; InputError where it is not, or is no workbook."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            _refuse_harmful(archive.infolist(), file, bytes_max)
            yield Package(archive, file, bytes_max)
    except PartFaultError as fault:
        raise damaged(file, str(fault)) from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
        cause = "it breaks off before its end" if str(fault) == NO_DIRECTORY else str(fault)
        raise damaged(file, cause) from fault


def _refuse_harmful(parts: list[zipfile.ZipInfo], file: SourceFile, bytes_max: int) -> None:
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise has_password(file)
    if len(parts) > PARTS_MAX:
        what = f"the archive holds {len(parts):,} parts, a workbook a few dozen"
        raise InputError(what, where=file.name, do="Save the workbook anew, or export the table as CSV")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > bytes_max:
        raise too_large(file, unpacked)
    for part in parts:
        if part.file_size > RATIO_MATTERS_FROM_BYTES and part.file_size > RATIO_MAX * max(part.compress_size, 1):
            raise InputError(
                f"unpacked, {part.filename} would take {part.file_size >> 20} MB, over {RATIO_MAX} times what it"
                " takes here: files made to fill a computer's memory look like this",
                where=file.name,
                do="Export the table as CSV, or delete the empty formatted rows of its sheets",
            )


def too_large(file: SourceFile, size: int) -> InputError:
    """Return the refusal of a workbook that is too large when it is unpacked."""
    return InputError(
        f"unpacked, the workbook takes {size >> 20} MB or more, over the limit",
        where=file.name,
        do="Export the table as CSV or in parts, or raise limits.unpacked_bytes in voronka.toml",
    )


def damaged(file: SourceFile, cause: str) -> InputError:
    """Return the refusal of a workbook that cannot be read to its end."""
    return InputError(f"the workbook is damaged ({cause})", where=file.name, do="Export or download it again")


def has_password(file: SourceFile) -> InputError:
    """Return the refusal of a workbook that is encrypted."""
    return InputError("the workbook has a password", where=file.name, do="Save it without a password, or as CSV")


def no_workbook(file: SourceFile, names: list[str]) -> InputError:
    """Return the refusal of a ZIP that is no workbook, naming the tables that it holds."""
    held = [name for name in names if PurePosixPath(name).suffix.lower() in ARCHIVES][:3]
    inside = f" that holds {', '.join(held)}" if held else ""
    return InputError(f"this is a ZIP archive{inside}, not a workbook", where=file.name, do="Unpack it first")


def is_zip(path: Path) -> bool:
    """Say whether a file begins as a ZIP does."""
    with path.open("rb") as source:
        return source.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
