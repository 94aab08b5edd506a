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
    result: str = Field(
        "",
        description="By which metric, per worked day, the best are told from the rest; empty: as by default",
    )
    people: tuple[Holder, ...] = Field(
        (), description="Who holds the role, whatever the source says: { employee = 'Anna', from = 2026-01-01 }"
    )


def _role(ru: str, en: str, metrics: str, result: str = "") -> Role:
    return Role(title=RoleTitle(ru=ru, en=en), metrics=tuple(metrics.split()), result=result)


_ANSWERING = "leads first_response_median first_response_within"
_CALLING = "outgoing_calls reach_rate talk_time attempts_per_contact"
_HANDING = (
    "leads_qualified qualified_per_contacted leads_handed handed_growth handed_meeting_criteria_rate"
    " qualification_completeness acceptance_rate won_from_handed"
)
_SELLING = "deals_won revenue win_rate average_deal median_cycle_days sales_velocity"
_LEADING = "revenue revenue_growth deals_won win_rate average_deal leads lead_conversion pipeline_amount activities"
DEFAULT_ROLES: Mapping[str, Role] = {
    "mdr": _role("Лидогенератор", "MDR", f"{_CALLING} cold_calls emails_sent reply_rate {_HANDING}", "leads_qualified"),
    "sdr": _role("Менеджер по поиску", "SDR", f"{_CALLING} {_ANSWERING} {_HANDING}", "leads_qualified"),
    "ae": _role(
        "Менеджер по продажам",
        "AE",
        f"{_SELLING} meetings demos proposals deals_open deals_without_task days_to_lost",
        "revenue",
    ),
    "am": _role(
        "Аккаунт-менеджер",
        "AM",
        "portfolio_growth portfolio_lost upsell retention_by_count retention_by_revenue base_coverage"
        " valid_contact_rate revenue deals_won",
        "revenue",
    ),
    "lead": _role("Руководитель команды", "Team lead", _LEADING, "revenue"),
    "head": _role("Руководитель продаж", "Head of sales", _LEADING, "revenue"),
    "first_line": _role("Первая линия", "First line", f"{_ANSWERING} taken_calls missed_calls missed_not_called_back"),
}
"""Who is measured by what where a company does not say."""


def with_default_roles(roles: Mapping[str, Role]) -> Mapping[str, Role]:
    """Return a company's roles with what it leaves out as by default; a role of its own is called by its code."""
    codes = dict.fromkeys([*DEFAULT_ROLES, *roles])
    return {code: _filled(code, roles.get(code, Role())) for code in codes}


def _filled(code: str, role: Role) -> Role:
    usual = DEFAULT_ROLES.get(code, Role(title=RoleTitle(ru=code, en=code)))
    title = RoleTitle(ru=role.title.ru or usual.title.ru, en=role.title.en or usual.title.en)
    metrics, result = role.metrics or usual.metrics, role.result or usual.result
    return Role(title=title, metrics=metrics, result=result, people=role.people)
