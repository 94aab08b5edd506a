"""Getting in for the first time: the first user by a code, everybody else by an invitation."""

from fastapi import APIRouter, Request, Response

from voronka.domain.errors import NotAllowedError, SignInError
from voronka.web.access_shapes import Acceptance, FirstGiven, InvitationShown, InvitationToken, SetupShown
from voronka.web.entry import address_of, attempts_of, entered, hashing, too_many
from voronka.web.visitor import CompanyNow

router = APIRouter(tags=["entering"])
SETUP, INVITATION = "set-up", "invitation"
"""Under which name those are slowed down who try codes and links; nobody's name is written so."""


@router.get("/api/setup")
def setup(company: CompanyNow) -> SetupShown:
    """Say whether the first user is still to be made."""
    people = company.people
    return SetupShown(
        is_open=people.access.first_user.is_missing(), shortest_password=people.accounts.shortest_password
    )


@router.post("/api/setup", status_code=204, response_class=Response)
def set_up(given: FirstGiven, request: Request, company: CompanyNow) -> Response:
    """Make the first user, an administrator, and sign in; 403 for a wrong code, 429 after several of them."""
    people, who = company.people, (SETUP, address_of(request))
    wait = attempts_of(request).wait_seconds(*who)
    if wait:
        return too_many(request, wait)
    try:
        with hashing():
            made = people.access.first_user.make(given.code, given.name, given.password)
    except NotAllowedError:
        attempts_of(request).failed(*who)
        people.access.audit.note("sign_in_failed", "", SETUP, address=who[1])
        raise
    attempts_of(request).succeeded(*who)
    people.access.audit.note("access", made.name, "first administrator", user_id=made.user_id, address=who[1])
    return entered(request, company, made.user_id, Response(status_code=204))


@router.post("/api/invitation/look")
def look(given: InvitationToken, company: CompanyNow) -> InvitationShown:
    """Return for whom an invitation is, without using it up; 401 where it does not hold."""
    people = company.people
    found = people.access.invited(given.token)
    if found is None:
        raise _void()
    return InvitationShown(
        name=found.name,
        email=found.email,
        company=company.settings.name,
        shortest_password=people.accounts.shortest_password,
    )


@router.post("/api/invitation", status_code=204, response_class=Response)
def accept(given: Acceptance, request: Request, company: CompanyNow) -> Response:
    """Take a password and sign in; the invitation is used up. 401 where it does not hold."""
    people, who = company.people, (INVITATION, address_of(request))
    wait = attempts_of(request).wait_seconds(*who)
    if wait:
        return too_many(request, wait)
    if people.access.invited(given.token) is None:
        attempts_of(request).failed(*who)
        people.access.audit.note("sign_in_failed", "", INVITATION, address=who[1])
        raise _void()
    with hashing():
        user = people.access.accept(given.token, given.password)
    if user is None:
        raise _void()
    people.access.audit.note("password", user.name, INVITATION, user_id=user.user_id, address=who[1])
    return entered(request, company, user.user_id, Response(status_code=204))


def _void() -> SignInError:
    return SignInError("The invitation is used, out of date or taken back", do="Ask for a new one")
