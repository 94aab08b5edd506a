"""Makes a company, imports, builds and asks; prints what was reached beside goals and limits."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import deltalake
import duckdb

from benchmarks.asking import ask_all, now
from benchmarks.crashes import crash
from benchmarks.generate import Size, make_company, make_exchange
from benchmarks.large_files import load_large, look_at_file
from benchmarks.load import USERS, Reached, measure_load
from benchmarks.pages import Pages, measure_pages
from benchmarks.processes import measure

RATIO_GOAL, RATIO_LIMIT = 1.15, 1.5
BUILD_GOAL, BUILD_LIMIT, BUILD_BYTES = 60, 180, 6_000_000_000
IMPORT_GOAL, IMPORT_LIMIT, IMPORT_BYTES = 5, 15, 600_000_000
WIRE_GOAL, DRAWN_GOAL, CACHED_GOAL, UNCACHED_GOAL = 350, 1.5, 150, 500
OVERVIEW_GOAL, OVERVIEW_LIMIT, KEPT_GOAL = 300, 1000, 5
LOOK_MEGABYTES, LOOK_LIMIT, LOOK_BYTES = 10, 10, 500_000_000
LARGE, LARGE_LIMIT, LARGE_BYTES = (1_000_000, 5_000_000), 20, 1_000_000_000
KILLS = 50
MANAGERS, MANY_MANAGERS = 24, 415
LOAD_MANAGERS, LOAD_WORKERS = 42, 2
WAITED = {"first asked": (800, 2500), "kept": (100, 300), "not asked before": (800, 2500)}
"""Goal and limit in milliseconds of what nineteen answers of twenty take under load."""
SLOWEST = 8
PROCESS = {"map": (0.5, 1.5), "variants": (0.4, 1.2), "conformance": (1, 3), "funnel": (1, 3)}
"""Goal and limit in seconds of each analysis of a process of 1.3 million events."""
PROCESS_REPEATS, LARGE_PROCESS_REPEATS, PROCESS_BYTES = 61, 937, 8_000_000_000
HELPDESK = Path("event-logs") / "helpdesk.csv"
PARTS = ("queries", "import", "build", "pages", "files", "crashes", "process", "load")
APART = ("pages", "files", "crashes", "process", "load")
"""Parts that do not stand on the made company."""


@dataclass
class Run:
    """One run: where the folders lie, how much is made, and what was not held."""

    folder: Path
    size: Size
    scale: float = 1.0
    broken: list[str] = field(default_factory=list)

    def hold(self, what: str, value: float, limit: float) -> None:
        """Note a limit that is broken."""
        if value > limit:
            self.broken.append(f"{what}: {value:,.2f} is over the limit of {limit:,.2f}")

    def work(self, what: str, company: str) -> dict[str, Any]:
        """Run an import or a build in a process of its own and return what it told."""
        command = [sys.executable, "-m", "benchmarks.worker", what, str(self.folder / company)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        self.broken += [f"{load['stream']}: {load['error']}" for load in told.get("loads", ()) if load["error"]]
        return told


def main() -> int:
    """Run what is asked for and return 1 where a limit is broken."""
    asked = _arguments()
    print(
        f"{now()}; Python {platform.python_version()}, DuckDB {duckdb.__version__}, deltalake {deltalake.__version__}"
    )
    with _folder(asked.keep) as folder:
        run = Run(folder, Size.scaled(asked.scale), asked.scale)
        if asked.only in (None, "import"):
            _measure_exchange(run)
        if asked.only not in APART:
            _measure_company(run, asked.only)
        if asked.only in (None, "files"):
            _measure_files(run)
        if asked.only in (None, "crashes"):
            _measure_crashes(run)
        if asked.only in (None, "process"):
            _measure_processes(run)
        if asked.only in (None, "pages"):
            _measure_pages(run)
        if asked.only in (None, "load"):
            _measure_load(run)
    for line in run.broken:
        print(f"BROKEN  {line}")
    return 1 if run.broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="how much of 10M activities is made, such as 0.001")
    parser.add_argument("--only", choices=PARTS, help="print only this part; what it stands on is made all the same")
    parser.add_argument(
        "--keep", type=Path, help="a folder to work in that is kept, and taken up again when it is there"
    )
    return parser.parse_args()


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="voronka-benchmarks-") as folder:
        yield Path(folder)


def _measure_exchange(run: Run) -> None:
    if (run.folder / "exchange").exists():
        print("import of the cp1251 CSV: left out, the folder is there already")
        return
    make_exchange(run.folder / "exchange", run.size)
    told = run.work("import", "exchange")
    _print_cost(
        f"import of {run.size.calls:,} rows of a cp1251 CSV",
        told,
        f"goal {IMPORT_GOAL} s, limit {IMPORT_LIMIT} s, 600 MB",
    )
    run.hold("seconds of the CSV's import", told["seconds"], IMPORT_LIMIT)
    run.hold("bytes of the CSV's import", told["bytes"], IMPORT_BYTES)


def _measure_company(run: Run, only: str | None) -> None:
    if not (run.folder / "company").exists():
        make_company(run.folder / "company", run.size)
        told = run.work("import", "company")
        if only in (None, "import"):
            _print_cost(f"import of {run.size.activities:,} activities and the rest", told, "no limit set")
    if only != "import":
        _measure_build(run, shown=only != "queries")
    if only in (None, "queries"):
        _measure_queries(run)


def _measure_build(run: Run, *, shown: bool) -> None:
    if (run.folder / "company" / "lake" / "core").exists():
        print("build: left out, the core is there already")
        return
    told = run.work("build", "company")
    _check_rows(run, {table["table"]: table["rows"] for table in told["tables"]})
    if not shown:
        return
    _print_cost("build", told, f"goal {BUILD_GOAL} s, limit {BUILD_LIMIT} s, 6 GB")
    for table in sorted(told["tables"], key=lambda table: -table["seconds"])[:SLOWEST]:
        print(f"  {table['table']:24} {table['rows']:>12,} rows {table['seconds']:8.2f} s")
    run.hold("seconds of the build", told["seconds"], BUILD_LIMIT)
    run.hold("bytes of the build", told["bytes"], BUILD_BYTES)


def _check_rows(run: Run, rows: dict[str, int]) -> None:
    """Note where a join multiplied rows: everything after it would be worthless."""
    wanted = {"fct_activities": run.size.activities, "fct_leads": run.size.leads, "fct_deals": run.size.deals}
    for table, count in wanted.items():
        if rows[table] != count:
            run.broken.append(f"{table} has {rows[table]:,} rows, {count:,} were imported")


def _print_cost(what: str, told: dict[str, Any], limits: str) -> None:
    print(
        f"{what}: {told['seconds']:.1f} s, {told['cpu']:.1f} s of processors, {told['bytes'] / 1e6:,.0f} MB ({limits})"
    )


def _measure_queries(run: Run) -> None:
    heads = ("compiled", "its SQL alone", "by hand")
    print(f"{'ms: median (least)':28} {' '.join(f'{head:>17}' for head in heads)} {'ratio':>6} {'SQL':>5} {'kept':>6}")
    for asked in ask_all(run.folder / "company"):
        ways = (asked.compiled, asked.statement, asked.by_hand)
        times = " ".join(f"{way.wall:8.1f} ({way.best:6.1f})" for way in ways)
        alone = asked.statement.wall / asked.by_hand.wall
        print(f"{asked.name:28} {times} {asked.ratio:6.2f} {alone:5.2f} {asked.kept.wall:6.2f}", flush=True)
        if asked.differs:
            run.broken.append(f"{asked.name}: the answers differ: {asked.differs}")
        run.hold(f"ratio of {asked.name}", asked.ratio, RATIO_LIMIT)
    print(f"goal {RATIO_GOAL}, limit {RATIO_LIMIT}")


def _measure_files(run: Run) -> None:
    """Look at a file where there is no company, and load large ones with three bad rows."""
    looked = look_at_file(_fresh(run), LOOK_MEGABYTES * min(1.0, run.scale))
    told = {"seconds": looked.seconds, "cpu": looked.cpu, "bytes": looked.bytes}
    what = f"dry run of a file of {looked.file_bytes / 1e6:.1f} MB, its start included: {looked.rows:,} rows in"
    _print_cost(f"{what}, {looked.aside} aside", told, f"limit {LOOK_LIMIT} s, {LOOK_BYTES / 1e6:.0f} MB")
    run.hold("seconds of the dry run", looked.seconds, LOOK_LIMIT)
    run.hold("bytes of the dry run", looked.bytes, LOOK_BYTES)
    for rows in LARGE:
        count = max(1000, round(rows * run.scale))
        loaded = load_large(_fresh(run), count)
        told = {"seconds": loaded.seconds, "cpu": loaded.cpu, "bytes": loaded.bytes}
        what = f"import of {count:,} rows of cp1251, three of them bad ({loaded.file_bytes / 1e6:.0f} MB)"
        limit = LARGE_LIMIT * max(1, rows // LARGE[0])
        _print_cost(what, told, f"limit {limit} s, {LARGE_BYTES / 1e6:,.0f} MB")
        print(f"  {loaded.good:,} rows in, {loaded.aside} aside, their sum {loaded.total:,.2f} of {loaded.exact:,.2f}")
        run.broken += [f"import of {count:,} rows: {fault}" for fault in loaded.faults]
        run.hold(f"seconds of the import of {count:,} rows", loaded.seconds, limit)
        run.hold(f"bytes of the import of {count:,} rows", loaded.bytes, LARGE_BYTES)


def _fresh(run: Run) -> Path:
    """Return a new folder of the run's."""
    return Path(tempfile.mkdtemp(dir=run.folder))


def _measure_crashes(run: Run) -> None:
    """Kill imports and builds at random moments and print what was looked at."""
    report = crash(_fresh(run), max(2, round(KILLS * min(1.0, run.scale))))
    print("\n".join(report.lines()), flush=True)
    run.broken += report.broken


def _measure_processes(run: Run) -> None:
    """Look at the path of a real log repeated to 1.3 million events, and to 20 million for its memory."""
    tables = Path(os.environ.get("VORONKA_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not (tables / HELPDESK).is_file():
        print("process: left out, the real tables are not here: name their folder in VORONKA_TEST_DATA")
        return
    found = measure(tables / HELPDESK, max(1, round(PROCESS_REPEATS * run.scale)), beside=True)
    print(f"path of a process of {found.events:,} events")
    for name, seconds in found.seconds.items():
        goal, limit = PROCESS[name]
        beside = f", Polars {found.beside[name]:.2f} s" if name in found.beside else ""
        print(f"  {name:12} {seconds:6.2f} s{beside} (goal {goal} s, limit {limit} s)")
        run.hold(f"seconds of the {name} of a process", seconds, limit)
    run.broken += [f"{name} of a process: Polars has another answer" for name in found.differs]
    large = measure(tables / HELPDESK, max(1, round(LARGE_PROCESS_REPEATS * run.scale)), beside=False)
    taken = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in large.seconds.items())
    print(f"  of {large.events:,} events: {taken}; {large.bytes / 1e6:,.0f} MB (limit {PROCESS_BYTES / 1e6:,.0f} MB)")
    run.hold("bytes of a large process", large.bytes, PROCESS_BYTES)


def _measure_pages(run: Run) -> None:
    """Look at the Overview of the default demo and of one of about ten million activities, both of 24 months."""
    for managers in (MANAGERS, max(MANAGERS, round(MANY_MANAGERS * run.scale))):
        found = measure_pages(run.folder / f"demo-{managers}", managers)
        _print_pages(managers, found)
        run.hold(f"CPU-ms of an overview that is not cached, {managers} managers", found.uncached.cpu, OVERVIEW_LIMIT)


def _print_pages(managers: int, found: Pages) -> None:
    first = found.visits[0]
    drawn = ", ".join(f"{visit.drawn:.2f}" for visit in found.visits)
    print(f"pages of a demo with {managers} managers, {found.activities:,} activities; ready in {found.start:.1f} s")
    print(f"  first load: {first.bytes / 1000:,.0f} kB in {first.requests} requests (goal {WIRE_GOAL} kB)")
    print(f"  drawn in {drawn} s (goal {DRAWN_GOAL} s)")
    print(f"  another period, in the browser: {found.changed_uncached:.0f} ms (goal {UNCACHED_GOAL} ms)")
    print(f"  the same, cached by the server: {found.changed_cached:.0f} ms (goal {CACHED_GOAL} ms)")
    print(
        f"  an overview not asked before: {found.uncached.cpu:.0f} CPU-ms, {found.uncached.wall:.0f} ms "
        f"(goal {OVERVIEW_GOAL} CPU-ms, limit {OVERVIEW_LIMIT})"
    )
    print(f"  asked again: {found.cached.cpu:.1f} CPU-ms, {found.cached.wall:.1f} ms (goal {KEPT_GOAL} CPU-ms)")
    print(f"  memory of the server: {found.memory / 1e6:,.0f} MB", flush=True)


def _measure_load(run: Run) -> None:
    """Let fifty people look at the pages of a company of about a million activities."""
    managers = max(4, round(LOAD_MANAGERS * min(1.0, run.scale)))
    found = measure_load(run.folder / f"demo-{managers}", managers, LOAD_WORKERS)
    print(f"{USERS} people, {LOAD_WORKERS} workers, {found.activities:,} activities")
    for what, reached in (("first asked", found.fresh), ("kept", found.cached), ("not asked before", found.uncached)):
        _print_reached(what, reached)
        run.hold(f"ms of answers {what}, 95 of 100", reached.p95, WAITED[what][1])
        run.broken += [f"answers {what}: {fault}" for fault in reached.faults[:SLOWEST]]
    print(
        f"CPU-ms of a page of days not asked before: {', '.join(f'{path} {cost:,.0f}' for path, cost in found.costs)}"
    )


def _print_reached(what: str, reached: Reached) -> None:
    goal, limit = WAITED[what]
    memory = ", ".join(f"{each / 1e6:,.0f}" for each in reached.memory)
    print(
        f"answers {what}: {reached.asked:,}, p50 {reached.middle:,.0f}, p95 {reached.p95:,.0f} (goal {goal}, "
        f"limit {limit}), most {reached.most:,.0f} ms; {reached.known:,} by 304, {len(reached.faults)} faults"
    )
    print(f"  {reached.processors:.2f} processors of the server; MB of each worker: {memory}")
    for route, count, middle, p95 in reached.by_route[:SLOWEST]:
        print(f"  {route:36} {count:5} times, p50 {middle:8,.0f}, p95 {p95:8,.0f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
