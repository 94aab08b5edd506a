"""A company whose staging is read again by each statement has the core of one whose staging is kept in memory."""

from datetime import datetime
from pathlib import Path
from shutil import copytree

import pytest

from benchmarks.generate import Size, make_company
from voronka.bootstrap import additive_metrics, workplace
from voronka.domain.model import tables
from voronka.lake.delta import DeltaStore
from voronka.lake.session import Session, select_files
from voronka.pipeline.building import build_core
from voronka.pipeline.importing import import_source
from voronka.transform import staging
from voronka.transform.staging import Staging

NOW = datetime.fromisoformat("2026-07-01 09:00")
NAMES = [name for name, table in tables().items() if not table.view]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    kept, again = (tmp_path_factory.mktemp("made") / name for name in ("kept", "again"))
    make_company(kept, Size.scaled(0.0005))
    with workplace(str(kept), lambda: NOW) as work:
        for source in work.sources.values():
            for outcome in import_source(work, source):
                assert outcome.error is None, outcome.error
    copytree(kept, again)
    assert built(kept) == set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "LARGE", 1)
        assert built(again) >= {"stg_activities", "stg_leads", "stg_deals", "stg_stage_changes"}
    return kept, again


def built(folder: Path) -> set[str]:
    """Build a company's core; return the tables of its staging that were read again by each statement."""
    lazy = set()
    told = Staging.is_lazy

    def asked(self: Staging, stage: str) -> bool:
        lazy.update([stage] if told(self, stage) else [])
        return told(self, stage)

    with pytest.MonkeyPatch.context() as patch, workplace(str(folder), lambda: NOW) as work:
        patch.setattr(Staging, "is_lazy", asked)
        build_core(work, additive_metrics(work.folder, work.settings))
    return lazy


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_the_same_rows(folders: tuple[Path, Path], name: str) -> None:
    session = Session()
    for which, folder in zip(("kept", "again"), folders, strict=True):
        found = DeltaStore(folder / "lake").read(f"core/{name}")
        assert found is not None
        session.run(f"CREATE TABLE {which} AS {select_files(found)}")
    for one, other in (("kept", "again"), ("again", "kept")):
        assert session.rows(f"SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other} LIMIT 3") == []
    session.close()


def test_there_is_something_to_compare(folders: tuple[Path, Path]) -> None:
    session, store = Session(), DeltaStore(folders[1] / "lake")
    for name in ("fct_activities", "fct_leads", "fct_deals", "fct_stage_entries", "fct_events", "fct_journeys"):
        found = store.read(f"core/{name}")
        assert found is not None
        assert session.value(f"SELECT count(*) FROM ({select_files(found)})") >= 200
    session.close()
