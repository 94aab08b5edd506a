"""The grid of plans as a file: a title per period that is read back as the same period."""

from datetime import date

import pytest

from voronka.reports.plan_block import named_period
from voronka.reports.plan_files import period_title
from voronka.reports.plan_grid import PlanGrain, grid_columns
from voronka.reports.tables import Language


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("grain", ["week", "month", "quarter"])
def test_the_title_of_a_period_names_it_alone(grain: PlanGrain, language: Language) -> None:
    columns = grid_columns(grain, date(2025, 6, 1), date(2026, 7, 1), date(2026, 1, 1))
    assert [named_period(period_title(each, grain, language), columns) for each in columns] == list(columns)
