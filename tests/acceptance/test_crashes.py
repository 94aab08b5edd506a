"""A killed import or build leaves whole loads and completes when run again; queries go on beside both."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from benchmarks.crashes import PROMISES, crash
from tests.company import CompanyFolder
from voronka import open_company
from voronka.bootstrap import workplace
from voronka.lake.session import delta_rows

ROWS = 400
RUN = dedent("""
    import os, signal, sys
    import arro3.core as arrow
    from voronka.bootstrap import workplace
    from voronka.lake.delta import DeltaStore
    from voronka.pipeline.building import build_core
    from voronka.pipeline.importing import import_source

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def watched(place, method, wanted):
        # Die before, in or after the first call of `method` whose table's name has `wanted` in it.
        called = getattr(DeltaStore, method)

        def call(self, name, *given, **named):
            if wanted not in name:
                return called(self, name, *given, **named)
            if place == "before":
                die()
            if place == "in":
                table = arrow.Table.from_arrow(given[0])
                given = (arrow.RecordBatchReader.from_batches(table.schema, halves(table)), *given[1:])
            found = called(self, name, *given, **named)
            die()

        setattr(DeltaStore, method, call)

    def halves(table):
        yield from table.to_batches()
        die()

    folder, *point = sys.argv[1:]
    if point:
        watched(*point)
    with workplace(folder) as work:
        for source in work.sources.values():
            for outcome in import_source(work, source):
                assert outcome.error is None, outcome.error
        build_core(work, [])
""")


def run(folder: Path, *point: str) -> int:
    """Import and build in a process of its own and return how it ended."""
    return subprocess.run([sys.executable, "-c", RUN, str(folder), *point], check=False, timeout=120).returncode


def company_with(folder: Path, *parts: int) -> CompanyFolder:
    """Return a company with a file of deals for each part; deal N of part P was won for N + P."""
    company = CompanyFolder(folder)
    columns = {"deal_id": "no", "employee": "who", "amount": "sum", "closed_at": "won", "outcome": "= 'won'"}
    company.stream("crm", "deals", None, into="deals", key="no", columns=columns)
    for part in parts:
        add(company, part)
    return company


def add(company: CompanyFolder, part: int) -> None:
    rows = "".join(f"{part}-{n},Anna {n % 7},{n + part},2026-0{1 + n % 3}-15\n" for n in range(ROWS))
    company.export("crm", "deals", f"no,who,sum,won\n{rows}", suffix=f"-{part}")


def figures(company: CompanyFolder) -> dict[str, Any]:
    with open_company(company.folder) as opened:
        (row,) = opened.query("deals_won", "revenue").rows
    return row


def expected(*parts: int) -> dict[str, Any]:
    """Return the figures of parts: 0 + 1 + ... + 399 = 79,800, and the part's number for each of its 400 deals."""
    return {"deals_won": ROWS * len(parts), "revenue": sum(79_800 + ROWS * part for part in parts)}


def raw_rows(company: CompanyFolder) -> int:
    with workplace(str(company.folder)) as work:
        return len(delta_rows(work.store, work.session, "raw/crm/deals"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company with one part imported and built."""
    company = company_with(tmp_path_factory.mktemp("built"), 1)
    company.load_and_build()
    return company


@pytest.mark.parametrize(
    "point",
    [
        "before append raw/crm",  # the first raw rows
        "in append raw/crm",  # rows are being written, the commit has not been made
        "after append raw/crm",  # rows without a line in the ledger
        "in append _loads",
        "after append _loads",  # the first file counts, the second was not begun
        "before replace core",
        "in replace fct_deals",
        "after replace fct_deals",  # written, not visible
        "before replace _build",  # all written, nothing visible
        "in replace _build",
        "after replace _build",  # visible, nothing cleaned
        "after vacuum core",
    ],
)
def test_killed_anywhere_and_run_again_the_figures_are_right_and_no_row_is_added(
    built: CompanyFolder, tmp_path: Path, point: str
) -> None:
    company = replace(built, folder=shutil.copytree(built.folder, tmp_path / "Компания"))
    for part in (2, 3):
        add(company, part)
    assert run(company.folder, *point.split()) == -9
    assert figures(company) in (expected(1), expected(1, 2, 3))
    company.load_and_build()
    assert figures(company) == expected(1, 2, 3)
    assert raw_rows(company) == 3 * ROWS
    assert [(x.state, x.rows_good) for x in company.loads()] == [("active", ROWS)] * 3
    assert company.rebuilt() == set()


def test_a_first_import_killed_before_there_is_a_lake_can_be_run_again(tmp_path: Path) -> None:
    company = company_with(tmp_path / "c", 1)
    assert run(company.folder, "in", "append", "raw/crm") == -9
    assert run(company.folder) == 0
    assert figures(company) == expected(1)


def test_queries_beside_an_import_and_a_build_see_the_old_or_the_new_figures_never_a_mix(tmp_path: Path) -> None:
    company = company_with(tmp_path / "c", 1)
    company.load_and_build()
    add(company, 2)
    seen = []
    with open_company(company.folder) as opened:
        worker = subprocess.Popen([sys.executable, "-c", RUN, str(company.folder)])
        while worker.poll() is None:
            (row,) = opened.query("deals_won", "revenue").rows
            by_person = opened.query("revenue", by=("employee",))
            seen.append(row)
            parts: list[Any] = [person["revenue"] for person in by_person.rows]
            assert sum(parts) == by_person.totals["revenue"]
        assert worker.returncode == 0
        (row,) = opened.query("deals_won", "revenue").rows
    assert row == expected(1, 2)
    assert len(seen) > 5
    assert [row for row in seen if row not in (expected(1), expected(1, 2))] == []
    assert seen[0] == expected(1)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="how far a process is, is told by Linux only")
def test_killed_at_random_moments_every_promise_is_kept(tmp_path: Path) -> None:
    report = crash(tmp_path, kills=3, seed=7, rows=200)
    assert report.broken == []
    assert report.kills == 3
    assert all(report.looked[promise] for promise in PROMISES)
