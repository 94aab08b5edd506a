from datetime import date

from voronka.settings import Settings
from voronka.transform.lead_settings import lead_settings_in_sql, role_people


def test_a_company_that_sets_nothing_asks_for_nothing() -> None:
    said = lead_settings_in_sql(Settings())
    assert said["profile_rule"] == "CAST(NULL AS BOOLEAN)"
    assert (said["required_filled"], said["required_count"]) == ("0", "0")
    assert said["off_profile_reasons"] == "(CAST(NULL AS TEXT))"


def test_required_fields_are_counted_and_reasons_are_text() -> None:
    given = {"handover": {"required": ["phone", "size"]}, "profile": {"off_profile_reasons": ["Don't call ", "No"]}}
    said = lead_settings_in_sql(Settings.model_validate(given))
    assert said["required_filled"] == (
        "(CASE WHEN f.phone IS NULL THEN 0 ELSE 1 END + CASE WHEN f.size IS NULL THEN 0 ELSE 1 END)"
    )
    assert said["off_profile_reasons"] == "('don''t call', 'no')"


def test_the_last_day_of_a_role_is_held() -> None:
    holders = [{"employee": "Anna", "to": date(2026, 2, 9)}, {"employee": "Boris", "from": date(2026, 2, 10)}]
    settings = Settings.model_validate({"roles": {"ae": {"people": holders}}})
    assert role_people(settings) == [
        {"role": "ae", "employee": "Anna", "valid_from": date(1900, 1, 1), "valid_to": date(2026, 2, 10)},
        {"role": "ae", "employee": "Boris", "valid_from": date(2026, 2, 10), "valid_to": date(9999, 12, 31)},
    ]
