"""The funnel of a file, from its bytes to the JSON, beside a search through all tuples of times."""

import json
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from voronka.cli.main import main

STEPS = ["Form", "Call", "Deal"]
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
DAY = 24 * 60
Events = dict[int, str]
"""What happened to a case, by the minute; one thing at a time."""


@pytest.mark.parametrize("seed", range(3))
def test_steps_that_repeat_are_counted_as_a_search_through_all_tuples_counts_them(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)  # noqa: S311 - a repeatable draw
    cases = {f"case {n}": random_events(chance) for n in range(400)}
    result = CliRunner().invoke(main, asked_of(written(cases, chance, tmp_path / "log.csv"), "--window", "14d"))
    found = json.loads(result.stdout)["steps"]
    wanted = [sum(reaches(events, depth) for events in cases.values()) for depth in (1, 2, 3)]
    assert wanted[0] > wanted[1] > wanted[2] > 0
    assert [step["cases"] for step in found] == wanted
    assert [step["overall"] for step in found] == [pytest.approx(100 * each / wanted[0]) for each in wanted]
    assert found[2]["step_conversion"] == pytest.approx(100 * wanted[2] / wanted[1])


def random_events(chance: Random) -> Events:
    """Return up to nine events within forty days."""
    return {chance.randrange(40 * DAY): chance.choice([*STEPS, "Form", "Mail"]) for _ in range(chance.randint(1, 9))}


def written(cases: dict[str, Events], chance: Random, file: Path) -> Path:
    """Write the log with its rows in no order at all."""
    rows = [
        f"{case},{name},{BEGUN + timedelta(minutes=at):%d.%m.%Y %H:%M}"
        for case, events in cases.items()
        for at, name in events.items()
    ]
    chance.shuffle(rows)
    file.write_text("\n".join(["id,what,when", *rows]), encoding="utf-8")
    return file


def asked_of(file: Path, *options: str) -> list[str]:
    columns = ["--case", "id", "--activity", "what", "--time", "when", "--time-zone", "UTC"]
    return ["funnel", "--log", str(file), *columns, "--steps", ",".join(STEPS), *options, "--format", "json"]


def reaches(events: Events, depth: int) -> bool:
    """Say whether times t1 <= .. <= tk of the first k steps exist with tk - t1 <= 14 days."""
    times = [[at for at, name in events.items() if name == step] for step in STEPS[:depth]]
    return any(list(chain) == sorted(chain) and chain[-1] - chain[0] <= 14 * DAY for chain in product(*times))
