"""Lengths of time as people write and read them."""

import pytest

from voronka.domain.durations import length_in_words, length_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14d", 1_209_600),
        ("36h", 129_600),
        ("90m", 5_400),
        ("2w", 1_209_600),
        ("45s", 45),
        ("0s", 0),
        ("1.5h", 5_400),
        ("1,5 ч", 5_400),
        ("1d 12h", 129_600),
        ("1d12h30min", 131_400),
        (" 2 Weeks ", 1_209_600),
        ("14 дней", 1_209_600),
        ("3 дн. 4 ч.", 273_600),
    ],
)
def test_a_length_is_read_with_its_units(text: str, seconds: float) -> None:
    assert length_of(text) == seconds


@pytest.mark.parametrize("text", ["", "14", "d", "14x", "-3d", "3d 5", "d3", "14d!", "1e5d", "12345678901d", "٣d d"])
def test_what_is_no_length_is_not_guessed(text: str) -> None:
    assert length_of(text) is None


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [
        (None, "–", "–"),
        (0, "0 s", "0 с"),
        (0.25, "0.2 s", "0.2 с"),
        (12, "12 s", "12 с"),
        (59.6, "1 min", "1 мин"),
        (60, "1 min", "1 мин"),
        (3_599, "59 min 59 s", "59 мин 59 с"),
        (3_599.7, "1 h", "1 ч"),
        (7_290, "2 h 2 min", "2 ч 2 мин"),
        (86_399, "1 d", "1 дн"),
        (183_600, "2 d 3 h", "2 дн 3 ч"),
        (-183_600, "-2 d 3 h", "-2 дн 3 ч"),
        (172_800, "2 d", "2 дн"),
        (120_000_000, "1,388 d 21 h", "1,388 дн 21 ч"),
    ],
)
def test_a_length_is_said_in_its_two_largest_units(seconds: float | None, english: str, russian: str) -> None:
    assert length_in_words(seconds, "en") == english
    assert length_in_words(seconds, "ru") == russian
