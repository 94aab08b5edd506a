"""Opens what a company's people may do and have stated, for the time of a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from voronka import bootstrap
from voronka.bootstrap import People
from voronka.settings import load_settings


@contextmanager
def people_of(company: str | None) -> Iterator[People]:
    """Open a company's app.db, which is made where there is none; SettingsError where there is no company."""
    folder = bootstrap.folder_of(company)
    people = bootstrap.people_of(folder, load_settings(folder))
    try:
        yield people
    finally:
        people.database.close()
