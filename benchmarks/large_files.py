"""Large exports with bad rows among the good: nothing is lost, three are put aside, memory stays bounded.

Deals in cp1251 as a Russian spreadsheet writes them: `;`, decimal commas, spaces in thousands, days before months.
"""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.worker import peak_bytes
from voronka.bootstrap import workplace
from voronka.lake.raw import raw_table
from voronka.transform.staging import Staging, StreamLoads

SETTINGS = 'currency = "RUB"\ntime_zone = "Europe/Moscow"\n[engine]\nmemory_limit = "300MB"\n'
"""The engine may use little, so that the memory of a large file is seen to be bounded, whatever the machine has."""
SOURCE = """\
source: crm
streams:
  deals:
    path: exports/deals.csv
    into: deals
    key: Номер
    columns: { deal_id: Номер, title: Название, employee: Менеджер, amount: Сумма, created_at: Создана }
"""
HEADER = "Номер;Название;Менеджер;Сумма;Создана\r\n"
BAD = (
    "{n};Без суммы;Петров;много;01.02.2026 10:00\r\n",
    "{n};Коротка\r\n",
    "{n};Февраль;Петров;1,00;31.02.2026 10:00\r\n",
)
"""The bad rows: money that is none, too few fields, a day that is none; they stand at a quarter, half and the end."""
_BLOCK = 50_000
_LINE_BYTES = 60


@dataclass(frozen=True)
class Loaded:
    """What became of a large file: rows in and aside, their sum beside the exact one, and what it took."""

    rows: int
    good: int
    aside: int
    total: Decimal
    exact: Decimal
    seconds: float
    cpu: float
    bytes: int
    file_bytes: int

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with it."""
        found = [f"{self.aside} rows are aside, {len(BAD)} are bad"] if self.aside != len(BAD) else []
        found += [f"{self.good} rows are in, not {self.rows}"] if self.good != self.rows else []
        return found + ([f"the sum is {self.total}, not {self.exact}"] if self.total != self.exact else [])


@dataclass(frozen=True)
class Looked:
    """What a dry run of a file without a company took, the start of the program included."""

    outcome: str
    rows: int
    aside: int
    seconds: float
    cpu: float
    bytes: int
    file_bytes: int


def write_deals(place: Path, rows: int) -> Decimal:
    """Write so many good deals and the three bad ones, and return the exact sum of the good ones' amounts."""
    kopecks = 0
    bad = dict(zip((rows // 4, rows // 2, rows - 1), BAD, strict=True))
    with place.open("w", encoding="cp1251", newline="") as file:
        file.write(HEADER)
        for first in range(0, rows, _BLOCK):
            lines = []
            for n in range(first, min(first + _BLOCK, rows)):
                amount = (n * 7919) % 100_000_000
                kopecks += amount
                lines.append(_line(n, amount))
                if n in bad:
                    lines.append(bad[n].format(n=f"bad-{n}"))
            file.writelines(lines)
    return Decimal(kopecks) / 100


def load_large(folder: Path, rows: int) -> Loaded:
    """Make a company with one large file, import it in a process of its own and look at what is in."""
    for name, text in (("voronka.toml", SETTINGS), ("sources/crm.yml", SOURCE)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    place = folder / "exports" / "deals.csv"
    place.parent.mkdir(parents=True)
    exact = write_deals(place, rows)
    command = [sys.executable, "-m", "benchmarks.worker", "import", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own program
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    (load,) = told["loads"]
    cost = (told["seconds"], told["cpu"], told["bytes"], place.stat().st_size)
    return Loaded(rows, load["rows"], load["put_aside"], _total(folder), exact, *cost)


def look_at_file(folder: Path, megabytes: float) -> Looked:
    """Write a file of so many megabytes and have `voronka import --dry-run` look at it where there is no company."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "Сделки.csv"
    write_deals(place, int(megabytes * 1_000_000 / _LINE_BYTES))
    code = "import sys; from benchmarks.large_files import dry_run; dry_run(sys.argv[1:])"
    path = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH"))))
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(place)],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
    )
    seconds = time.perf_counter() - started
    answer = json.loads(done.stdout)
    counts = (answer["rows_in"], answer["rows_aside"])
    used = json.loads(done.stderr.splitlines()[-1])
    return Looked(answer["outcome"], *counts, seconds, used["cpu"], used["bytes"], place.stat().st_size)


def dry_run(files: list[str]) -> None:
    """Look at files by the command and tell what it took as the last line of stderr."""
    from voronka.cli.main import main  # noqa: PLC0415 - its start is part of what is measured

    try:
        main(["import", "--dry-run", *files, "--into", "deals", "--format", "json"])
    finally:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        told = {"cpu": usage.ru_utime + usage.ru_stime, "bytes": peak_bytes()}
        sys.stderr.write(f"\n{json.dumps(told)}\n")


def _line(n: int, amount: int) -> str:
    roubles, kopecks = divmod(amount, 100)
    money = f"{roubles:,}".replace(",", " ")
    day = f"{1 + n % 28:02}.{1 + n // 28 % 12:02}.2025 {n % 24:02}:{n % 60:02}"
    return f"{n};Поставка {n % 1000};Менеджер {n % 40};{money},{kopecks:02};{day}\r\n"


def _total(folder: Path) -> Decimal:
    """Return the sum of the amounts that are in, as the build would take them."""
    with workplace(str(folder)) as work:
        loads = tuple(load for load in work.ledger.loads() if load.is_active)
        source = work.sources["crm"]
        staging = Staging(work.store, work.session, [StreamLoads(source, "deals", loads)], work.settings.time_zone)
        if work.store.read(raw_table("crm", "deals")) is None:
            return Decimal(0)
        return Decimal(work.session.value(f"SELECT sum(amount) FROM ({staging.select('stg_deals')})") or 0)
