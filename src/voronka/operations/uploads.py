"""The files that people upload: what each was called, where it lies, who sent it."""

import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import delete, insert, select, update

from voronka.domain.errors import QuestionError
from voronka.operations.database import Database
from voronka.operations.tables import UPLOADS

FOLDER = "uploads"
"""The folder in the company's that uploaded files lie in."""
NEW = f"{FOLDER}/new/"
"""Where files lie that were not loaded yet."""
_ID_BYTES = 8
_LONGEST_NAME = 60
_LONGEST_SHOWN = 200


@dataclass(frozen=True)
class Upload:
    """An uploaded file; `name` as it was called where it came from, `path` from the company's folder, size in bytes."""

    upload_id: str
    name: str
    path: str
    size: int
    uploaded_by: str
    uploaded_at: datetime


class Uploads:
    """The uploaded files of a company; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    @staticmethod
    def place(name: str) -> tuple[str, str]:
        """Return an id for a file that is about to come, and where it is put, from the company's folder."""
        upload_id = new_upload_id()
        return upload_id, path_of(upload_id, name)

    @staticmethod
    def is_new(upload: Upload) -> bool:
        """Say whether a file was not loaded yet."""
        return upload.path.startswith(NEW)

    def add(self, name: str, size: int, uploaded_by: str, upload_id: str = "") -> Upload:
        """Note a file that lies at the path of its id, and return it."""
        upload_id = upload_id or new_upload_id()
        upload = Upload(
            upload_id,
            shown_name(name),
            path_of(upload_id, name),
            size,
            uploaded_by,
            self._clock().replace(microsecond=0),
        )
        with self._database.write() as connection:
            connection.execute(insert(UPLOADS).values(vars(upload)))
        return upload

    def of_id(self, upload_id: str) -> Upload:
        """Return an uploaded file; QuestionError where none has this id."""
        with self._database.read() as connection:
            row = connection.execute(select(UPLOADS).where(UPLOADS.c.upload_id == upload_id)).one_or_none()
        if row is None:
            raise QuestionError("this uploaded file is not there any more", do="Upload it again")
        return _upload(row)

    def all(self) -> list[Upload]:
        """Return the uploaded files, the newest first."""
        newest = select(UPLOADS).order_by(UPLOADS.c.uploaded_at.desc(), UPLOADS.c.upload_id)
        with self._database.read() as connection:
            return [_upload(row) for row in connection.execute(newest)]

    def move(self, upload_id: str, path: str) -> None:
        """Note that a file lies elsewhere now."""
        with self._database.write() as connection:
            connection.execute(update(UPLOADS).where(UPLOADS.c.upload_id == upload_id).values(path=path))

    def remove(self, upload_id: str) -> None:
        """Forget a file; nothing happens where there is none."""
        with self._database.write() as connection:
            connection.execute(delete(UPLOADS).where(UPLOADS.c.upload_id == upload_id))


def new_upload_id() -> str:
    """Return an id that no other upload has and nobody can guess."""
    return secrets.token_hex(_ID_BYTES)


def path_of(upload_id: str, name: str) -> str:
    """Return where a file is put, from the company's folder: a name of ours in front of what is plain in its own."""
    return f"{NEW}{upload_id}_{plain_name(name)}"


def plain_name(name: str) -> str:
    """Return a file's name with letters, digits, spaces, `-`, `_` and one ending only: fit to be one on any disk."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    path = PurePosixPath(last.strip() or "file")
    stem = re.sub(r"[^\w -]+", "_", path.stem).strip("_ ")[:_LONGEST_NAME] or "file"
    ending = re.sub(r"[^A-Za-z0-9]+", "", path.suffix)[:8].lower()
    return f"{stem}.{ending}" if ending else stem


def shown_name(name: str) -> str:
    """Return a file's name as people are shown it: without folders and without signs that cannot be seen."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[:_LONGEST_SHOWN] or "file"


def _upload(row: Any) -> Upload:  # noqa: ANN401 - a row of SQLAlchemy's
    return Upload(row.upload_id, row.name, row.path, row.size, row.uploaded_by, row.uploaded_at)
