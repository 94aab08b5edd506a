"""Each planted story is found by the metrics alone, and next to nothing is found where nothing is planted.

Twenty seeds of ten months with 24 managers and few routine activities go the ordinary way: exports, import, build. All
stories of all seeds are found (the finders' thresholds are in finders.py); a story that is not is badly planted.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.demo import finders
from tests.demo.finders import Company
from voronka.bootstrap import additive_metrics, built_metrics, workplace
from voronka.demo.company import make_company
from voronka.demo.plan import DemoPlan, Story, Truth
from voronka.pipeline.building import build_core
from voronka.pipeline.importing import import_source

SEEDS = range(1, 21)
UNTIL = datetime.fromisoformat("2026-11-20 12:00")
FIRST = date(2026, 2, 1)
STREAMS = {
    "crm": ("employees", "teams", "leads", "deals", "deal_stages"),
    "telephony": ("extensions", "calls"),
    "mail": ("letters",),
    "messengers": ("messages",),
    "marketing": ("channels", "direct", "other_ads"),
}
"""What the finders ask about; the other streams are imported by the company's own tests."""


@contextmanager
def made(folder: Path, seed: int, *, stories: bool) -> Iterator[tuple[Company, Truth]]:
    """Make a company, load and build it, and yield the way to its figures with the truth about it."""
    plan = DemoPlan(seed=seed, months=10, volume=0.05, until=UNTIL, stories=stories)
    truth = make_company(folder, plan)
    with workplace(str(folder), lambda: UNTIL) as work:
        for name, streams in STREAMS.items():
            for outcome in import_source(work, work.sources[name], streams=streams):
                assert outcome.error is None, outcome.error
        build_core(work, additive_metrics(work.folder, work.settings))
    with built_metrics(str(folder), lambda: UNTIL) as metrics:
        yield Company(metrics, FIRST, UNTIL.date()), truth


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_every_planted_story_is_found(seed: int, tmp_path: Path) -> None:
    with made(tmp_path, seed, stories=True) as (company, truth):
        missed = [story for story in truth.stories if not is_found(company, story)]
    assert len(truth.stories) == 12
    assert missed == []


@pytest.mark.slow
def test_a_company_without_stories_has_next_to_none_found(tmp_path: Path) -> None:
    looked, false = 0, []
    for seed in SEEDS:
        with made(tmp_path / str(seed), seed, stories=False) as (company, truth):
            assert truth.stories == ()
            called = {kind: find(company) for kind, find in EVERYTHING.items()}
        looked += len(called)
        false += [(seed, kind, found) for kind, found in called.items() if found]
    assert len(false) <= 0.05 * looked, false


EVERYTHING: Mapping[str, Callable[[Company], Collection[object]]] = {
    **finders.PEOPLE,
    "call_series": finders.series_callers,
    "late_on_busy_days": finders.late_weekdays,
    "barren_channel": finders.barren_channels,
    "grey_zone": finders.grey_stages,
    "season": finders.seasonal_months,
    "lead_dip": finders.dipped_months,
}


def is_found(company: Company, story: Story) -> bool:
    """Say whether the finder of a story's kind names whom or what it is about."""
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


def follows(months: list[object], demand: dict[str, float]) -> bool:
    """Say whether the best months for sales came a month after more demand than the worst ones did."""
    before = [date.fromisoformat(f"{month}-01") - timedelta(days=1) for month in months]
    times = [demand[f"{day.month:02d}"] for day in before]
    return bool(times) and sum(times[:3]) > sum(times[-3:])
