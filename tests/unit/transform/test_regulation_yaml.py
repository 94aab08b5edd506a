"""Regulations written into files that people wrote: what they change is changed, every other line stays."""

import pytest

from voronka.transform.pipelines import Regulation, pipeline_of
from voronka.transform.regulation_yaml import (
    minutes_word,
    title_word,
    with_new_regulation,
    with_regulation,
    without_regulation,
)

HEAD = """\
# our way of selling
pipeline: sales
entity: deals
stages:
  - { id: New }  # first
  - id: Talks
    match: [Переговоры]
"""
LINES = """\
regulations:  # agreed in May
  # nobody waits for an offer
  - { id: offer, entity: deals, start: created, stop: "stage:Talks",
      minutes: 2880, clock: calendar, owner: Anna }  # two days
  - id: talks  # the long one
    title:
      ru: Переговоры
      en: Talks
    entity: deals
    start: stage:Talks
    stop: left:Talks
    minutes: 2700  # 45 hours
    owner:
    # asked for by Boris

"""
TAIL = "title: Sales  # the end\n"
ONE_LINE = "regulations: [{ id: a, start: created, stop: accepted, minutes: 5 }, { id: b, start: created, stop: handed, minutes: 6, }]\n"  # noqa: E501
NEW = {"id": "new", "entity": "deals", "start": "stage:New", "stop": "left:New", "minutes": "30"}


def regulations(text: str | None) -> list[Regulation]:
    assert text is not None
    return list(pipeline_of(text, "sales.yml").regulations)


def ids(text: str | None) -> list[str]:
    return [each.id for each in regulations(text)]


def changed(before: str, after: str | None) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    assert after is not None
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_the_first_regulation_of_a_file_stands_at_its_end() -> None:
    for text in (HEAD, HEAD.removesuffix("\n"), HEAD + "# end\n"):
        made = with_new_regulation(text, NEW)
        assert ids(made) == ["new"]
        line = "  - { id: new, entity: deals, start: stage:New, stop: left:New, minutes: 30 }"
        assert changed(text, made) == ([], ["regulations:", line])


@pytest.mark.parametrize("none", ["regulations:  # none yet\n", "regulations: []  # none yet\n", "regulations:\n"])
def test_it_stands_under_the_key_that_waits_for_it(none: str) -> None:
    made = with_new_regulation(HEAD + none + TAIL, NEW)
    assert ids(made) == ["new"]
    assert made is not None
    assert made.endswith(TAIL)
    assert ("none yet" in made) == ("none yet" in none)


def test_another_one_stands_behind_the_last_before_what_follows() -> None:
    text = HEAD + LINES + TAIL
    made = with_new_regulation(text, NEW)
    assert ids(made) == ["offer", "talks", "new"]
    gone, come = changed(text, made)
    assert (gone, len(come)) == ([], 1)
    assert made is not None
    assert made.index("id: new") < made.index("# asked for by Boris") < made.index(TAIL)


def test_in_a_list_on_one_line_it_stands_on_that_line() -> None:
    assert ids(with_new_regulation(HEAD + ONE_LINE, NEW)) == ["a", "b", "new"]


def test_a_long_one_goes_on_in_the_next_line() -> None:
    made = with_new_regulation(HEAD, {**NEW, "owner": "А" * 60, "version": "1"})
    assert regulations(made)[0].owner == "А" * 60
    assert made is not None
    assert len(made.splitlines()) == len(HEAD.splitlines()) + 3


def test_values_are_changed_where_they_stand() -> None:
    text = HEAD + LINES + TAIL
    made = with_regulation(text, 0, {"minutes": "60", "owner": None, "version": "2"})
    first, second = regulations(made)
    assert (first.minutes, first.owner, first.version, first.clock) == (60, None, "2", "calendar")
    assert second == regulations(text)[1]
    assert changed(text, made) == (
        ["      minutes: 2880, clock: calendar, owner: Anna }  # two days"],
        ["      minutes: 60, clock: calendar, version: 2 }  # two days"],
    )


def test_in_a_block_of_lines_new_values_stand_under_the_limit() -> None:
    text = HEAD + LINES + TAIL
    made = with_regulation(text, 1, {"minutes": "90", "owner": "Вера", "clock": "shift", "title": "Talking"})
    _, second = regulations(made)
    assert (second.minutes, second.owner, second.clock, second.title) == (90, "Вера", "shift", "Talking")
    gone, come = changed(text, made)
    assert gone == [
        "    title:",
        "      ru: Переговоры",
        "      en: Talks",
        "    minutes: 2700  # 45 hours",
        "    owner:",
    ]
    assert come == ["    title: Talking", "    minutes: 90  # 45 hours", "    clock: shift", "    owner: Вера"]


def test_values_are_taken_out_with_their_line() -> None:
    made = with_regulation(HEAD + LINES, 1, {"title": None, "owner": None})
    assert regulations(made)[1].title is None
    assert changed(HEAD + LINES, made)[1] == []
    beside = with_regulation(
        HEAD + "regulations:\n  - owner: A\n" + "    id: a\n    start: created\n", 0, {"owner": None}
    )
    assert beside is not None
    assert "  - owner: null\n    id: a\n" in beside


@pytest.mark.parametrize(("number", "left"), [(0, ["talks"]), (1, ["offer"])])
def test_a_regulation_goes_with_its_lines(number: int, left: list[str]) -> None:
    made = without_regulation(HEAD + LINES + TAIL, number)
    assert ids(made) == left
    assert changed(HEAD + LINES + TAIL, made)[1] == []
    assert made is not None
    assert "# asked for by Boris" in made
    assert made.startswith(HEAD)


def test_without_the_last_one_the_list_is_empty() -> None:
    one = (
        HEAD
        + "regulations:  # ours\n- id: a\n  start: created\n  stop: first_outgoing\n  entity: leads\n  minutes: 5\n"
        + TAIL
    )
    made = without_regulation(one, 0)
    assert ids(made) == []
    assert made == HEAD + "regulations: []  # ours\n" + TAIL


@pytest.mark.parametrize(("number", "left"), [(0, ["b"]), (1, ["a"])])
def test_a_regulation_goes_from_a_list_on_one_line(number: int, left: list[str]) -> None:
    leads = HEAD.replace("deals", "leads") + ONE_LINE
    assert ids(without_regulation(leads, number)) == left


def test_what_is_written_in_another_way_is_left_to_people() -> None:
    braces = "{ pipeline: s, stages: [{ id: New }] }\n"
    assert with_new_regulation(braces, NEW) is None
    assert with_regulation(braces, 0, {"minutes": "5"}) is None
    assert with_regulation(HEAD + LINES, 5, {"minutes": "5"}) is None
    assert without_regulation(HEAD, 0) is None
    assert without_regulation(HEAD.replace("our", "\u2028") + LINES, 0) is None


def test_values_are_words_of_yaml() -> None:
    assert (minutes_word(30.0), minutes_word(0.5)) == ("30", "0.5")
    assert title_word("a: b") == '"a: b"'
    assert title_word({"ru": "КП, два дня", "en": "Offer"}) == '{ ru: "КП, два дня", en: Offer }'
