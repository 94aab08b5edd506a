"""The settings about leads as the core's SQL knows them: rules as expressions, limits as numbers, roles as rows."""

from collections.abc import Mapping
from datetime import date, timedelta

from voronka.domain.lead_rules import rule_sql
from voronka.lake.session import literal
from voronka.settings import Settings

_EVER, _NEVER = date(1900, 1, 1), date(9999, 12, 31)


def lead_settings_in_sql(settings: Settings) -> Mapping[str, str]:
    """Return what the core's SQL calls $name, each as it is written there."""
    reasons = sorted({reason.strip().lower() for reason in settings.profile.off_profile_reasons})
    filled = " + ".join(f"CASE WHEN f.{name} IS NULL THEN 0 ELSE 1 END" for name in settings.handover.required)
    return {
        "profile_rule": rule_sql(settings.profile.rule),
        "has_profile_rule": str(bool(settings.profile.rule)).lower(),
        "hot_rule": rule_sql(settings.temperature.hot),
        "warm_rule": rule_sql(settings.temperature.warm),
        "cold_rule": rule_sql(settings.temperature.cold),
        "off_profile_reasons": f"({', '.join(literal(reason) for reason in reasons) or 'CAST(NULL AS TEXT)'})",
        "has_off_profile_reasons": str(bool(reasons)).lower(),
        "required_filled": f"({filled})" if filled else "0",
        "required_count": str(len(settings.handover.required)),
    }


def role_people(settings: Settings) -> list[dict[str, object]]:
    """Return one row per role, person and span of whole days [valid_from, valid_to) that the settings name."""
    return [
        {
            "role": code,
            "employee": holder.employee,
            "valid_from": holder.from_ or _EVER,
            "valid_to": holder.to + timedelta(days=1) if holder.to else _NEVER,
        }
        for code, role in settings.roles.items()
        for holder in role.people
    ]
