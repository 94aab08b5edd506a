"""The roles of a sales department: what they are called, what each is measured by, who holds them and when."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from voronka.domain.documents import Document


class RoleTitle(Document):
    """A role's name in both languages."""

    ru: str = Field("", description="What the role is called in Russian; empty: as by default")
    en: str = Field("", description="What the role is called in English; empty: as by default")


class Holder(Document):
    """A person (id or name as the source has it) who holds a role from one day to another, the last inside."""

    employee: str
    from_: date | None = Field(None, alias="from")
    to: date | None = None


class Role(Document):
    """A role as the company has it; `people` are laid over the roles that the source tells."""

    title: RoleTitle = Field(RoleTitle(), description="What the role is called")
    metrics: tuple[str, ...] = Field(
        (), description="The metrics that people of the role are shown; empty: as by default"
    )
    people: tuple[Holder, ...] = Field(
        (), description="Who holds the role, whatever the source says: { employee = 'Anna', from = 2026-01-01 }"
    )


def _role(ru: str, en: str, metrics: str) -> Role:
    return Role(title=RoleTitle(ru=ru, en=en), metrics=tuple(metrics.split()))


_ANSWERING = "leads first_response_median first_response_within"
_CALLING = "calls answered_calls talk_time"
_HANDING = "leads_qualified qualified_rate leads_handed acceptance_rate"
_SELLING = "deals_won revenue win_rate average_deal median_cycle_days"
DEFAULT_ROLES: Mapping[str, Role] = {
    "mdr": _role("Лидогенератор", "MDR", f"{_CALLING} {_HANDING}"),
    "sdr": _role("Менеджер по поиску", "SDR", f"{_CALLING} {_ANSWERING} {_HANDING}"),
    "ae": _role("Менеджер по продажам", "AE", f"{_SELLING} meetings demos proposals deals_open deals_without_task"),
    "am": _role("Аккаунт-менеджер", "AM", "revenue deals_won average_deal revenue_paid calls meetings"),
    "lead": _role("Руководитель отдела", "Team lead", f"{_SELLING} leads calls"),
    "head": _role("Руководитель продаж", "Head of sales", f"{_SELLING} leads calls"),
    "first_line": _role("Первая линия", "First line", f"{_ANSWERING} missed_calls taken_calls"),
}
"""Who is measured by what where a company does not say."""


def with_default_roles(roles: Mapping[str, Role]) -> Mapping[str, Role]:
    """Return a company's roles with what it leaves out as by default; a role of its own is called by its code."""
    codes = dict.fromkeys([*DEFAULT_ROLES, *roles])
    return {code: _filled(code, roles.get(code, Role())) for code in codes}


def _filled(code: str, role: Role) -> Role:
    usual = DEFAULT_ROLES.get(code, Role(title=RoleTitle(ru=code, en=code)))
    title = RoleTitle(ru=role.title.ru or usual.title.ru, en=role.title.en or usual.title.en)
    return Role(title=title, metrics=role.metrics or usual.metrics, people=role.people)
