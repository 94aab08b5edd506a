"""By what sources will know somebody who is added here: read as it was typed, refused where it is another one's."""

import re
from dataclasses import dataclass

from voronka.domain.errors import QuestionError
from voronka.domain.staff import MADE_HERE, PersonSaid, line_of
from voronka.reports.staff import Department, folded
from voronka.transform.phones import numbers_in
from voronka.transform.references import BY_NAME

_MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_EXTENSION = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True)
class Known:
    """By what sources will know somebody: mail, phone, extension, and the id that they have in a source."""

    email: str | None = None
    phone: str | None = None
    extension: str | None = None
    same_as: str | None = None


def check_name(name: str, department: Department, own: str | None = None) -> None:
    """Refuse a name that somebody else bears: a source of names alone cannot say who is meant."""
    if any(folded(each.name) == folded(name) for each in department.people.values() if each.id != own):
        raise QuestionError(f"there is somebody named {name} already", do="Write the name so that they are told apart")


def read_known(typed: Known, department: Department, country: str, own: str | None = None) -> Known:
    """Return what was typed of somebody as it is kept; `country` is whose phone numbers have no + in front."""
    return Known(
        email=_mail(typed.email, department, own),
        phone=_phone(typed.phone, country),
        extension=_extension(typed.extension),
        same_as=_same_as(typed.same_as, department, own),
    )


def _mail(typed: str | None, department: Department, own: str | None) -> str | None:
    shown = (typed or "").strip().casefold()
    if not shown:
        return None
    if not _MAIL.fullmatch(shown):
        raise QuestionError(f"not a mail address: {shown}", do="Write it as anna@example.com")
    theirs = next((each for each in department.people.values() if folded(each.email or "") == shown), None)
    if theirs is not None and theirs.id != own:
        raise QuestionError(
            f"this is the mail of {theirs.name}", do="Look in the list of people: perhaps they are there already"
        )
    return shown


def _phone(typed: str | None, country: str) -> str | None:
    if not (typed or "").strip():
        return None
    found = [each.phone for each in numbers_in(typed or "", country) if each.phone]
    if len(found) != 1:
        raise QuestionError(f"not a phone number: {line_of(typed or '')}", do="Write it as +7 912 345-67-89")
    return found[0]


def _extension(typed: str | None) -> str | None:
    shown = (typed or "").strip()
    if shown and not _EXTENSION.fullmatch(shown):
        raise QuestionError(f"an extension is of digits alone: {line_of(shown)}", do="Write it as 204")
    return shown or None


def _same_as(typed: str | None, department: Department, own: str | None) -> str | None:
    """Return the whole id that somebody has in a source: of a bare 7 that of the one source whose people have ids."""
    shown = (typed or "").strip()
    if not shown:
        return None
    found = shown if ":" in shown else _in_its_source(line_of(shown), department, own)
    taken = next((each for each in _made_here(department) if each[0] != own and each[1].same_as == found), None)
    if found.startswith(MADE_HERE) or taken is not None:
        raise QuestionError(f"the id {found} is somebody's who was added here", do="Give the id of the CRM")
    return found


def _in_its_source(bare: str, department: Department, own: str | None) -> str:
    if own is not None and (before := department.people[own].said.same_as) and before.partition(":")[2] == bare:
        return before
    ids = [each for each in department.people if not each.startswith((MADE_HERE, BY_NAME))]
    known = [each for each in ids if each.partition(":")[2] == bare]
    spaces = {each.partition(":")[0] for each in ids} | {
        said.same_as.partition(":")[0] for _, said in _made_here(department) if said.same_as
    }
    if len(known) == 1:
        return known[0]
    if len(spaces) != 1:
        raise QuestionError(
            f"it is not clear in which source the id is {bare}", do="Write the name of the source in front: crm:7"
        )
    return f"{spaces.pop()}:{bare}"


def _made_here(department: Department) -> list[tuple[str, PersonSaid]]:
    return [(each.id, each.said) for each in department.people.values() if each.said.is_made_here]
