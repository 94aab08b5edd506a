import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voronka import bootstrap
from voronka.demo import company as generator
from voronka.demo import readying
from voronka.demo.plan import DemoPlan
from voronka.demo.readying import DemoFolder, DemoWish
from voronka.domain.errors import InputError, SettingsError
from voronka.domain.scope import Scope

NOW = datetime.fromisoformat("2026-11-20 12:00")
SOURCE = """\
source: crm
streams:
  leads: { path: leads.csv, into: leads, key: id, columns: { lead_id: id, created_at: made } }
"""


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[DemoPlan]:
    """Return the plans that companies were made by; making one writes a lead only."""
    found: list[DemoPlan] = []

    def make(folder: Path, plan: DemoPlan) -> None:
        found.append(plan)
        (folder / "sources").mkdir(parents=True)
        (folder / "voronka.toml").write_text("", "utf-8")
        (folder / "sources" / "crm.yml").write_text(SOURCE, "utf-8")
        (folder / "leads.csv").write_text("id,made\n1,2026-11-19\n", "utf-8")
        shown = {"seed": plan.seed, "managers": plan.managers, "months": plan.months, "until": plan.until.isoformat()}
        (folder / "demo.json").write_text(json.dumps(shown), "utf-8")

    monkeypatch.setattr(generator, "make_company", make)
    return found


@pytest.fixture
def place(tmp_path: Path) -> DemoFolder:
    return DemoFolder(
        tmp_path / "demo",
        DemoWish(),
        lambda: NOW,
        lambda folder: bootstrap.workplace(str(folder), lambda: NOW),
        lambda work: bootstrap.additive_metrics(work.folder, work.settings),
    )


def ready(place: DemoFolder, *, fresh: bool = False, keep: bool = False, **wish: int) -> str:
    """Ready a folder and return the first thing said, '' where nothing was."""
    said: list[str] = []
    replace(place, wish=DemoWish(**wish)).ready(said.append, lambda _name, _done, _all: None, fresh=fresh, keep=keep)
    return said[0] if said else ""


def later(place: DemoFolder, **passed: float) -> DemoFolder:
    return replace(place, clock=lambda: NOW + timedelta(**passed))


def test_a_company_is_made_loaded_and_built_once(place: DemoFolder, plans: list[DemoPlan]) -> None:
    assert "there is none in this folder yet" in ready(place)
    assert [plan.until for plan in plans] == [NOW]
    opened = bootstrap.open_for_people(str(place.path), lambda: NOW)
    assert opened.metrics.rows("fct_leads", Scope.everything(), None, ["lead_id"]).num_rows == 1
    opened.close()
    assert ready(place) == ""
    assert len(plans) == 1
    assert [path.name for path in place.path.parent.iterdir()] == ["demo"]


def test_on_another_day_of_the_company_it_is_made_anew_unless_it_is_kept(
    place: DemoFolder, plans: list[DemoPlan]
) -> None:
    ready(place, managers=7)
    assert ready(later(place, hours=8.9)) == ""  # 23:54 in Moscow
    assert ready(later(place, hours=9), keep=True) == ""
    assert "it was made on 2026-11-20" in ready(later(place, hours=9))  # midnight there
    assert [(plan.managers, plan.until) for plan in plans] == [(7, NOW), (7, NOW + timedelta(hours=9))]


def test_a_company_of_another_size_is_made_where_it_is_wished_for(place: DemoFolder, plans: list[DemoPlan]) -> None:
    ready(place, managers=7, months=5, seed=3)
    assert ready(place, managers=7) == ""
    assert "another one was asked for" in ready(place, months=6)
    assert "a fresh one was asked for" in ready(place, fresh=True)
    shown = [(plan.managers, plan.months, plan.seed) for plan in plans]
    assert shown == [(7, 5, 3), (7, 6, 3), (7, 6, 3)]


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"until": 5}', '{"until": "soon"}', "\xff"])
def test_a_folder_that_holds_anything_else_is_not_touched(
    place: DemoFolder, plans: list[DemoPlan], content: str
) -> None:
    place.path.mkdir()
    (place.path / "demo.json").write_text(content, "latin-1")
    for fresh in (False, True):
        with pytest.raises(SettingsError, match="holds no demo company"):
            ready(place, fresh=fresh)
    assert (place.path / "demo.json").read_text("latin-1") == content
    assert plans == []


@pytest.mark.usefixtures("plans")
def test_an_empty_folder_is_taken_and_a_file_is_not(place: DemoFolder) -> None:
    place.path.mkdir()
    assert "there is none" in ready(place)
    file = replace(place, path=place.path.with_name("file"))
    file.path.write_text("mine", "utf-8")
    with pytest.raises(SettingsError, match="holds no demo company"):
        ready(file)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def refused(*_: object) -> None:
    raise InputError("the file is empty")


@pytest.mark.parametrize("fault", [interrupted, refused])
def test_a_making_that_is_interrupted_leaves_the_earlier_company_whole(
    place: DemoFolder, plans: list[DemoPlan], monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None]
) -> None:
    ready(place)
    with monkeypatch.context() as broken:
        broken.setattr(readying, "build_core", fault)
        with pytest.raises((KeyboardInterrupt, InputError)):
            ready(place, fresh=True)
    assert [path.name for path in place.path.parent.iterdir()] == ["demo"]
    assert ready(place) == ""
    assert len(plans) == 2


@pytest.mark.usefixtures("plans")
def test_what_a_killed_making_left_is_removed_and_one_under_way_is_let_be(place: DemoFolder) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as alive:
        left = [place.path.with_name(f".demo.{what}-{gone.pid}") for what in ("making", "old")]
        others = [place.path.with_name(name) for name in (f".demo.making-{alive.pid}", ".demo.making-mine", "demo-2")]
        for folder in (*left, *others):
            folder.mkdir()
        ready(place)
        alive.communicate(b"\n")
    assert [folder.exists() for folder in (*left, *others)] == [False, False, True, True, True]


def test_an_export_that_is_refused_stops_the_making(
    place: DemoFolder, plans: list[DemoPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = generator.make_company

    def make_broken(folder: Path, plan: DemoPlan) -> None:
        make(folder, plan)
        (folder / "leads.csv").write_bytes(b"")

    monkeypatch.setattr(generator, "make_company", make_broken)
    with pytest.raises(InputError):
        ready(place)
    assert len(plans) == 1
    assert not place.path.exists()


def test_what_another_version_of_the_program_built_is_built_anew_not_made_anew(
    place: DemoFolder, plans: list[DemoPlan], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(place)
    monkeypatch.setattr(readying, "_program", lambda: "newer")
    assert "built anew" in ready(place)
    assert ready(place) == ""
    assert len(plans) == 1
