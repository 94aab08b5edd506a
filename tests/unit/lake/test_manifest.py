import json
from pathlib import Path

from voronka.lake.delta import DeltaStore
from voronka.lake.manifest import MANIFEST, Manifest, read_manifest
from voronka.lake.session import Session


def test_before_the_first_build_the_manifest_is_empty(tmp_path: Path) -> None:
    assert read_manifest(DeltaStore(tmp_path), Session()) == Manifest(0, "", {})
    assert Manifest().text() == ""


def test_the_last_build_is_the_one_that_counts(tmp_path: Path) -> None:
    store, session = DeltaStore(tmp_path), Session()
    for build in (1, 2):
        told = {"build": build, "at": f"2026-03-0{build}T09:00:00", "versions": {"fct_deals": build}}
        store.replace(MANIFEST, session.stream("SELECT $m AS manifest", {"m": json.dumps(told)}), {})
    assert read_manifest(store, session) == Manifest(2, "2026-03-02T09:00:00", {"fct_deals": 2})


def test_the_text_is_short_and_changes_with_every_table_but_not_with_their_order() -> None:
    versions = {f"fct_{number}": number for number in range(50)}
    text = Manifest(3, "2026-03-02T09:00:00", versions).text()
    assert len(text) < 40
    assert Manifest(3, "2026-03-02T09:00:00", dict(reversed(versions.items()))).text() == text
    assert Manifest(3, "2026-03-02T09:00:00", {**versions, "fct_0": 7}).text() != text


def test_a_lake_made_anew_is_told_apart_from_the_one_before() -> None:
    before, anew = (Manifest(1, f"2026-03-0{day}T09:00:00", {"fct_deals": 0}) for day in (2, 3))
    assert before.text() != anew.text()
