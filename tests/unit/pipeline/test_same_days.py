"""Rows of one file that say other figures of the same."""

from pathlib import Path

from voronka.bootstrap import trial_place
from voronka.pipeline.previewing import Wish, preview


def told(folder: Path, into: str, text: str) -> list[tuple[str, int]]:
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    with trial_place(str(folder)) as work:
        answer = preview(
            work, Wish(file, into, {name: name for name in text.split("\n", 1)[0].split(",") if name[0] != "_"})
        )
    assert answer.outcome != "refuse", answer.message
    return [(flag.code, flag.rows) for flag in answer.flags if flag.code != "unknown_metric"]


def test_parts_of_a_day_that_no_column_tells_apart_add_up_and_it_is_said(tmp_path: Path) -> None:
    text = (
        "day,channel,cost\n2026-03-01,vk,100\n2026-03-01,vk,50\n2026-03-02,vk,30\n2026-03-02,vk,40\n2026-03-03,vk,5\n"
    )
    assert told(tmp_path, "ad_spend", text) == [("added_up", 4)]


def test_parts_that_a_column_tells_apart_are_no_doubt(tmp_path: Path) -> None:
    text = (
        "day,channel,_ad group,cost\n2026-03-01,vk,a,100\n2026-03-01,vk,b,50\n2026-03-02,vk,a,30\n2026-03-02,vk,b,40\n"
    )
    assert told(tmp_path, "ad_spend", text) == []


def test_one_day_spelled_in_two_ways_is_one_day(tmp_path: Path) -> None:
    text = "day,channel,cost\n2026-03-13,vk,100\n13.03.2026,vk,120\n2026-03-14,vk,30\n"
    assert told(tmp_path, "ad_spend", text) == [("added_up", 2)]


def test_a_plan_and_a_rate_said_twice_count_as_said_last(tmp_path: Path) -> None:
    plans = "metric,employee,starts_on,value\nrevenue,Anna,2026-03-01,100\nrevenue,Anna,2026-03-01,120\n"
    assert told(tmp_path, "plans", plans) == [("stated_again", 2)]
    rates = "day,currency,rate\n2026-03-01,USD,90\n2026-03-01,USD,91\n2026-03-02,USD,92\n"
    assert told(tmp_path, "rates", rates) == [("stated_again", 2)]


def test_the_same_row_again_is_told_once(tmp_path: Path) -> None:
    text = "day,channel,cost\n2026-03-01,vk,100\n2026-03-01,vk,100\n2026-03-02,vk,30\n"
    assert told(tmp_path, "ad_spend", text) == [("repeated_row", 1)]
