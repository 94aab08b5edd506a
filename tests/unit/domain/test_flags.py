"""Flags as they are shown."""

from __future__ import annotations

from voronka.domain.flags import Flag


def test_a_flag_is_shown_with_its_count_and_ten_rows_at_most() -> None:
    flag = Flag("mojibake", "Letters were read in another encoding before.", 12, tuple(range(2, 14)))

    assert flag.shown() == {
        "code": "mojibake",
        "message": "Letters were read in another encoding before.",
        "rows": 12,
        "first_rows": [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    }


def test_a_flag_is_what_it_was_when_it_is_read_again() -> None:
    flag = Flag("negative_amount", "An amount is negative.", 2, (3, 7))
    assert Flag.of(flag.shown()) == flag


def test_a_flag_of_the_whole_file_names_no_rows() -> None:
    assert Flag("no_rows", "The file has a header only.").shown()["first_rows"] == []
