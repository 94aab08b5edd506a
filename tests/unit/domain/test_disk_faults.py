import errno
import os

import pytest

from voronka.domain.disk_faults import disk_fault, disk_told
from voronka.domain.errors import InputError, StorageError


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EIO, "Input/output error"), "the disk could not be read or written"),
        (OSError(errno.EROFS, "Read-only file system"), "the disk may only be read"),
        (RuntimeError("External: Unable to copy data to file: File too large (os error 27)"), "a file would become"),
        (RuntimeError("Generic LocalFileSystem error: No space left on device (os error 28)"), "the disk is full"),
        (RuntimeError('IO Error: Could not write file "/x": No space left on device'), "the disk is full"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), "the disk is full"),
        (RuntimeError("disk I/O error"), "the disk could not be read or written"),
    ],
    ids=str,
)
def test_a_fault_of_the_disk_is_told_whoever_raises_it(fault: Exception, what: str) -> None:
    told = disk_fault(fault, "lake/raw/crm")
    assert told is not None
    assert told.what.startswith(what)
    assert told.where == "lake/raw/crm"
    assert told.do


@pytest.mark.parametrize(
    "fault",
    [FileNotFoundError(errno.ENOENT, "No such file"), ValueError("not a number"), InputError("the disk is full")],
    ids=str,
)
def test_other_faults_stay_what_they_are(fault: Exception) -> None:
    assert disk_fault(fault) is None
    with pytest.raises(type(fault)), disk_told("lake"):
        raise fault


def test_the_file_is_told_where_the_fault_names_it() -> None:
    with pytest.raises(StorageError, match=r"/data/x\.csv: the disk is full\. Free some space") as told, disk_told("/"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/x.csv")
    assert isinstance(told.value.__cause__, OSError)
