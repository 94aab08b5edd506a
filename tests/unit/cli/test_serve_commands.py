import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from tests.company import CompanyFolder
from tests.unit.cli.conftest import Voronka
from voronka.bootstrap import OpenCompany
from voronka.cli import serve_commands
from voronka.cli.main import main
from voronka.cli.people import people_of
from voronka.cli.serving import listening

RUN = "from voronka.cli.main import main; main()"


@contextmanager
def running(*arguments: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a command in a process of its own and give the address that it prints first."""
    command = [sys.executable, "-W", "error", "-c", RUN, *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, process.communicate()[1] if process.poll() is not None else line
            yield found[0], process
        finally:
            process.kill()


class Browser:
    """A browser that remembers what it was asked to open."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, address: str) -> bool:
        """Note the address."""
        self.opened.append(address)
        return True


def stopped(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGINT)
    return process.wait(), process.stderr.read() if process.stderr else ""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[OpenCompany]:
    """Return the companies that were served; serving them calls `ready` and ends."""
    found: list[OpenCompany] = []

    def serve(company: OpenCompany, _taken: object, ready: Callable[[], None], _host: str = "") -> None:
        found.append(company)
        ready()

    monkeypatch.setattr(serve_commands, "serve_company", serve)
    return found


@pytest.fixture
def demo_made(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Return what was wished for; making a demo makes a folder that looks like one."""
    wishes: list[dict[str, object]] = []

    def ready(folder: Path, _say: object, _progress: object, **wish: object) -> None:
        wishes.append({"folder": folder, **wish})
        CompanyFolder(folder).write("demo.json", "{}")

    monkeypatch.setattr("voronka.bootstrap.ready_demo", ready)
    return wishes


def demo(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["demo", str(folder), "--port", "0", "--no-open", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_serve_says_where_it_is_and_what_is_missing(
    company: CompanyFolder, voronka: Voronka, served: list[OpenCompany]
) -> None:
    result = voronka("serve", "--port", "0", company=company)
    assert result.exit_code == 0
    assert re.fullmatch(r"Voronka is at http://127\.0\.0\.1:\d+\n", result.stdout)
    found = re.search(r"Open http://127\.0\.0\.1:\d+/setup and give this code: (\S+)", result.stderr)
    assert found
    with people_of(str(company.folder)) as people:
        assert people.access.first_user.make(found[1], "Анна", "0123456789").role == "admin"
    assert "Nothing is built yet" in result.stderr
    assert "unencrypted" not in result.stderr
    assert [each.folder for each in served] == [company.folder]


@pytest.mark.usefixtures("served")
def test_serve_says_how_a_demo_is_entered(company: CompanyFolder, voronka: Voronka) -> None:
    company.write("demo.json", "{}")
    said = voronka("serve", "--port", "0", company=company).stderr
    assert "Nobody can sign in yet" in said
    assert f"voronka demo {company.folder} prints a link" in said.replace("'", "")


@pytest.mark.usefixtures("served")
def test_serve_says_nothing_is_missing_where_nothing_is(built_company: CompanyFolder, voronka: Voronka) -> None:
    given = CliRunner().invoke(
        main, ["user", "add", "Анна", "--password-stdin", "--company", str(built_company.folder)], input="0123456789\n"
    )
    assert given.exit_code == 0
    assert voronka("serve", "--port", "0", company=built_company).stderr == "Ctrl-C stops it.\n"


@pytest.mark.usefixtures("served")
def test_serve_listens_where_the_settings_say_unless_told_otherwise(company: CompanyFolder, voronka: Voronka) -> None:
    with listening("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    company.write("voronka.toml", f'[web]\nhost = "0.0.0.0"\nport = {port}\n')
    result = voronka("serve", company=company)
    assert f"http://127.0.0.1:{port}\n" in result.stdout
    assert "passwords travel unencrypted" in result.stderr
    assert "unencrypted" not in voronka("serve", "--host", "127.0.0.1", company=company).stderr


@pytest.mark.usefixtures("served")
def test_a_browser_is_opened_where_it_is_asked_for(
    company: CompanyFolder, voronka: Voronka, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser()
    opened = browser.opened
    monkeypatch.setattr(serve_commands, "open_browser", browser)
    voronka("serve", "--port", "0", company=company)
    assert opened == []
    result = voronka("serve", "--port", "0", "--open", company=company)
    assert [f"Voronka is at {address}\n" for address in opened] == [result.stdout]
    monkeypatch.setattr(serve_commands, "open_browser", lambda _address: False)
    assert "No browser" in voronka("serve", "--port", "0", "--open", company=company).stderr


@pytest.mark.parametrize("command", [["serve"], ["demo"]])
def test_a_port_that_is_taken_is_told_and_nothing_is_made(
    company: CompanyFolder, tmp_path: Path, demo_made: list[dict[str, object]], command: list[str]
) -> None:
    place = [str(tmp_path / "demo")] if command == ["demo"] else ["--company", str(company.folder)]
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, [*command, *place, "--port", str(port)])
    assert result.exit_code == 1
    assert f"port {port} is taken by another program" in result.stderr
    assert demo_made == []


def test_the_demo_prints_a_link_that_lets_in_once(
    tmp_path: Path, served: list[OpenCompany], demo_made: list[dict[str, object]]
) -> None:
    result = demo(tmp_path / "demo", "--managers", "7", "--months", "3", "--seed", "5", "--fresh", "--keep")
    wish = {"managers": 7, "months": 3, "seed": 5, "fresh": True, "keep": True}
    assert demo_made == [{"folder": tmp_path / "demo", **wish}]
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[\w-]{43}\n", result.stdout)
    assert "Nobody can sign in" not in result.stderr
    assert [each.folder for each in served] == [tmp_path / "demo"]


@pytest.mark.usefixtures("served", "demo_made")
def test_the_browser_that_the_demo_opens_has_a_link_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    opened = browser.opened
    monkeypatch.setattr(serve_commands, "open_browser", browser)
    printed = CliRunner().invoke(main, ["demo", str(tmp_path / "demo"), "--port", "0"]).stdout
    assert len(opened) == 1
    assert "/enter/" in opened[0]
    assert opened[0] not in printed
    demo(tmp_path / "demo")
    assert len(opened) == 1


def test_the_demo_can_be_made_without_being_served(tmp_path: Path, served: list[OpenCompany]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me", "utf-8")
    result = demo(tmp_path / "mine", "--no-serve")
    assert result.exit_code == 2
    assert "holds no demo company" in result.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert served == []


def test_a_company_is_served_until_ctrl_c(built_company: CompanyFolder) -> None:
    with running("serve", "--port", "0", folder=built_company.folder) as (address, process):
        assert httpx.get(f"{address}/healthz").json() == {"ok": True}
        assert httpx.get(f"{address}/api/session").status_code == 401
        assert httpx.get(f"{address}/healthz", headers={"host": "evil.example.com"}).status_code == 400
        code, said = stopped(process)
    assert code == 0
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said


@pytest.mark.slow
def test_the_demo_is_made_shown_and_shown_again_without_being_made(tmp_path: Path) -> None:
    wish = ("demo", "--managers", "5", "--months", "3", "--port", "0", "--no-open")
    with running(*wish, folder=tmp_path) as (link, process), httpx.Client(follow_redirects=True) as browser:
        browser.get(link)
        told = browser.get(re.sub("/enter/.*", "/api/session", link)).json()
        code, said = stopped(process)
    assert (told["user"]["role"], told["company"]["is_demo"]) == ("demo", True)
    assert {each["source"] for each in told["data"]["sources"]} >= {"crm", "telephony"}
    assert code == 0
    assert "there is none in this folder yet" in said
    made = json.loads((tmp_path / "voronka-demo" / "demo.json").read_text("utf-8"))
    assert (made["managers"], made["months"]) == (5, 3)
    assert os.listdir(tmp_path) == ["voronka-demo"]  # noqa: PTH208 - names
    with running(*wish, folder=tmp_path) as (_, process):
        assert "is made" not in stopped(process)[1]


def test_several_processes_serve_together_and_end_together(company: CompanyFolder) -> None:
    with running("serve", "--port", "0", "--workers", "2", folder=company.folder) as (address, process):
        assert httpx.get(f"{address}/health").json()["ready"] is True
        places = list((company.folder / "lake" / ".serving").iterdir())
        assert [each.stat().st_mode & 0o777 for each in places] == [0o700]
        code, said = stopped(process)
    assert code == 0
    assert said.endswith("Stopped.\n")
    assert list((company.folder / "lake" / ".serving").iterdir()) == []


def test_so_many_processes_that_each_could_do_little_are_refused(company: CompanyFolder, voronka: Voronka) -> None:
    company.write("voronka.toml", '[engine]\nmemory_limit = "512MB"\n[web]\nworkers = 8\n')
    result = voronka("serve", "--port", "0", company=company)
    assert "engine.memory_limit: 8 workers would have 61 MB each" in result.stderr
    assert result.exit_code != 0
