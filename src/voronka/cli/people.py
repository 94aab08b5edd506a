"""Opens what a company's people may do and have stated, for the time of a command, and finds people by their names."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from voronka import bootstrap
from voronka.bootstrap import People
from voronka.domain.errors import QuestionError, did_you_mean
from voronka.domain.scope import Scope
from voronka.metrics.answer import records
from voronka.metrics.query import Metrics
from voronka.settings import load_settings

ACCESS: Final = "access"
TERMINAL = "{name} (terminal)"
"""How the audit log calls whoever sits at this machine."""


@contextmanager
def people_of(company: str | None) -> Iterator[People]:
    """Open a company's app.db, which is made where there is none; SettingsError where there is no company."""
    folder = bootstrap.folder_of(company)
    people = bootstrap.people_of(folder, load_settings(folder))
    try:
        yield people
    finally:
        people.database.close()


def noted(people: People, what: str) -> None:
    """Note in the audit log what was changed about who gets in, by whoever sits at this machine."""
    who = TERMINAL.format(name=_operator())
    people.access.audit.note(ACCESS, who, what)


def _operator() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine without a name for who runs it
        return "somebody"


def employee_of(company: str | None, named: str | None) -> str | None:
    """Return the id of the employee of this name or id, None where nobody is named.

    QuestionError where there is none or several such, and where nothing was built yet.
    """
    if named is None:
        return None
    with bootstrap.built_metrics(company) as metrics:
        return member_of(metrics, "employee", named)


def member_of(metrics: Metrics, kind: str, named: str | None) -> str | None:
    """Return the id of the only employee or team that has this id or name; None where nobody is named."""
    if named is None:
        return None
    rows = records(metrics.rows(f"dim_{kind}", Scope.everything(), columns=(f"{kind}_id", "name")))
    found = {str(row[f"{kind}_id"]) for row in rows if str(row["name"]).casefold() == named.casefold()}
    found |= {str(row[f"{kind}_id"]) for row in rows if row[f"{kind}_id"] == named}
    if not found:
        hint = did_you_mean(named, [str(row["name"]) for row in rows if row["name"]])
        raise QuestionError(f"no such {kind}: {named}", do=hint)
    if len(found) > 1:
        raise QuestionError(f"several are called {named}", do=f"Give the id of one: {', '.join(sorted(found))}")
    return found.pop()
