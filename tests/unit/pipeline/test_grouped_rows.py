"""Columns that name somebody in the first row of a group alone."""

from pathlib import Path

import pytest

from voronka.bootstrap import trial_place
from voronka.pipeline.previewing import Wish, preview

COLUMNS = {"id": "deal_id", "sum": "amount", "who": "employee"}


def told(folder: Path, *people: str) -> list[tuple[str, int, tuple[int, ...]]]:
    file = folder / "deals.csv"
    rows = "".join(f"{n},{100 + n},{who}\n" for n, who in enumerate(people, start=1))
    file.write_text(f"id,sum,who\n{rows}", encoding="utf-8")
    with trial_place(str(folder)) as work:
        answer = preview(work, Wish(file, "deals", COLUMNS))
    return [(flag.code, flag.rows, flag.first_rows) for flag in answer.flags]


def test_a_manager_named_in_the_first_row_of_a_group_alone_is_told(tmp_path: Path) -> None:
    # lines 3, 4 and 6 of the file name nobody
    assert told(tmp_path, "Anna", "", "", "Boris", "") == [("grouped_rows", 3, (3, 4, 6))]


@pytest.mark.parametrize(
    "people",
    [
        ("Anna", "Anna", "", "", "Boris", ""),
        ("", "Anna", "", "Boris", "", ""),
        ("Anna", "", "", "Anna", "", ""),
        ("Anna", "", "", "", ""),
        ("Anna", "Boris", "", "Vera", "Gleb"),
        ("Anna", "", "Boris"),
    ],
    ids=["follows itself", "first has none", "the same again", "one name", "few have none", "few rows"],
)
def test_people_left_out_here_and_there_are_no_report(tmp_path: Path, people: tuple[str, ...]) -> None:
    assert told(tmp_path, *people) == []
