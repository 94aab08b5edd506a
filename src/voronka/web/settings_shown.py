"""A company's settings as its file says them now, each with its default, and who changed what of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from holidays.registry import EntityLoader
from phonenumbers import SUPPORTED_REGIONS
from pydantic import BaseModel

from voronka.domain.access import Right
from voronka.domain.errors import VoronkaError
from voronka.domain.lead_rules import LEAD_FIELDS
from voronka.domain.required_fields import FIELDS
from voronka.domain.roles import DEFAULT_ROLES
from voronka.pipeline.company_settings import Change, SettingsFile, can_undo, changes, default_of
from voronka.pipeline.sentences import refusal_in
from voronka.pipeline.setting_lines import said_at
from voronka.pipeline.settings_sections import SECTIONS, Offered, offered
from voronka.settings import FILE, Settings
from voronka.web.settings_shapes import SettingsChangeShown, SettingShown, SettingsShown, SettingStep
from voronka.web.visitor import Visitor

LAST = 12
"""Changes that are told, the newest first."""


def settings_shown(visitor: Visitor, language: str) -> SettingsShown:
    """Return the settings that pages set; those that hold where the file is broken, and what is wrong with it."""
    company = visitor.company
    fault, file = "", None
    settings, said = company.settings, dict[str, Any]()
    try:
        file = SettingsFile.of(company.folder)
        settings, said = file.settings, dict(file.said)
        if settings != company.settings:  # what is well-formed may still not hold: a metric that nobody defines
            company.metrics_under(settings)
    except VoronkaError as broken:
        fault = refusal_in(language, broken.sentence())
    return SettingsShown(
        file=FILE,
        seen=file.stamp if file else "",
        sections=list(SECTIONS),
        settings=[_shown(visitor, each, settings, said) for each in offered_to(visitor, settings)],
        changes=_changes(visitor, file),
        may_change=visitor.may(Right.SETTINGS) and file is not None,
        is_behind=_is_behind(visitor),
        fault=fault,
    )


def offered_to(visitor: Visitor, settings: Settings) -> list[Offered]:
    """Return the settings that pages set of this company."""
    known = visitor.company.metrics.catalogue
    return list(offered(settings, tuple(each.name for each in known.listed() if len(each.alternatives) > 1)))


def _shown(visitor: Visitor, each: Offered, settings: Settings, said: Mapping[str, Any]) -> SettingShown:
    return SettingShown(
        name=each.name,
        section=each.section,
        kind=each.kind,
        value=_value(each, settings),
        usual=_usual(visitor, each),
        is_set=said_at(said, each.path) is not None,
        is_built=each.is_built,
        choices=_choices(visitor, each),
    )


def _value(each: Offered, settings: Settings) -> Any:  # noqa: ANN401 - whatever JSON holds
    found: Any = settings
    for part in each.path:
        found = found.get(part) if isinstance(found, Mapping) else getattr(found, part)
    return _plain(found)


def _usual(visitor: Visitor, each: Offered) -> Any:  # noqa: ANN401 - whatever JSON holds
    if each.section == "metrics":
        return {"use": _variants(visitor, each)[0], "since": None}
    if each.section == "roles" and each.path[1] not in DEFAULT_ROLES:
        return each.path[1] if each.path[2] == "title" else [] if each.kind == "metrics" else ""
    return _plain(default_of(each))


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _choices(visitor: Visitor, each: Offered) -> list[str]:
    if each.kind == "fields":
        return list(LEAD_FIELDS if each.section == "leads" else FIELDS[each.path[-1]])
    if each.kind == "variant":
        return _variants(visitor, each)
    return list(_known().get(each.kind, ()))


def _variants(visitor: Visitor, each: Offered) -> list[str]:
    return [one.name for one in visitor.company.metrics.catalogue.metric(each.path[-1]).alternatives]


@cache
def _known() -> Mapping[str, tuple[str, ...]]:
    zones = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right")))
    return {
        "language": ("ru", "en"),
        "zone": ("UTC", *sorted(zones)),
        "country": (
            "",
            *sorted(
                code
                for code in EntityLoader.get_country_codes(include_aliases=False)
                if not code.startswith("X") and code.isalpha()
            ),
        ),
        "phone_country": tuple(sorted(SUPPORTED_REGIONS)),
    }


def _is_behind(visitor: Visitor) -> bool:
    """Say whether what the figures are built with was changed here since they were built."""
    company = visitor.company
    built = company.built_at()
    if built is None:
        return False
    made = (each.at for each in changes(company.folder) if any(step.is_built for step in each.steps))
    return max(made, default=built) > built


def _changes(visitor: Visitor, file: SettingsFile | None) -> list[SettingsChangeShown]:
    last = changes(visitor.company.folder)[: -LAST - 1 : -1]
    return [_change(visitor, each, file) for each in last]


def _change(visitor: Visitor, each: Change, file: SettingsFile | None) -> SettingsChangeShown:
    return SettingsChangeShown(
        number=each.number,
        at=visitor.company.local(each.at).replace(microsecond=0),
        by=each.by,
        action=each.action,
        steps=[SettingStep(name=step.name, section=step.section, was=step.was, now=step.now) for step in each.steps],
        can_undo=file is not None and can_undo(file, each),
    )
