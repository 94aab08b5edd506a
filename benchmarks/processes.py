"""The path of a large process: map, variants, conformance and funnel of a real log repeated, and Polars beside them.

`python -m benchmarks.processes FILE REPEATS [--beside]` runs in a process of its own, whose memory is told.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.worker import peak_bytes
from voronka import bootstrap
from voronka.analyses.alignment import Model
from voronka.analyses.conformance import conformance
from voronka.analyses.event_log import EventLog
from voronka.analyses.funnel import Funnel, FunnelStep, reached
from voronka.analyses.path_map import path_map
from voronka.analyses.variants import variants
from voronka.pipeline.foreign_logs import LogWish

STAGES = ("Assign seriousness", "Take in charge ticket", "Wait", "Resolve ticket", "Closed")
DAY = 86_400_000_000
WINDOW = 90 * DAY
TIMES = 5
_SECONDS = 1e6


@dataclass(frozen=True)
class Process:
    """What a log of so many events took: seconds of each analysis, the least of some, and bytes at most."""

    events: int
    seconds: Mapping[str, float]
    beside: Mapping[str, float]
    differs: tuple[str, ...]
    bytes: int


def measure(file: Path, repeats: int, *, beside: bool) -> Process:
    """Look at a log repeated so many times in a process of its own; `beside`: with Polars where it is installed."""
    command = [sys.executable, "-m", "benchmarks.processes", str(file), str(repeats), *(["--beside"] if beside else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Process(**told | {"differs": tuple(told["differs"])})


def repeated(log: EventLog, times: int) -> EventLog:
    """Return a log of so many copies of each case, each a case of its own."""
    lengths = np.tile(log.lengths, times)
    return EventLog(
        cases=range(len(lengths)),  # type: ignore[arg-type]  # names would only fill memory
        steps=log.steps,
        first=np.concatenate(([0], np.cumsum(lengths))),
        step=np.tile(log.step, times),
        at=np.tile(log.at, times),
    )


def main(file: str, repeats: str, *options: str) -> None:
    """Do it and print one line of JSON."""
    wish = LogWish(Path(file), "case_id", "activity", "timestamp")
    small = bootstrap.foreign_log(None, wish).log
    places = tuple(FunnelStep(name, (small.steps.index(name),)) for name in STAGES)
    asked: Mapping[str, Callable[[EventLog], object]] = {
        "map": path_map,
        "variants": variants,
        "conformance": lambda log: conformance(log, Model(STAGES)),
        "funnel": lambda log: reached(log, Funnel(places, window=WINDOW)),
    }
    seconds = {name: _least(small, int(repeats), call, TIMES if options else 1) for name, call in asked.items()}
    beside, differs = _beside(repeated(small, int(repeats))) if options else ({}, [])
    told = {"events": len(small.step) * int(repeats), "seconds": seconds, "beside": beside, "differs": differs}
    print(json.dumps({**told, "bytes": peak_bytes()}))


def _least(small: EventLog, repeats: int, call: Callable[[EventLog], object], times: int) -> float:
    """Return the least seconds of some calls, each on a log of its own: what one keeps, the next does not find."""
    found = []
    for _ in range(times):
        log = repeated(small, repeats)
        started = time.perf_counter()
        call(log)
        found.append(time.perf_counter() - started)
    return min(found)


def _beside(log: EventLog) -> tuple[dict[str, float], list[str]]:
    """Return what Polars takes for map, variants and funnel, and where its answers are others.

    The alignment has no plain version beside it: it is no query.
    """
    if find_spec("polars") is None:
        return {}, []
    polars: Any = import_module("polars")
    events = polars.DataFrame({"case": log.case, "step": log.step, "at": log.at})
    seconds: dict[str, float] = {}
    answers: dict[str, Any] = {}
    places = [log.steps.index(name) for name in STAGES]
    walk = partial(_funnel_of, places=places)
    asked: Mapping[str, Callable[..., Any]] = {"map": _map_of, "variants": _variants_of, "funnel": walk}
    for name, call in asked.items():
        taken = []
        for _ in range(TIMES):
            started = time.perf_counter()
            answers[name] = call(polars, events)
            taken.append(time.perf_counter() - started)
        seconds[name] = min(taken)
    ours = [(e.source, e.target, e.count, e.cases, e.calendar.median) for e in path_map(log).edges]
    theirs = [(r["step"], r["next"], r["count"], r["cases"], r["median"] / _SECONDS) for r in answers["map"].to_dicts()]
    differs = [] if sorted(ours) == sorted(theirs) else ["map"]
    counts = sorted(each.cases for each in variants(log).variants)
    differs += [] if counts == sorted(answers["variants"]["cases"].to_list()) else ["variants"]
    steps = tuple(FunnelStep(name, (place,)) for name, place in zip(STAGES, places, strict=True))
    went = [len(step.cases) for step in reached(log, Funnel(steps, window=WINDOW))]
    return seconds, differs + ([] if went == answers["funnel"] else ["funnel"])


def _map_of(polars: Any, events: Any) -> Any:  # noqa: ANN401 - of a library that need not be there
    col = polars.col
    # the events stand case by case: a shift over all of them is several times faster than one within each case
    followed = events.lazy().with_columns(next=col("step").shift(-1), took=col("at").shift(-1) - col("at"))
    followed = followed.filter(col("case") == col("case").shift(-1))
    figures = {
        "count": polars.len(),
        "cases": col("case").n_unique(),
        "median": col("took").median(),
        "mean": col("took").mean(),
        "p90": col("took").quantile(0.9, "linear"),
    }
    return followed.group_by("step", "next").agg(**figures).collect()


def _variants_of(polars: Any, events: Any) -> Any:  # noqa: ANN401 - the same
    col = polars.col
    way = col("step").cast(polars.String).str.join(",")
    cases = events.lazy().group_by("case", maintain_order=True).agg(way=way, took=col("at").last() - col("at").first())
    return (
        cases.group_by("way")
        .agg(cases=polars.len(), median=col("took").median(), mean=col("took").mean())
        .sort("cases", descending=True)
        .collect()
    )


def _funnel_of(polars: Any, events: Any, places: list[int]) -> list[int]:  # noqa: ANN401 - the same
    """Return how many cases reach each step, exactly: every chain counts, not only that of the first touch.

    Of all chains to an event the one that began latest is the shortest: it is that of the last event before it, in its
    case, of the step before, since a later event is never the end of chains that all began earlier.
    """
    col = polars.col
    rows = events.lazy().select(case=col("case"), at=col("at"), step=col("step"))
    chains = rows.filter(col("step") == places[0]).select("case", "at", begun=col("at"))
    counts = [chains.select(col("case").n_unique())]
    for place in places[1:]:
        here = rows.filter(col("step") == place).select("case", "at")
        found = here.join_asof(chains, on="at", by="case", strategy="backward", check_sortedness=False)
        chains = found.filter(col("at") - col("begun") <= WINDOW)
        counts.append(chains.select(col("case").n_unique()))
    return [each.item() for each in polars.collect_all(counts)]


if __name__ == "__main__":
    main(*sys.argv[1:])
