"""The files by which Voronka is run as a service say what they are to say."""

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "guides" / "deployment"


def unit() -> ConfigParser:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # keys have capitals
    read.read_string((FOLDER / "voronka.service").read_text("utf-8"))
    return read


def test_the_service_is_nobodys_root_and_writes_to_one_folder() -> None:
    service = unit()["Service"]
    assert service["User"] == "voronka"
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "voronka")
    assert "ReadWritePaths" not in service
    assert service["CapabilityBoundingSet"] == ""
    assert service["ExecStart"].startswith("/opt/voronka/bin/voronka serve ")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    lines = (FOLDER / "voronka.service").read_text("utf-8").splitlines()
    here = {"ExecStart": "/bin/true", "User": "daemon", "Group": "daemon"}  # what this machine has
    copy = tmp_path / "voronka.service"
    copy.write_text("\n".join(_of_here(line, here) for line in lines), "utf-8")
    found = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def _of_here(line: str, here: dict[str, str]) -> str:
    name = line.partition("=")[0]
    return f"{name}={here[name]}" if name in here else line


def test_the_image_takes_what_the_lock_names_and_runs_as_a_user_without_rights() -> None:
    lines = (FOLDER / "Dockerfile").read_text("utf-8").splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    assert lines.index("USER voronka") < next(at for at, line in enumerate(lines) if line.startswith("CMD"))
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY") and "--from" not in line]
    root = FOLDER.parents[2]
    assert [name for names in copied for name in names if not (root / name).exists()] == []
