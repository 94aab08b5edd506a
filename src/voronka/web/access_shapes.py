"""The shapes of what is said about who gets in: users, invitations, sessions, tokens, the audit log."""

from datetime import datetime

from pydantic import BaseModel, Field

PASSWORD = Field(max_length=4096)
NAME = Field(min_length=1, max_length=200)


class UserShown(BaseModel):
    """Who may sign in; times are local. `invited_until` is of an invitation nobody has used yet.

    `employee` is the name of the employee they are, null where the data know none of this id.
    """

    user_id: int
    name: str
    email: str | None
    role: str
    employee_id: str | None
    employee: str | None
    is_active: bool
    has_password: bool
    is_me: bool
    created_at: datetime
    invited_until: datetime | None


class OpenSessionShown(BaseModel):
    """A session: since when, last seen when, from where, by which browser."""

    session_id: str
    user: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    is_this: bool


class TokenShown(BaseModel):
    """A program's token; `is_open` says whether it still opens anything."""

    token_id: int
    user: str
    name: str
    reach: str
    created_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    is_open: bool


class EmployeeShown(BaseModel):
    """A person of the data whom a user may be."""

    id: str
    name: str
    email: str | None


class RoleGranted(BaseModel):
    """A role: whose rows its people see, the page they begin at, what they may do."""

    code: str
    reach: str
    start: str
    rights: list[str]


class AccessShown(BaseModel):
    """Who gets in: all of it, for who lets people in."""

    users: list[UserShown]
    sessions: list[OpenSessionShown]
    tokens: list[TokenShown]
    employees: list[EmployeeShown]
    roles: list[RoleGranted]


class InvitationGiven(BaseModel):
    """Whom to invite. Without `employee_id` they are the employee who has their mail address, where one has."""

    name: str = NAME
    email: str = Field("", max_length=200)
    role: str = Field(max_length=50)
    employee_id: str | None = Field(None, max_length=500)


class InvitedShown(BaseModel):
    """Who was invited, and the path of the link by which they set a password; it is shown once."""

    user: UserShown
    path: str


class UserChange(BaseModel):
    """What to change of a user; what is left out stays."""

    role: str | None = Field(None, max_length=50)
    employee_id: str | None = Field(None, max_length=500)
    is_active: bool | None = None


class EntryShown(BaseModel):
    """A line of the audit log; `at` is local, `user` is '' for somebody unknown."""

    audit_id: int
    at: datetime
    action: str
    user: str
    what: str
    address: str


class AuditShown(BaseModel):
    """A page of the audit log, the newest first."""

    rows: list[EntryShown]
    total: int
    limit: int
    offset: int


class AccountShown(BaseModel):
    """One's own account."""

    name: str
    email: str | None
    has_password: bool
    shortest_password: int
    sessions: list[OpenSessionShown]
    tokens: list[TokenShown]


class PasswordGiven(BaseModel):
    """One's password, and the one to come."""

    old: str = PASSWORD
    new: str = PASSWORD


class TokenGiven(BaseModel):
    """A token to make: what it is for, how far it reaches, for how many days."""

    name: str = Field(max_length=200)
    reach: str = Field(max_length=50)
    days: int


class TokenMade(BaseModel):
    """A new token; it is shown once."""

    token_id: int
    token: str


class StartGiven(BaseModel):
    """The name of the page to begin at from now on; null: that of one's role."""

    page: str | None = Field(max_length=100)


class LookGiven(BaseModel):
    """Through whose eyes to look from now on; null: one's own."""

    role: str | None = Field(None, max_length=50)
    employee_id: str | None = Field(None, max_length=500)


class SetupShown(BaseModel):
    """Whether the first user is still to be made."""

    is_open: bool
    shortest_password: int


class FirstGiven(BaseModel):
    """The first user, and the code that whoever started the server has seen."""

    code: str = Field(max_length=100)
    name: str = NAME
    password: str = PASSWORD


class InvitationToken(BaseModel):
    """The token of an invitation."""

    token: str = Field(max_length=200)


class InvitationShown(BaseModel):
    """For whom an invitation is, and where to."""

    name: str
    email: str | None
    company: str
    shortest_password: int


class Acceptance(BaseModel):
    """The token of an invitation and the password that its user takes."""

    token: str = Field(max_length=200)
    password: str = PASSWORD
