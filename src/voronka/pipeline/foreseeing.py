"""Counts, before anything is written, what figures would be: by the records and days that the build would settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from voronka.settings import Settings
from voronka.transform.calendar import calendar_days
from voronka.transform.pipelines import Pipeline, Stage, stage_key


@dataclass(frozen=True)
class StandingRecord:
    """A lead or deal as it was built: the stage that it stands in, as the build called it, and its outcome."""

    id: str
    stage: str | None
    outcome: str | None


@dataclass(frozen=True)
class StageCounts:
    """Records of a pipeline as they stand: by outcome, outside its stages, by the milestones that stages tell."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    outside: int = 0
    milestones: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkingTime:
    """The working days of a span, and their hours."""

    days: int
    hours: float


@dataclass(frozen=True)
class Restaging:
    """What a pipeline makes of stages that were built under another state of it, None: under no file.

    What a stage of before was called by stays together or is told apart: records of one whose names now mean several
    stages cannot be told apart before a build.
    """

    before: Pipeline | None
    after: Pipeline

    def unclear(self, met: Iterable[str]) -> list[str]:
        """Return those of the stages met in the data whose names go different ways."""
        return sorted(each for each in set(met) if len(self._ways(each)) > 1)

    def stage(self, built: str | None) -> Stage | None:
        """Return the stage that one of the built data becomes, None for outside."""
        return None if built is None else next(iter(self._ways(built).values()))

    def outcome(self, record: StandingRecord) -> str:
        """Return the outcome of a record: what its source says of it itself stays."""
        was, is_ = self._old.get(record.stage or ""), self.stage(record.stage)
        told = record.outcome or "open"
        return told if told != (was.outcome if was else "open") else (is_.outcome if is_ else "open")

    @property
    def _old(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.before.stages} if self.before else {}

    def _ways(self, built: str) -> dict[str, Stage | None]:
        stage = self._old.get(built)
        keys = stage.keys if stage else (stage_key(built),)
        known = {key: each for each in self.after.stages for key in each.keys}
        found = (known.get(key) for key in keys)
        return {each.id if each else "": each for each in found}


def stage_counts(
    restaging: Restaging, standing: Iterable[StandingRecord], entered: Iterable[tuple[str, str]]
) -> StageCounts:
    """Return the records of a pipeline as a build would settle them; `entered` are records with stages they were in.

    A milestone is reached by whoever was in its first stage or a later one that is not lost.
    """
    places = {stage.id: place for place, stage in enumerate(restaging.after.stages)}
    outcomes, outside = Counter[str](), 0
    farthest: dict[str, int] = defaultdict(lambda: -1)
    records = list(standing)
    for record in records:
        outcomes[restaging.outcome(record)] += 1
        outside += record.stage is not None and restaging.stage(record.stage) is None
    known = {record.id for record in records}
    now = ((record.id, record.stage) for record in records if record.stage is not None)
    for record_id, built in (*now, *((each, stage) for each, stage in entered if each in known)):
        stage = restaging.stage(built)
        if stage is not None and stage.outcome != "lost":
            farthest[record_id] = max(farthest[record_id], places[stage.id])
    first: dict[str, int] = {}
    for stage in restaging.after.stages:
        if stage.milestone:
            first.setdefault(stage.milestone, places[stage.id])
    reached = {name: sum(far >= place for far in farthest.values()) for name, place in first.items()}
    return StageCounts(dict(outcomes), outside, reached)


def working_time(settings: Settings, first: date, last: date) -> WorkingTime:
    """Return the working time from one day to another, both inside, by the calendar of the settings."""
    days = [
        day
        for day in calendar_days(settings.calendar, last.year, settings.language)
        if first <= day["day"] <= last and day["is_working"]
    ]
    return WorkingTime(len(days), sum(day["working_seconds"] for day in days) / 3600)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
