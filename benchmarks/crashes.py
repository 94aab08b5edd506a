"""Kills imports and builds at random moments, looks at what is left each time, and lets the next run complete.

`python -m benchmarks.crashes [--kills 50] [--seed 1] [--rows 4000]` prints how often each promise was looked at and
broken. A moment is drawn by progress, not by the clock: so much of the processor time, or of the bytes written, that a
whole run takes. One company lives through all kills, so what one leaves behind is there for the next.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from voronka import open_company
from voronka.bootstrap import workplace
from voronka.domain.errors import VoronkaError
from voronka.lake.delta import DeltaStore
from voronka.lake.duckdb_engine import DuckDBEngine
from voronka.lake.manifest import MANIFEST
from voronka.pipeline.building import build_core, is_stale
from voronka.pipeline.importing import import_source
from voronka.transform.runner import views

SETTINGS = 'language = "en"\ncurrency = "RUB"\ntime_zone = "Europe/Moscow"\n'
SOURCE = """\
source: crm
streams:
  deals:
    path: exports/deals-*.csv
    into: deals
    key: no
    columns: { deal_id: no, employee: who, amount: sum, closed_at: won, outcome: "= 'won'" }
  calls:
    path: exports/calls-*.csv
    into: calls
    columns: { employee: who, started_at: at, talk_seconds: talk }
  accounts:
    path: exports/accounts-*.csv
    into: accounts
    key: no
    snapshot: full
    columns: { account_id: no, name: name }
"""
STREAMS = ("deals", "calls", "accounts")
AGAIN, RAISED, ACCOUNTS = 50, 1000, 60
"""How many deals and calls of a part come again in the next, what such a deal is raised by, accounts of a snapshot."""
PROMISES = (
    "a load is in whole or not at all",
    "no row of a load is in twice",
    "what the ledger counts is in the lake",
    "figures are those before or those after, never a mix",
    "the next run completes",
    "its figures are exact",
    "each file is one load, no row more and none less",
    "nothing is left to do after it",
)
_POLL = 0.0005
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_SECONDS = 600

Figures = tuple[int, float, int, int, int]
"""Deals won, revenue, calls, talk time in seconds, accounts that are."""


@dataclass(frozen=True)
class Cost:
    """What a process has used up: milliseconds of processors, bytes written."""

    cpu: float
    written: float

    def share(self, of: float, start: "Cost", what: str) -> float:
        """Return the value of `what` at which `of` of this is reached by a process that began with `start`."""
        begun = float(getattr(start, what))
        return begun + of * float(getattr(self, what))


@dataclass
class Company:
    """A company to which a part of each export is added at a time; `parts` are there."""

    folder: Path
    rows: int
    parts: int = 0

    def __post_init__(self) -> None:
        """Write its settings and mappings."""
        for path, text in (("voronka.toml", SETTINGS), ("sources/crm.yml", SOURCE)):
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        (self.folder / "exports").mkdir(exist_ok=True)

    def add(self) -> None:
        """Write the next part: deal N of part P is won for N + P, of the part before AGAIN are raised by RAISED."""
        self.parts += 1
        part, before = self.parts, self.parts - 1
        again = range(AGAIN if before else 0)
        deals = [f"{before}-{n},Anna {n % 7},{n + before + RAISED},2026-01-15" for n in again]
        deals += [f"{part}-{n},Anna {n % 7},{n + part},2026-02-15" for n in range(self.rows)]
        calls = [f"Anna {n % 7},{_at(before, n)},{n % 60}" for n in again]  # word for word those of the part before
        calls += [f"Anna {n % 7},{_at(part, n)},{n % 60}" for n in range(self.rows)]
        accounts = [f"a{n},Client {n}" for n in range(part, part + ACCOUNTS)]  # the first of those before is gone
        self._write("deals", "no,who,sum,won", deals)
        self._write("calls", "who,at,talk", calls)
        self._write("accounts", "no,name", accounts)

    def _write(self, name: str, header: str, rows: list[str]) -> None:
        place = self.folder / "exports" / f"{name}-{self.parts}.csv"
        place.write_text("\n".join([header, *rows, ""]), encoding="utf-8")

    def file_rows(self, name: str) -> int:
        """Return how many rows stand in a file."""
        return (self.folder / name).read_text(encoding="utf-8").count("\n") - 1

    def expected(self, parts: int) -> Figures | None:
        """Return the figures of the first parts, worked out from what was written; None of no part."""
        if not parts:
            return None
        won = sum(sum(range(self.rows)) + part * self.rows for part in range(1, parts + 1))
        talk = parts * sum(n % 60 for n in range(self.rows))
        raised = AGAIN * RAISED * (parts - 1)
        return parts * self.rows, float(won + raised), parts * self.rows, talk, ACCOUNTS

    def figures(self) -> Figures | None:
        """Return the figures as anybody would see them now; None before the first build."""
        if DeltaStore(self.folder / "lake").version(MANIFEST) is None:
            return None  # tables may be there; no build has made them visible
        try:
            with open_company(self.folder) as opened:
                (row,) = opened.query("deals_won", "revenue", "calls", "talk_time").rows
        except VoronkaError:
            return None
        engine = DuckDBEngine(DeltaStore(self.folder / "lake"), views())
        try:
            found = engine.execute("SELECT count(*) AS n FROM dim_account WHERE account_id LIKE 'crm:a%'", None)
            accounts = int(str(found.column("n").to_pylist()[0]))
        finally:
            engine.close()
        told = [float(str(row[name] or 0)) for name in ("deals_won", "revenue", "calls", "talk_time")]
        return int(told[0]), told[1], int(told[2]), round(told[3] * 3600), accounts


@dataclass
class Report:
    """How often each promise was looked at, what broke it, and how far the killed runs had come."""

    looked: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    reached: Counter[str] = field(default_factory=Counter)
    kills: int = 0

    def hold(self, promise: str, *, holds: bool, told: object = "") -> None:
        """Note that a promise was looked at, and whether it was kept."""
        self.looked[promise] += 1
        if not holds:
            self.broken.append(f"after {self.kills} kills: {promise}: {told}")

    def lines(self) -> Iterator[str]:
        """Return the table."""
        yield f"{self.kills} kills; killed {', '.join(f'{what}: {n}' for what, n in sorted(self.reached.items()))}"
        for promise in PROMISES:
            count = sum(f": {promise}: " in each for each in self.broken)
            yield f"  {promise:55} looked at {self.looked[promise]:>4} times, broken {count}"
        yield from self.broken


def crash(folder: Path, kills: int, seed: int = 1, rows: int = 4000) -> Report:
    """Kill imports and builds of a company in `folder` so many times, each run to its end after some of them."""
    chance, report = random.Random(seed), Report()  # noqa: S311 - the same moments for the same seed
    measured = Company(folder / "measured", rows)
    measured.add()
    cost = _run_whole(measured)
    company = Company(folder / "Компания", rows)
    while report.kills < kills:
        company.add()
        for _ in range(min(chance.randint(1, 3), kills - report.kills)):
            if not _killed(company, cost, chance):
                break
            report.kills += 1
            _look(company, report)
        _complete(company, report)
    return report


def _run_whole(company: Company) -> Cost:
    """Return what the work of one run costs that nobody kills."""
    process, start = _begun(company)
    told, _ = process.communicate(timeout=_MOST_SECONDS)
    if process.returncode:
        raise RuntimeError(f"a run that nobody killed ended with {process.returncode}")
    end = Cost(**json.loads(told.splitlines()[-1]))
    return Cost(end.cpu - start.cpu, end.written - start.written)


def _killed(company: Company, cost: Cost, chance: random.Random) -> bool:
    """Start a run, kill it at a random share of what a whole one costs, and say whether it was killed."""
    what = chance.choice(("cpu", "written"))
    share = chance.random()
    process, start = _begun(company)
    limit = cost.share(share, start, what)
    deadline = time.monotonic() + _MOST_SECONDS
    while process.poll() is None:
        if time.monotonic() > deadline:
            process.kill()
            raise RuntimeError("a run came to no end")
        with suppress(OSError, IndexError):  # it has just ended
            if float(getattr(_used(process.pid), what)) >= limit:
                process.send_signal(signal.SIGKILL)
                break
        time.sleep(_POLL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _begun(company: Company) -> tuple[subprocess.Popen[bytes], Cost]:
    """Start a run; return it and what it had used up before it began to work."""
    root = str(Path(__file__).parents[1])
    spare = company.folder.parent / "spare"
    spare.mkdir(exist_ok=True)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "benchmarks.crashes", "--work", str(company.folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(spare)},
    )
    if process.stdout is None:
        raise RuntimeError("a run says nothing")
    return process, Cost(**json.loads(process.stdout.readline()))


def _work(folder: Path) -> None:
    """Import what is new and build; tell before and after what was used up."""
    print(json.dumps(vars(_used(os.getpid()))), flush=True)
    with workplace(str(folder)) as work:
        for source in work.sources.values():
            for outcome in import_source(work, source):
                if outcome.error is not None:
                    raise outcome.error
        build_core(work, [])
    print(json.dumps(vars(_used(os.getpid()))), flush=True)


def _used(process: int) -> Cost:
    """Return what a process has used up so far."""
    place = Path("/proc") / str(process)
    fields = (place / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    lines = dict(line.split(": ") for line in (place / "io").read_text(encoding="ascii").splitlines())
    return Cost(1000 * (int(fields[11]) + int(fields[12])) / _TICKS, float(lines["wchar"]))


def _look(company: Company, report: Report) -> None:
    """Look at what a killed run left behind."""
    loads = _look_at_rows(company, report)
    before, after = company.expected(company.parts - 1), company.expected(company.parts)
    seen = company.figures()
    report.hold(PROMISES[3], holds=seen in (before, after), told=f"{seen} is neither {before} nor {after}")
    new = sum(name.endswith(f"-{company.parts}.csv") for name in loads)
    stages = ["before the first load", *(["between loads"] * (len(STREAMS) - 1)), "in the build"]
    report.reached["after the build" if seen == after else stages[new]] += 1


def _look_at_rows(company: Company, report: Report) -> list[str]:
    """Hold the raw rows against the files and the ledger; return the names of the files that count."""
    with workplace(str(company.folder)) as work:
        loads = {load.load_id: load for load in work.ledger.loads() if load.is_active}
        found = set()
        for name in STREAMS:
            files = work.store.read(f"raw/crm/{name}")
            if files is None:
                continue
            work.session.register("looked_at", files)
            rows = work.session.rows(
                "SELECT _load_id, _file, count(*) FILTER (WHERE NOT _deleted) AS n, count(*) AS every, "
                "count(DISTINCT (_row, _key, _deleted)) AS kinds FROM looked_at GROUP BY ALL"
            )
            for row in rows:
                whole = company.file_rows(row["_file"])
                load = loads.get(row["_load_id"])
                counted = whole if load is None else load.rows_read
                report.hold(PROMISES[0], holds=row["n"] == whole == counted, told=f"{row}, {whole} in the file")
                report.hold(PROMISES[1], holds=row["kinds"] == row["every"], told=row)
                found.add(row["_load_id"])
        report.hold(PROMISES[2], holds=loads.keys() <= found, told=loads.keys() - found)
    return [file.name for load in loads.values() for file in load.files]


def _complete(company: Company, report: Report) -> None:
    """Run to the end and look at what there is then."""
    process, _ = _begun(company)
    process.communicate(timeout=_MOST_SECONDS)
    report.hold(PROMISES[4], holds=process.returncode == 0, told=process.returncode)
    seen, expected = company.figures(), company.expected(company.parts)
    report.hold(PROMISES[5], holds=seen == expected, told=f"{seen} instead of {expected}")
    names = sorted(_look_at_rows(company, report))
    files = sorted(f"exports/{name}-{n}.csv" for name in STREAMS for n in range(1, company.parts + 1))
    report.hold(PROMISES[6], holds=names == files, told=set(files) ^ set(names) or "a file is in twice")
    with workplace(str(company.folder)) as work:
        states = [outcome.state for outcome in import_source(work, work.sources["crm"])]
        idle = set(states) == {"already loaded"} and not is_stale(work, [])
        report.hold(PROMISES[7], holds=idle, told=states)


def _at(part: int, number: int) -> str:
    minute, second = divmod(number, 60)
    hour, minute = divmod(minute, 60)
    return f"2026-02-{1 + part % 28:02}T{hour % 24:02}:{minute:02}:{second:02}"


def main() -> int:
    """Do what is asked for and return 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crashes", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=4000, help="rows of each part of the deals and of the calls")
    parser.add_argument("--work", type=Path, help="import and build this company: the run that is killed")
    asked = parser.parse_args()
    if asked.work is not None:
        _work(asked.work)
        return 0
    with tempfile.TemporaryDirectory(prefix="voronka-crashes-") as folder:
        report = crash(Path(folder), asked.kills, asked.seed, asked.rows)
    print("\n".join(report.lines()))
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
