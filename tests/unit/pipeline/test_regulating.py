"""Regulations set by people: into the file as a person would write it, each change kept, none lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from voronka.domain.errors import QuestionError, SettingsError
from voronka.pipeline.chronicle import Made
from voronka.pipeline.file_changes import can_undo
from voronka.pipeline.regulating import (
    Place,
    Wanted,
    changes,
    drop_regulation,
    rows_in_force,
    set_regulation,
    undo,
    written,
)
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-03-02 09:00")
ANNA = Made("Anna", NOW)
SETTINGS = Settings.model_validate({"language": "en"})
SALES = """\
# how we sell
pipeline: sales
stages:
  - { id: New }
  - { id: Talks, title: Переговоры }  # long
regulations:
  # agreed in May
  - { id: offer, title: { ru: КП, en: Offer }, entity: deals, start: created, stop: "stage:Talks", minutes: 2880 }  # !
"""
LEADS = "pipeline: leads\nentity: leads\nstages: [{ id: Fresh }]\n"
STAY = Wanted("stage:New", "left:New", 600, "calendar", owner="  Анна\n Б. ", title="New: ten hours")
OFFER = Place("sales", "deals", "offer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pipelines").mkdir()
    (tmp_path / "pipelines/sales.yml").write_text(SALES, "utf-8")
    (tmp_path / "pipelines/leads.yml").write_text(LEADS, "utf-8")
    return tmp_path


def sales(folder: Path) -> str:
    return (folder / "pipelines/sales.yml").read_text("utf-8")


def seen(folder: Path, place: Place) -> Place:
    """Return a place as a page would ask for it that shows what the file says now."""
    found = next(each for each in written(folder, SETTINGS) if each.regulation.id == place.regulation)
    return replace(place, seen=found.stamp)


def offer(**more: object) -> Wanted:
    return replace(Wanted("created", "stage:Talks", 2880, "working"), **more)  # type: ignore[arg-type]


def test_a_new_regulation_stands_in_the_file_and_in_the_register(folder: Path) -> None:
    made = set_regulation(folder, SETTINGS, Place("sales", "deals"), replace(STAY, reviewed_on=date(2026, 3, 2)), ANNA)
    line = '  - { id: New, title: "New: ten hours", entity: deals, start: stage:New, stop: left:New, minutes: 600,'
    more = "      clock: calendar, owner: Анна Б., version: 1, reviewed_on: 2026-03-02 }"
    assert sales(folder) == f"{SALES}{line}\n{more}\n"
    assert (made.by, made.at, made.action, made.title) == ("Anna", NOW, "set", "New: ten hours")
    assert changes(folder) == [made]
    told = {each.regulation.id: (each.title, each.pipeline, each.binds) for each in written(folder, SETTINGS)}
    assert told["New"] == ("New: ten hours", "sales", "sales")
    assert told["first_response"] == ("First response", "", None)
    assert [row["minutes"] for row in rows_in_force(folder, SETTINGS) if row["regulation_id"] == "New"] == [600]


def test_another_limit_is_another_version_and_the_rest_of_the_file_stays(folder: Path) -> None:
    set_regulation(folder, SETTINGS, seen(folder, OFFER), offer(minutes=60), ANNA)
    assert sales(folder) == SALES.replace("minutes: 2880 }", "minutes: 60, version: 2 }")
    set_regulation(folder, SETTINGS, seen(folder, OFFER), offer(minutes=90), ANNA)
    assert sales(folder) == SALES.replace("minutes: 2880 }", "minutes: 90, version: 3 }")
    reviewed = offer(minutes=90, reviewed_on=date(2026, 3, 2), title="Offer now", language="en", owner="Вера")
    set_regulation(folder, SETTINGS, seen(folder, OFFER), reviewed, ANNA)
    told = "minutes: 90, version: 3, owner: Вера, reviewed_on: 2026-03-02 }"
    assert sales(folder) == SALES.replace("minutes: 2880 }", told).replace("en: Offer", "en: Offer now")


def test_one_of_the_settings_is_put_in_its_place_by_a_file(folder: Path) -> None:
    first = Wanted("created", "first_outgoing", 5, "working")
    set_regulation(folder, SETTINGS, Place("leads", "leads"), first, ANNA)
    found = [each for each in written(folder, SETTINGS) if each.regulation.id == "first_response"]
    assert [(each.regulation.minutes, each.binds) for each in found] == [(15, None), (5, "leads")]
    call_back = Wanted("missed_call", "called_back", 30, "working")
    set_regulation(folder, SETTINGS, Place("sales", "calls"), call_back, ANNA)
    found = [each for each in written(folder, SETTINGS) if each.regulation.id == "call_back"]
    assert [(each.regulation.minutes, each.pipeline) for each in found] == [(30, "sales")]
    with pytest.raises(QuestionError, match="call_back stands in the file of sales already"):
        set_regulation(folder, SETTINGS, Place("sales", "calls"), call_back, ANNA)
    with pytest.raises(SettingsError, match="call_back of calls stands in two pipelines"):
        set_regulation(folder, SETTINGS, Place("leads", "calls"), call_back, ANNA)


def test_ids_that_are_taken_get_their_pipeline_before_them(folder: Path) -> None:
    for minutes in (10, 20, 30):
        set_regulation(folder, SETTINGS, Place("sales", "deals"), replace(STAY, minutes=minutes), ANNA)
    ids = {each.regulation.id for each in written(folder, SETTINGS)}
    assert ids >= {"New", "sales_New", "sales_New_2"}


def test_a_regulation_is_dropped_and_brought_back_and_dropped_again(folder: Path) -> None:
    dropped = drop_regulation(folder, SETTINGS, seen(folder, OFFER), ANNA)
    assert sales(folder) == SALES[: SALES.index("  - { id: offer")].replace("regulations:", "regulations: []")
    back = undo(folder, SETTINGS, dropped.number, Made("Boris", NOW))
    assert sales(folder) == SALES
    assert (back.action, back.by, back.title) == ("undo", "Boris", "Offer")
    assert [can_undo(folder, each) for each in changes(folder)] == [False, True]
    undo(folder, SETTINGS, back.number, ANNA)
    assert "offer" not in sales(folder)


def test_what_somebody_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    place = seen(folder, OFFER)
    done = set_regulation(folder, SETTINGS, place, offer(minutes=60), ANNA)
    with pytest.raises(QuestionError, match="offer was changed meanwhile"):
        set_regulation(folder, SETTINGS, place, offer(minutes=90), ANNA)
    with pytest.raises(QuestionError, match="offer was changed meanwhile"):
        drop_regulation(folder, SETTINGS, place, ANNA)
    (folder / "pipelines/sales.yml").write_text(sales(folder) + "# by hand\n", "utf-8")
    with pytest.raises(QuestionError, match=r"pipelines/sales\.yml was changed after this"):
        undo(folder, SETTINGS, done.number, ANNA)
    assert sales(folder).endswith("# by hand\n")


def test_many_at_once_lose_nothing_of_each_other(folder: Path) -> None:
    wanted = [replace(STAY, minutes=minutes, title=f"{minutes}") for minutes in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: set_regulation(folder, SETTINGS, Place("sales", "deals"), each, ANNA), wanted))
    found = [each.regulation.minutes for each in written(folder, SETTINGS) if each.regulation.start == "stage:New"]
    assert sorted(found) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [each.number for each in changes(folder)] == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("place", "wanted", "said"),
    [
        (Place("sale", "deals"), STAY, "no file tells of the pipeline sale"),
        (Place("sales", "deals"), replace(STAY, start="stage:Nw"), "no stage here is Nw"),
        (Place("sales", "deals"), replace(STAY, title=" "), "has no name"),
        (Place("sales", "leads"), STAY, "stages of this file are of deals"),
        (Place("sales", "deals", "nothing", "abc"), STAY, "nothing was changed meanwhile"),
    ],
)
def test_what_cannot_be_leaves_the_file_as_it_is(folder: Path, place: Place, wanted: Wanted, said: str) -> None:
    with pytest.raises((QuestionError, SettingsError), match=said):
        set_regulation(folder, SETTINGS, place, wanted, ANNA)
    assert sales(folder) == SALES
    assert changes(folder) == []


def test_a_change_of_nothing_and_of_what_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(QuestionError, match="nothing of the regulation is otherwise"):
        set_regulation(folder, SETTINGS, seen(folder, OFFER), offer(), ANNA)
    with pytest.raises(QuestionError, match="gone is not in the file"):
        drop_regulation(folder, SETTINGS, Place("sales", "deals", "gone"), ANNA)


def test_a_file_written_in_another_way_is_left_to_people(folder: Path) -> None:
    braces = "{ pipeline: sales, stages: [{ id: New }] }\n"
    (folder / "pipelines/sales.yml").write_text(braces, "utf-8")
    with pytest.raises(QuestionError, match=r"so that they cannot be changed here\. Change them in that file"):
        set_regulation(folder, SETTINGS, Place("sales", "deals"), STAY, ANNA)
    assert sales(folder) == braces


def test_ends_of_lines_and_the_mark_of_an_editor_stay(folder: Path) -> None:
    path = folder / "pipelines/sales.yml"
    before = b"\xef\xbb\xbf" + SALES.replace("\n", "\r\n").encode()
    path.write_bytes(before)
    done = set_regulation(folder, SETTINGS, seen(folder, OFFER), offer(minutes=60), ANNA)
    assert path.read_bytes() == before.replace(b"minutes: 2880 }", b"minutes: 60, version: 2 }")
    undo(folder, SETTINGS, done.number, ANNA)
    assert path.read_bytes() == before
