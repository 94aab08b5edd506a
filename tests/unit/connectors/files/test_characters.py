import pytest

from voronka.connectors.files.characters import doubts, looked_at, shown, visible


def test_what_nobody_sees_is_taken_out_and_emoji_stay_whole() -> None:
    assert visible("a\u200bb\ufeffc\u00add\u202ee\u2060") == "abcde"
    assert visible("x\u200dy") == "xy"
    assert visible("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert visible("a\u00a0b\tc\nd é") == "a\u00a0b\tc\nd é"


@pytest.mark.parametrize(
    "text",
    [
        "Столы".encode().decode("cp1251"),
        "Да".encode().decode("cp1251"),
        "Столы".encode().decode("latin-1"),
        "Привет".encode().decode("cp1252", "replace"),
        "café".encode().decode("cp1252"),
        "it’s".encode().decode("cp1252"),
        "№5".encode().decode("cp1252"),
    ],
)
def test_text_read_in_a_wrong_encoding_is_told(text: str) -> None:
    assert doubts(text) == ("mojibake",)


@pytest.mark.parametrize("text", ["Сто\ufffdы", "?????", "????? ???", "ООО ?????"])
def test_lost_letters_are_told(text: str) -> None:
    assert doubts(text) == ("lost_characters",)


@pytest.mark.parametrize(
    "text", ["Рёбра «С», ГОСТ Р 5", "Что это???", "Really????", "São Ângela ÑANDÚ Ð", "С…", "5 µm, 20°", "Київ", "?"]
)
def test_plain_text_is_not_doubted(text: str) -> None:
    assert doubts(text) == ()


def test_values_are_cleaned_with_the_codes_of_what_was_doubtful() -> None:
    assert looked_at(["a\u200b", "b", "\ufffd"]) == (["a", "b", "\ufffd"], {"invisible_characters", "lost_characters"})
    assert looked_at(["a", "b"]) == (["a", "b"], set())


def test_a_text_put_aside_can_be_shown() -> None:
    assert shown("a\ufdd0b\x00c") == "a\ufffdbc"
