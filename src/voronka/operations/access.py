"""What of app.db is about who gets in: invitations, tokens of programs, the first user, the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from voronka.operations.accounts import Accounts, User
from voronka.operations.api_tokens import ApiTokens
from voronka.operations.audit import Audit
from voronka.operations.database import Database
from voronka.operations.first_user import FirstUser
from voronka.operations.links import Links

INVITATION = "invitation"
"""The purpose of the links by which people set their password."""


@dataclass(frozen=True)
class Access:
    """Who gets in and what they did, as app.db knows it."""

    tokens: ApiTokens
    first_user: FirstUser
    audit: Audit
    links: Links
    accounts: Accounts

    @classmethod
    def of(cls, database: Database, accounts: Accounts, links: Links, clock: Callable[[], datetime]) -> "Access":
        """Stand on a database with the accounts and the links of it."""
        first = FirstUser(database, accounts, clock)
        return cls(ApiTokens(database, clock), first, Audit(database, clock), links, accounts)

    def invite(self, user: User, lasting: timedelta) -> str:
        """Return the token of a link by which a user sets a password, once; the ones before it do not hold any more."""
        self.links.void(user.user_id, INVITATION)
        return self.links.issue(user.user_id, INVITATION, lasting)

    def invited(self, token: str) -> User | None:
        """Return whom an invitation is for, without using it up; None where it is unknown, used, expired or void."""
        user_id = self.links.of_token(token, [INVITATION])
        return None if user_id is None else self.accounts.of_id(user_id)

    def accept(self, token: str, password: str) -> User | None:
        """Use an invitation up, give its user the password and return who it is; None as `invited` gives it.

        A password that is refused (QuestionError) leaves the invitation as it is.
        """
        user = self.invited(token)
        if user is None:
            return None
        self.accounts.check_new(password)
        if self.links.use(token, [INVITATION]) is None:
            return None
        return self.accounts.set_password(user.name, password)
