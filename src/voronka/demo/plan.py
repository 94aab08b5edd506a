"""What a made company is asked to be, and the truth about it that its makers know."""

import json
import zlib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from voronka.domain.errors import QuestionError

ZONE = "Europe/Moscow"
MANAGERS = (5, 2000)
MONTHS = (3, 60)


@dataclass(frozen=True, kw_only=True)
class DemoPlan:
    """The size of a made company: `until` is its now (UTC, without a zone), `volume` scales routine activities.

    One seed and one `until` always give the same files, byte for byte.
    """

    until: datetime
    seed: int = 1
    managers: int = 24
    months: int = 24
    stories: bool = True
    volume: float = 1.0

    def __post_init__(self) -> None:
        _within("managers", self.managers, MANAGERS)
        _within("months", self.months, MONTHS)
        if not 0 < self.volume <= 10:  # noqa: PLR2004 - ten times a busy department is nobody's day
            raise QuestionError(f"the volume is above 0 and at most 10, not {self.volume}")

    @property
    def now(self) -> int:
        """Return the company's now as seconds of its local clock since 1970."""
        zone = ZoneInfo(ZONE)
        local = self.until.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None)
        return int(np.datetime64(local, "s").astype(np.int64))

    @property
    def today(self) -> int:
        """Return the company's today as days since 1970."""
        return self.now // 86400

    @property
    def first_day(self) -> int:
        """Return the first day of data: the first of a month, so that `months` months end with the running one."""
        month = np.datetime64(self.today, "D").astype("M8[M]") - (self.months - 1)
        return int(month.astype("M8[D]").astype(np.int64))

    def draws(self, *subject: object) -> np.random.Generator:
        """Return the generator of a subject: what one draws does not move what another does."""
        words = zlib.crc32("/".join(str(part) for part in subject).encode())
        return np.random.default_rng([self.seed, words])


def _within(name: str, value: int, bounds: tuple[int, int]) -> None:
    if not bounds[0] <= value <= bounds[1]:
        raise QuestionError(f"a made company has {bounds[0]} to {bounds[1]} {name}, not {value}")


@dataclass(frozen=True)
class Story:
    """One planted thing: its kind, who or what it is about (ids and names as the exports have them), when, how much."""

    kind: str
    who: str = ""
    name: str = ""
    where: str = ""
    first_day: str = ""
    last_day: str = ""
    effect: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Truth:
    """What is planted in a made company, nothing in a control one, and how many rows its exports hold."""

    stories: tuple[Story, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> Story:
        """Return the story of a kind; KeyError where it was not planted."""
        found = {story.kind: story for story in self.stories}
        return found[kind]

    def as_json(self) -> str:
        """Return the text of truth.json."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"
