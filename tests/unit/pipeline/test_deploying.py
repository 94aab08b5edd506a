import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from voronka.pipeline.deploying import deployment_found, is_reachable_from_outside
from voronka.settings import Settings


def found(folder: Path, **settings: object) -> dict[str, str]:
    given = Settings.model_validate({"engine": {"memory_limit": "1GiB"}, **settings})
    return {each.what: f"{each.state}: {each.detail}" for each in deployment_found(folder, given, "lake")}


def test_what_serves_this_machine_alone_is_well(tmp_path: Path) -> None:
    assert found(tmp_path) == {
        "serving": "ok: 127.0.0.1:8765",
        "memory": "ok: 1 worker with 1024 MB each; a load or a build beside them",
    }


@pytest.mark.parametrize(
    ("web", "said"),
    [
        ({"host": "0.0.0.0"}, "note: 0.0.0.0 is reachable without HTTPS"),  # noqa: S104 - nothing is bound to it
        ({"public_url": "http://sales.example.com"}, "note: web.public_url is not https"),
        ({"public_url": "https://sales.example.com"}, "ok: https://sales.example.com"),
    ],
)
def test_whether_passwords_travel_unencrypted_is_told(tmp_path: Path, web: dict[str, str], said: str) -> None:
    assert found(tmp_path, web=web)["serving"].startswith(said)


def test_workers_with_too_little_memory_are_wrong(tmp_path: Path) -> None:
    assert found(tmp_path, web={"workers": 5})["memory"].startswith("ok: 5 workers with 204 MB each")
    assert found(tmp_path, web={"workers": 6})["memory"].startswith("wrong: 6 workers with 170 MB each")


def test_a_database_that_others_may_read_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "app.db"
    path.touch(0o600)
    assert found(tmp_path)["app.db"] == "ok: only its owner reads it"
    path.chmod(0o640)
    assert found(tmp_path)["app.db"].startswith("wrong: others on this machine may read")


def test_a_disk_on_which_a_build_may_not_fit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "part.parquet").write_bytes(b"0" * 1000)
    for free, state in ((1001, "ok"), (1000, "note")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: SimpleNamespace(free=free))
        assert found(tmp_path)["disk"].startswith(state)


@pytest.mark.parametrize(
    ("host", "outside"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("::", True), ("10.0.0.5", True), ("a.local", True)],
)
def test_an_address_that_others_can_reach_is_known(host: str, *, outside: bool) -> None:
    assert is_reachable_from_outside(host) is outside
