from pathlib import Path
from threading import Event, Thread

from voronka.pipeline.replacing import (
    as_it_was,
    plain_text,
    raw_text,
    replace_text,
    turn_at_pipelines,
    turn_at_settings,
)


def test_a_text_takes_the_place_of_another_with_its_rights_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "sales.yml"
    path.write_text("old", "utf-8")
    path.chmod(0o640)
    (tmp_path / "link.yml").symlink_to(path)
    replace_text(tmp_path / "link.yml", "новый\r\n")
    assert path.read_bytes() == "новый\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.yml").is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link.yml", "sales.yml"]


def test_who_comes_second_waits_for_the_first(tmp_path: Path) -> None:
    order, has_begun = [], Event()

    def second() -> None:
        has_begun.set()
        with turn_at_pipelines(tmp_path):
            order.append("second")

    thread = Thread(target=second)
    with turn_at_pipelines(tmp_path):
        thread.start()
        assert has_begun.wait(60)
        order.append("first")
    thread.join(60)
    assert order == ["first", "second"]


def test_who_changes_the_settings_does_not_wait_for_who_changes_a_pipeline(tmp_path: Path) -> None:
    with turn_at_pipelines(tmp_path), turn_at_settings(tmp_path):
        pass


def test_a_text_keeps_the_mark_and_the_ends_of_lines_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("\ufeffимя\r\n".encode())
    raw = raw_text(path)
    assert plain_text(raw) == "имя\n"
    assert as_it_was("имя\nеще\n", raw) == "\ufeffимя\r\nеще\r\n"
    assert as_it_was("имя\n", "plain\n") == "имя\n"
