"""Runs one import or one build in a process of its own (`worker import DIR`) and prints what it took."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from voronka.bootstrap import workplace
from voronka.pipeline.building import build_core
from voronka.pipeline.importing import import_source
from voronka.pipeline.workplace import Workplace


def imported(work: Workplace) -> dict[str, Any]:
    """Import all that is new of all sources; the seconds and rows of each load."""
    found = []
    for source in work.sources.values():
        started = time.perf_counter()
        for outcome in import_source(work, source):
            seconds = time.perf_counter() - started
            loaded = {"stream": outcome.stream, "rows": outcome.rows_good, "put_aside": outcome.rows_quarantined}
            found.append({**loaded, "state": outcome.state, "seconds": seconds, "error": str(outcome.error or "")})
            started = time.perf_counter()
    return {"loads": found}


def built(work: Workplace) -> dict[str, Any]:
    """Build the core; the seconds and rows of each table."""
    tables = build_core(work, [])
    return {"tables": [{"table": each.table, "rows": each.rows, "seconds": each.seconds} for each in tables]}


def peak_bytes() -> int:
    """Return the most memory this process ever held; of Linux's own count where there is one."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(x for x in status.read_text(encoding="ascii").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(what: str, folder: str) -> None:
    """Do it and print one line of JSON."""
    started = time.perf_counter()
    with workplace(folder) as work:
        told = imported(work) if what == "import" else built(work)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cost = {"seconds": time.perf_counter() - started, "cpu": usage.ru_utime + usage.ru_stime, "bytes": peak_bytes()}
    print(json.dumps({**told, **cost}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
