from datetime import datetime

import pytest

from voronka.settings import QualitySettings, RequiredFields
from voronka.transform.quality_checks import (
    FOUND,
    check_rows,
    issues_select,
    quality_checks,
    told_select,
)

SETTINGS = QualitySettings()
LOADED = datetime.fromisoformat("2026-03-02 09:00")


def test_every_check_is_told_in_both_languages_and_has_a_name_of_its_own() -> None:
    checks = quality_checks(SETTINGS)
    for check in checks:
        assert {tuple(sorted(words)) for words in (check.title, check.meaning, check.action)} == {("en", "ru")}
        assert check.kind in {"empty", "contradictory", "stale", "duplicate", "odd", "mapping"}
        assert check.severity in {"high", "medium", "low"}
    assert len({check.name for check in checks}) == len(checks)


def test_every_file_of_a_check_is_told_of_and_every_check_has_one() -> None:
    everything = RequiredFields.model_validate({"deals": ["amount", "product"], "calls": ["client"]})
    checks = {check.name: check for check in quality_checks(QualitySettings(required=everything))}
    assert "FROM fct_deals\nWHERE\n  product_id IS NULL" in checks["deal_without_product"].select
    assert checks["deal_without_product"].needs == ("fct_deals.product_id",)
    assert checks["deal_without_product"].title["ru"] == "Сделка без продукта"
    assert "JOIN told" in checks["deal_without_amount"].select
    assert "deal_without_channel" not in checks
    assert [check.name for check in checks.values() if check.select == "None"] == []


def test_one_row_stands_for_each_thing_that_a_check_needs() -> None:
    rows = [row for row in check_rows(SETTINGS, "ru") if row["check_name"] == "closed_before_created"]
    assert [(row["need"], row["title"]) for row in rows] == [
        ("fct_deals.created_at", "Закрыта раньше, чем создана"),
        ("fct_deals.closed_at", "Закрыта раньше, чем создана"),
    ]
    (alone,) = [row for row in check_rows(SETTINGS, "en") if row["check_name"] == "unknown_outcome"]
    assert (alone["need"], alone["class"]) == (None, "mapping")


def test_either_of_two_columns_is_enough() -> None:
    sql = told_select(SETTINGS)
    assert (
        "'fct_deals.account_id|fct_deals.contact_id' AS need, "
        "EXISTS (SELECT 1 FROM fct_deals WHERE account_id IS NOT NULL) OR "
        "EXISTS (SELECT 1 FROM fct_deals WHERE contact_id IS NOT NULL) AS is_told"
    ) in sql


def test_days_and_the_newest_load_are_put_into_the_checks() -> None:
    sql = issues_select(QualitySettings(stale_days=5), LOADED)
    assert "last_day + CAST(5 AS INTEGER)" in sql
    assert "CAST('2026-03-02T09:00:00' AS TIMESTAMP) + INTERVAL 1 DAY" in sql
    assert "$zone" in sql  # the build's own setting is left to it
    for name, _ in FOUND:
        assert f'AS "{name}"' in sql


@pytest.mark.parametrize("name", ["stage_before_created", "done_in_the_future", "no_exchange_rate"])
def test_a_check_of_several_kinds_of_records_says_of_each_what_it_is(name: str) -> None:
    (check,) = [check for check in quality_checks(SETTINGS) if check.name == name]
    assert check.found(SETTINGS, LOADED).startswith(f"SELECT '{name}' AS check_name, q.* FROM (")
