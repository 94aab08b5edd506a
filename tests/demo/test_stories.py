"""Each planted story is found by the metrics alone.

All stories of all seeds are found (the finders' thresholds are in finders.py); a story that is not is badly planted.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.demo import finders, page_finders, process_finders
from tests.demo.finders import Company
from tests.demo.making import EVERYTHING, SEEDS, made
from voronka.demo.plan import Story


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_story_is_found(seed: int, tmp_path: Path) -> None:
    with made(tmp_path, seed, stories=True) as (company, truth):
        missed = [story for story in truth.stories if not is_found(company, story)]
    assert len(truth.stories) == 12
    assert missed == []


def is_found(company: Company, story: Story) -> bool:
    """Say whether the finder of a story's kind names whom or what it is about."""
    if not is_on_top(company, story):
        return False
    found = EVERYTHING[story.kind](company)
    if story.kind == "five_second_calls" and finders.series_callers(company) != {story.who}:
        return False
    if story.kind in finders.PEOPLE:
        return story.who in found
    if story.kind == "season":
        return follows(list(found), story.effect["leads_times_by_month"])
    wanted: dict[str, set[object]] = {
        "late_on_busy_days": set(story.effect.get("weekdays", ())),
        "barren_channel": {story.where},
        "grey_zone": {story.where},
        "lead_dip": {story.first_day[:7]},
    }
    return set(found) == wanted[story.kind]


def is_on_top(company: Company, story: Story) -> bool:
    """Say whether the page that a story belongs to names it first, in words; of other stories nothing is asked."""
    weekdays = set(story.effect.get("weekdays", ()))
    if story.kind == "grey_zone":
        zones = process_finders.largest_grey_zone(company), page_finders.grey_zone_on_path(company)
        return zones == ({story.where}, {story.where})
    if story.kind == "late_on_busy_days":
        days = process_finders.late_days_and_load(company), page_finders.late_days_on_leads(company)
        return days == (weekdays, weekdays)
    if story.kind == "no_calls":
        return page_finders.without_calls_on_activity(company) == {story.who}
    if story.kind == "five_second_calls":
        return page_finders.series_on_calls(company) == {story.who}
    return True


def follows(months: list[object], demand: dict[str, float]) -> bool:
    """Say whether the best months for sales came a month after more demand than the worst ones did."""
    before = [date.fromisoformat(f"{month}-01") - timedelta(days=1) for month in months]
    times = [demand[f"{day.month:02d}"] for day in before]
    return bool(times) and sum(times[:3]) > sum(times[-3:])
