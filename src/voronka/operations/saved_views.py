"""Views that people save: a page with its period, cut and filters under a name, of one's own or of the company."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from voronka.domain.errors import QuestionError
from voronka.domain.saved_views import SavedView
from voronka.operations.database import Database
from voronka.operations.tables import SAVED_VIEWS, START_PAGES, USERS

LONGEST_NAME = 100
LONGEST_ADDRESS = 4000
MOST_VIEWS = 100
"""How many views a person keeps."""
_ADDRESS = re.compile(r"/(?!/)[a-z0-9_/-]*(?:\?[^\s#]*)?")
"""A page of this application with its query: nowhere else, and no script."""
_PAGE = re.compile(r"[a-z][a-z_]{0,39}")


class SavedViews:
    """The views of a company's people; `clock` gives the time in UTC without a zone."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Stand on a database."""
        self._database = database
        self._clock = clock

    def of_user(self, user_id: int) -> list[SavedView]:
        """Return the views that somebody may open, their own and the shared ones, by name."""
        found = self._views((SAVED_VIEWS.c.user_id == user_id) | SAVED_VIEWS.c.is_shared)
        return sorted(found, key=lambda each: (each.name.casefold().replace("ё", "е"), each.view_id))

    def of_id(self, view_id: int, user_id: int) -> SavedView:
        """Return a view that somebody may open; QuestionError where there is none such."""
        mine = (SAVED_VIEWS.c.user_id == user_id) | SAVED_VIEWS.c.is_shared
        found = self._views((SAVED_VIEWS.c.view_id == view_id) & mine)
        if not found:
            raise QuestionError(f"no saved view has the number {view_id}", do="It was deleted, or is shared no more")
        return found[0]

    def save(self, user_id: int, name: str, address: str, *, is_shared: bool = False) -> SavedView:
        """Keep a view and return it.

        QuestionError for a name that is empty, too long or one's own already, an address that is none of a page's, and
        for one view too many.
        """
        at, shown = self._clock(), _name(name)
        row = {"user_id": user_id, "name": shown, "address": _address(address), "is_shared": is_shared}
        with self._database.write() as connection:
            count = select(func.count()).where(SAVED_VIEWS.c.user_id == user_id)
            if connection.execute(count).scalar_one() >= MOST_VIEWS:
                raise QuestionError(f"nobody keeps more than {MOST_VIEWS} views", do="Delete one first")
            _check_new(connection, user_id, shown)
            made = insert(SAVED_VIEWS).values(**row, made_at=at, changed_at=at).returning(SAVED_VIEWS.c.view_id)
            view_id = int(connection.execute(made).scalar_one())
        return self.of_id(view_id, user_id)

    def change(
        self, view: SavedView, *, name: str | None = None, address: str | None = None, is_shared: bool | None = None
    ) -> SavedView:
        """Change what is given of a view and return it as it is now; errors as those of `save`."""
        values: dict[str, object] = {"changed_at": self._clock()}
        values |= {} if address is None else {"address": _address(address)}
        values |= {} if is_shared is None else {"is_shared": is_shared}
        with self._database.write() as connection:
            if name is not None:
                values["name"] = _name(name)
                _check_new(connection, view.user_id, _name(name), view.view_id)
            connection.execute(update(SAVED_VIEWS).where(SAVED_VIEWS.c.view_id == view.view_id).values(**values))
        return self.of_id(view.view_id, view.user_id)

    def delete(self, view: SavedView) -> None:
        """Delete a view."""
        with self._database.write() as connection:
            connection.execute(delete(SAVED_VIEWS).where(SAVED_VIEWS.c.view_id == view.view_id))

    def start_of(self, user_id: int) -> str | None:
        """Return the name of the page that somebody chose to begin at, None where it is that of their role."""
        with self._database.read() as connection:
            found = connection.execute(select(START_PAGES.c.page).where(START_PAGES.c.user_id == user_id)).scalar()
        return None if found is None else str(found)

    def start_at(self, user_id: int, page: str | None) -> None:
        """Begin at a page from now on, None: at that of one's role; QuestionError for what is no page's name."""
        if page is not None and not _PAGE.fullmatch(page):
            raise QuestionError(f"no page is named {page}")
        with self._database.write() as connection:
            if page is None:
                connection.execute(delete(START_PAGES).where(START_PAGES.c.user_id == user_id))
                return
            row = insert_or(START_PAGES).values(user_id=user_id, page=page)
            connection.execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"page": page}))

    def _views(self, which: Any) -> list[SavedView]:  # noqa: ANN401 - a condition of SQLAlchemy's
        asked = select(SAVED_VIEWS, USERS.c.name.label("owner")).join(USERS, USERS.c.user_id == SAVED_VIEWS.c.user_id)
        with self._database.read() as connection:
            return [SavedView(**row._mapping) for row in connection.execute(asked.where(which))]  # noqa: SLF001


def _check_new(connection: Connection, user_id: int, name: str, view_id: int = 0) -> None:
    asked = select(SAVED_VIEWS.c.name).where(SAVED_VIEWS.c.user_id == user_id, SAVED_VIEWS.c.view_id != view_id)
    if name.casefold() in {str(known).casefold() for known in connection.execute(asked).scalars()}:
        raise QuestionError(f"there is a view named {name} already", do="Choose another name")


def _name(name: str) -> str:
    shown = " ".join(unicodedata.normalize("NFC", name).split())
    if not shown or not shown.isprintable() or len(shown) > LONGEST_NAME:
        raise QuestionError("a view's name is empty, too long, or has signs that cannot be shown", do="Give another")
    return shown


def _address(address: str) -> str:
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise QuestionError("not an address of a page", do="Open the page and save the view there")
    return address
