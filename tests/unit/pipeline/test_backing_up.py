import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.company import NOW, CompanyFolder
from voronka import bootstrap
from voronka.domain.errors import InputError, RetryError, SettingsError
from voronka.pipeline import backing_up
from voronka.pipeline.backing_up import ABOUT, look_into, restore
from voronka.pipeline.chronicle import place_of, write_down, written_down
from voronka.settings import load_settings

DEALS = "no,sum,won\n1,100,2026-02-10\n2,50,2026-02-11\n"
COLUMNS = {"deal_id": "no", "amount": "sum", "closed_at": "won", "outcome": "= 'won'"}
SECRET = "the-key-itself"  # noqa: S105 - nobody's


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    made = CompanyFolder(tmp_path_factory.mktemp("backed") / "company")
    made.stream("crm", "deals", DEALS, into="deals", key="no", columns=COLUMNS)
    made.load_and_build()
    people = bootstrap.people_of(made.folder, load_settings(made.folder))
    people.accounts.add_user("Анна", "семь раз отмерь", "admin")
    people.database.close()
    made.write("sources/crm.key", SECRET)
    for subject in ("settings", "regulation"):
        write_down(made.folder / place_of(subject), {"at": NOW, "by": "Анна"})
    made.write(".env", SECRET)
    return made


@pytest.fixture(scope="module")
def backup(company: CompanyFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backup") / "company.tar"
    bootstrap.backed_up(str(company.folder), target, lambda: NOW)
    return target


def deals(folder: Path) -> list[tuple[object, ...]]:
    return CompanyFolder(folder).table("fct_deals", "deal_id amount_home")


def changed(backup: Path, target: Path, name: str, content: bytes | None) -> Path:
    """Write a backup in which one file is another, or is missing."""
    with tarfile.open(backup) as before, tarfile.open(target, "w") as after:
        for entry in before:
            file = before.extractfile(entry)
            found = file.read() if file else b""
            if entry.name == name:
                if content is None:
                    continue
                found = content
            entry.size = len(found)
            after.addfile(entry, io.BytesIO(found))
    return target


def test_a_restored_company_gives_the_same_figures_lets_the_same_people_in_and_builds_on(
    company: CompanyFolder, backup: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "company"
    made, aside = restore(backup, folder, over=False, now=NOW)
    assert aside is None
    assert deals(folder) == deals(company.folder) == [("crm:1", 100), ("crm:2", 50)]
    before, after = (bootstrap.open_for_people(str(each)) for each in (company.folder, folder))
    assert before.data_version() == after.data_version() != ""
    assert after.people.accounts.check_password("Анна", "семь раз отмерь") is not None
    assert [load.load_id for load in before.loads()] == [load.load_id for load in after.loads()]
    assert made.tables["raw/crm/deals"] == 0
    for each in (before, after):
        each.close()
    assert (folder / "app.db").stat().st_mode & 0o777 == 0o600


def test_a_restored_company_takes_further_files(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "company"
    restore(backup, folder, over=False, now=NOW)
    again = CompanyFolder(folder)
    again.stream("crm", "deals", into="deals", key="no", columns=COLUMNS)
    again.export("crm", "deals", "no,sum,won\n3,7,2026-02-12\n", suffix="-2")
    again.load_and_build()
    assert again.table("fct_deals", "deal_id amount_home") == [("crm:1", 100), ("crm:2", 50), ("crm:3", 7)]


def test_keys_stay_where_they_are_and_are_named(backup: Path) -> None:
    assert look_into(backup).left_out == (".env", "sources/crm.key")
    assert SECRET.encode() not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600


def test_what_is_loaded_and_built_meanwhile_is_in_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = CompanyFolder(tmp_path / "company")
    made.stream("crm", "deals", DEALS, into="deals", key="no", columns=COLUMNS)
    made.load_and_build()
    before = deals(made.folder)
    files_of, held = backing_up._files_of, list[str]()  # noqa: SLF001 - called once the versions are chosen

    def after_a_load_and_a_build(*given: Any) -> Iterator[Path]:  # noqa: ANN401 - passed on
        if not held:
            held.append("once")
            made.export("crm", "deals", "no,sum,won\n1,999,2026-02-10\n4,1,2026-02-12\n", suffix="-2")
            made.load_and_build()
        yield from files_of(*given)

    monkeypatch.setattr(backing_up, "_files_of", after_a_load_and_a_build)
    bootstrap.backed_up(str(made.folder), tmp_path / "backup.tar", lambda: NOW)
    restore(tmp_path / "backup.tar", tmp_path / "again", over=False, now=NOW)
    assert deals(tmp_path / "again") == before
    assert deals(made.folder) != before
    again = CompanyFolder(tmp_path / "again")
    again.sources = made.sources
    again.build()  # rows that the ledger of the backup does not know do not count
    assert deals(tmp_path / "again") == before
    again.load_and_build()  # and the file that came meanwhile is loaded as any new one
    assert deals(tmp_path / "again") == deals(made.folder)


def test_a_file_that_is_not_as_it_was_is_named_and_nothing_is_changed(backup: Path, tmp_path: Path) -> None:
    spoilt = changed(backup, tmp_path / "spoilt.tar", "exports/crm/deals.csv", DEALS.replace("100", "900").encode())
    with pytest.raises(InputError, match=r"exports/crm/deals.csv: the file is not as it was backed up"):
        restore(spoilt, tmp_path / "company", over=False, now=NOW)
    lacking = changed(backup, tmp_path / "lacking.tar", "voronka.toml", None)
    with pytest.raises(InputError, match=r"voronka.toml: the backup lacks a file that it names"):
        restore(lacking, tmp_path / "company", over=False, now=NOW)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["lacking.tar", "spoilt.tar"]


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\0" * 10240])
def test_what_is_no_backup_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(InputError, match="no backup of Voronka's"):
        look_into(tmp_path / "file")


def test_a_backup_that_was_cut_off_is_none(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    (tmp_path / "half.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="no backup of Voronka's"):
        look_into(tmp_path / "half.tar")


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_no_file_leads_out_of_the_folder(backup: Path, tmp_path: Path, name: str) -> None:
    with tarfile.open(backup) as whole:
        about = json.loads(whole.extractfile(ABOUT).read())  # type: ignore[union-attr]
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as archive:
        about["files"] = {name: {"bytes": 1, "sha256": "x"}}
        for entry, content in ((name, b"!"), (ABOUT, json.dumps(about).encode())):
            told = tarfile.TarInfo(entry)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    with pytest.raises(InputError):
        restore(evil, tmp_path / "deep" / "company", over=False, now=NOW)
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_folder_that_holds_anything_is_refused_or_put_aside(backup: Path, tmp_path: Path) -> None:
    folder = tmp_path / "company"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(SettingsError, match="holds something already"):
        restore(backup, folder, over=False, now=NOW)
    _, aside = restore(backup, folder, over=True, now=NOW)
    assert aside == tmp_path / "company.before-20260302-090000"
    assert (aside / "mine.txt").read_text("utf-8") == "mine"
    assert (folder / "voronka.toml").is_file()


def test_a_file_that_is_there_is_not_written_over_and_a_broken_off_backup_leaves_none(
    company: CompanyFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken.tar").write_text("mine", "utf-8")
    with pytest.raises(SettingsError, match="a file of this name already"):
        bootstrap.backed_up(str(company.folder), tmp_path / "taken.tar")

    def gone(*_: object) -> Iterator[Path]:
        yield (company.folder / "lake").resolve() / "gone.parquet"

    monkeypatch.setattr(backing_up, "_files_of", gone)
    with pytest.raises(RetryError, match="removed while it was backed up"):
        bootstrap.backed_up(str(company.folder), tmp_path / "new.tar")
    assert [each.name for each in tmp_path.iterdir()] == ["taken.tar"]


@pytest.mark.parametrize("subject", ["settings", "regulation"])
def test_what_people_changed_on_pages_comes_along(backup: Path, tmp_path: Path, subject: str) -> None:
    restore(backup, tmp_path / "new", over=False, now=NOW)
    assert list(written_down(tmp_path / "new" / place_of(subject))) == [{"at": NOW, "by": "Анна"}]
