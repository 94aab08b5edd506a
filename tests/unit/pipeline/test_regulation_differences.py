"""What changes of a regulation made otherwise, told of the texts that are kept of each change."""

from datetime import datetime

from voronka.pipeline.regulating import Action, Change
from voronka.pipeline.regulation_differences import Difference, differences

HEAD = "pipeline: sales\nentity: deals\nstages: [{ id: New }, { id: Won, outcome: won }]\n"
LINE = (
    "  - {{ id: stay, entity: deals, title: {{ ru: Не дольше, en: No longer }}, "
    "start: 'stage:New', stop: 'left:New', minutes: {}, {} }}\n"
)
BEFORE = f"{HEAD}regulations:\n{LINE.format(600, 'clock: calendar, owner: Вера')}"
AFTER = f"{HEAD}regulations:\n" + LINE.format(90, 'clock: calendar, version: "2"')


def change(before: str, after: str, action: Action = "set") -> Change:
    at = datetime.fromisoformat("2026-03-02T09:00:00")
    return Change(1, at, "Анна", action, "sales", "pipelines/sales.yml", before, after, "deals", "stay", "Не дольше")


def test_only_what_is_otherwise_is_told_with_what_it_was() -> None:
    assert differences(change(BEFORE, AFTER), "ru") == (
        Difference("minutes", 600, 90),
        Difference("owner", "Вера", None),
        Difference("version", None, "2"),
    )


def test_of_a_new_one_all_that_it_says_is_new_and_of_a_dropped_one_it_is_gone() -> None:
    new = differences(change(HEAD, AFTER), "en")
    assert new[:2] == (Difference("title", None, "No longer"), Difference("minutes", None, 90))
    assert [(each.field, each.before, each.after) for each in differences(change(AFTER, HEAD, "drop"), "ru")] == [
        (each.field, "Не дольше" if each.field == "title" else each.after, None) for each in new
    ]


def test_ends_of_lines_and_a_mark_make_no_difference() -> None:
    assert differences(change(BEFORE, "\ufeff" + BEFORE.replace("\n", "\r\n")), "ru") == ()


def test_of_a_text_that_can_be_read_no_more_nothing_is_told() -> None:
    assert differences(change("pipeline: [", AFTER), "ru") == ()
