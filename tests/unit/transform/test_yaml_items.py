"""Items of a list in a YAML text: written, arranged and left out, the other lines as they were."""

import pytest

from voronka.transform.yaml_items import with_item, with_items_arranged, with_new_item, with_value, without_item

BLOCK = """\
# ours
name: sales
steps:
  # the first
  - { id: a }  # begins
  # the second
  - id: b
    title: B
  - { id: c }
other: 1  # stays
"""
FLOW = "steps: [{ id: a }, { id: b },\n  { id: c }]\nother: 1\n"


def test_items_go_elsewhere_with_the_comments_above_and_behind_them() -> None:
    assert (
        with_items_arranged(BLOCK, "steps", [2, 1, 0])
        == """\
# ours
name: sales
steps:
  # the first
  - { id: c }
  # the second
  - id: b
    title: B
  - { id: a }  # begins
other: 1  # stays
"""
    )


def test_a_new_item_stands_where_it_is_wanted_and_comments_of_one_left_out_stay() -> None:
    assert (
        with_items_arranged(BLOCK, "steps", [0, {"id": "x", "title": "X"}, 2])
        == """\
# ours
name: sales
steps:
  # the first
  - { id: a }  # begins
  - { id: x, title: X }
  # the second
  - { id: c }
other: 1  # stays
"""
    )
    assert with_items_arranged(BLOCK, "steps", [0]) == BLOCK.replace("  - id: b\n    title: B\n  - { id: c }\n", "")


def test_a_list_on_one_line_is_arranged_there() -> None:
    assert (
        with_items_arranged(FLOW, "steps", [1, 0, {"id": "x"}])
        == "steps: [{ id: b }, { id: a }, { id: x }]\nother: 1\n"
    )
    commented = FLOW.replace("},\n", "},  # late\n")
    assert with_items_arranged(commented, "steps", [1, 0, 2]) is None


@pytest.mark.parametrize("text", [BLOCK, FLOW, BLOCK.removesuffix("\n")])
def test_in_the_same_order_nothing_changes(text: str) -> None:
    assert with_items_arranged(text, "steps", [0, 1, 2]) == text


def test_what_is_no_list_of_items_cannot_be_arranged() -> None:
    for text in ("steps: 3\n", "other: 1\n", "steps: []\n", "{ steps: [{ id: a }] }\n"):
        assert with_items_arranged(text, "steps", [{"id": "x"}]) is None


def test_a_key_of_the_file_itself_is_set_or_stands_below_another() -> None:
    assert with_value(BLOCK, "name", "deals", "name") == BLOCK.replace("name: sales", "name: deals")
    assert with_value(BLOCK, "title", "T", "name") == BLOCK.replace("name: sales", "name: sales\ntitle: T")


def test_keys_of_an_item_are_set_added_and_taken_out() -> None:
    assert with_item(BLOCK, ("steps", 1), {"title": None, "rank": "2"}) == BLOCK.replace("title: B", "rank: 2")
    assert with_item(BLOCK, ("steps", 0), {"rank": "1"}) == BLOCK.replace("{ id: a }", "{ id: a, rank: 1 }")
    assert with_item(BLOCK, ("steps", 7), {"rank": "1"}) is None


def test_an_item_is_added_behind_the_others_and_taken_out() -> None:
    added = with_new_item(BLOCK, "steps", {"id": "d"})
    assert added == BLOCK.replace("  - { id: c }\n", "  - { id: c }\n  - { id: d }\n")
    assert without_item(added, ("steps", 3)) == BLOCK
