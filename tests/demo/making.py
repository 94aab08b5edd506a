"""Makes the companies in which stories are looked for: ten months with 24 managers and few routine activities.

They go the ordinary way: exports, import, build. The same seeds are made with stories and without: a few with every
run of the tests, all twenty by `make stories`.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from tests.demo import finders, page_finders, process_finders
from tests.demo.finders import Company
from voronka.bootstrap import additive_metrics, built_metrics, workplace
from voronka.demo.company import make_company
from voronka.demo.plan import DemoPlan, Truth
from voronka.pipeline.building import build_core
from voronka.pipeline.importing import import_source

SEEDS = range(1, 1 + int(os.environ.get("VORONKA_TEST_SEEDS", "6")))
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
EVERYTHING: Mapping[str, Callable[[Company], Collection[object]]] = {
    **finders.PEOPLE,
    "call_series": finders.series_callers,
    "late_on_busy_days": finders.late_weekdays,
    "barren_channel": finders.barren_channels,
    "grey_zone": finders.grey_stages,
    "season": finders.seasonal_months,
    "lead_dip": finders.dipped_months,
    "grey_zone_on_top": process_finders.largest_grey_zone,
    "late_days_on_top": process_finders.late_days_and_load,
    "series_on_calls": page_finders.series_on_calls,
    "without_calls_on_activity": page_finders.without_calls_on_activity,
    "late_days_on_leads": page_finders.late_days_on_leads,
    "grey_zone_on_path": page_finders.grey_zone_on_path,
}
"""What is looked for, by the kind of a story."""


@contextmanager
def made(folder: Path, seed: int, *, stories: bool) -> Iterator[tuple[Company, Truth]]:
    """Make a company, load and build it, and yield the way to its figures with the truth about it."""
    plan = DemoPlan(seed=seed, months=10, volume=0.05, until=UNTIL, stories=stories)
    truth = loaded(folder, plan, STREAMS)
    with built_metrics(str(folder), lambda: UNTIL) as metrics:
        yield Company(metrics, FIRST, UNTIL.date()), truth


def loaded(folder: Path, plan: DemoPlan, streams: Mapping[str, Sequence[str]] | None = None) -> Truth:
    """Make a company, import its exports (of these sources' streams, else all), build it; return the truth about it."""
    truth = make_company(folder, plan)
    with workplace(str(folder), lambda: plan.until) as work:
        for name in streams or work.sources:
            for outcome in import_source(work, work.sources[name], streams=streams[name] if streams else ()):
                assert outcome.error is None, outcome.error
        build_core(work, additive_metrics(work.folder, work.settings))
    return truth
