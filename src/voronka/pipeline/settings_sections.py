"""Which settings of a company's file pages show and set, section by section, and what kind of value each has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from voronka.settings import Settings

Kind = Literal[
    "text",
    "rule",
    "language",
    "currency",
    "zone",
    "country",
    "phone_country",
    "hours",
    "weekdays",
    "days",
    "whole",
    "number",
    "range",
    "numbers",
    "texts",
    "fields",
    "metrics",
    "metric",
    "variant",
]
"""What a value is, by which a page chooses how it is asked for."""

_PLAIN: Mapping[str, Mapping[str, Kind]] = {
    "company": {
        "name": "text",
        "language": "language",
        "currency": "currency",
        "time_zone": "zone",
        "phones.country": "phone_country",
    },
    "calendar": {
        "calendar.working_hours": "hours",
        "calendar.working_days": "weekdays",
        "calendar.country": "country",
        "calendar.days_off": "days",
        "calendar.days_on": "days",
    },
    "roles": {},
    "metrics": {},
    "leads": {
        "profile.rule": "rule",
        "profile.off_profile_reasons": "texts",
        "temperature.hot": "rule",
        "temperature.warm": "rule",
        "temperature.cold": "rule",
        "temperature.hot_range": "range",
        "temperature.warm_range": "range",
        "temperature.cold_range": "range",
        "handover.required": "fields",
        "touches.window_days": "whole",
        "phones.switchboard_leads": "whole",
    },
    "times": {
        "regulations.first_response_minutes": "whole",
        "regulations.accept_minutes": "whole",
        "regulations.call_back_minutes": "whole",
        "regulations.next_task_minutes": "whole",
        "regulations.stalled_days": "whole",
        "ramp.months": "numbers",
        "minutes.per_email": "number",
        "score.cap": "number",
    },
    "quality": {
        "quality.required.deals": "fields",
        "quality.required.leads": "fields",
        "quality.required.contacts": "fields",
        "quality.required.accounts": "fields",
        "quality.required.calls": "fields",
        "quality.stale_days": "whole",
        "quality.untouched_days": "whole",
        "quality.overdue_days": "whole",
        "quality.duplicate_days": "whole",
        "quality.backdated_days": "whole",
        "quality.stage_days": "whole",
        "quality.task_contact_hours": "whole",
        "quality.bulk_tasks": "whole",
        "quality.short_call_seconds": "whole",
        "quality.short_call_series": "whole",
        "quality.short_call_minutes": "whole",
    },
}
_OF_ROLE: Mapping[str, Kind] = {"title.ru": "text", "title.en": "text", "metrics": "metrics", "result": "metric"}
_AT_ONCE = ("name", "variants.", "roles.", "minutes.", "score.")
"""What figures are asked with, and not built with."""

SECTIONS = tuple(_PLAIN)
"""The sections, in the order in which pages show them."""


@dataclass(frozen=True)
class Offered:
    """A setting that pages set: its dotted name in voronka.toml, the section that it stands in, what its value is."""

    name: str
    section: str
    kind: Kind

    @property
    def path(self) -> tuple[str, ...]:
        """Return the names of the tables, then the key."""
        if self.section == "metrics":
            return tuple(self.name.split(".", 1))  # a metric's name may be of several parts
        return tuple(self.name.split("."))

    @property
    def is_built(self) -> bool:
        """Say whether the figures have to be built anew when it changes."""
        return not (self.name == _AT_ONCE[0] or self.name.startswith(_AT_ONCE[1:]))


_NEW_ROLE = re.compile(r"roles\.[a-z][a-z0-9_]{0,39}\.(.+)")


def of_new_role(name: str) -> Offered | None:
    """Return the setting of a role that the file does not know yet; None where the name is of no role."""
    found = _NEW_ROLE.fullmatch(name)
    kind = _OF_ROLE.get(found[1]) if found else None
    return Offered(name, "roles", kind) if kind else None


def offered(settings: Settings, with_variants: tuple[str, ...] = ()) -> Iterator[Offered]:
    """Give every setting that pages set, in their order; `with_variants` are the metrics that have variants."""
    for section, names in _PLAIN.items():
        for name, kind in names.items():
            yield Offered(name, section, kind)
        if section == "roles":
            codes = (code for code in settings.roles if code.isidentifier())
            for code in codes:
                yield from (Offered(f"roles.{code}.{key}", section, kind) for key, kind in _OF_ROLE.items())
        if section == "metrics":
            yield from (Offered(f"variants.{name}", section, "variant") for name in with_variants)
