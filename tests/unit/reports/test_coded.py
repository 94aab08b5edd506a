"""The words of files are those of the pages."""

import json
from pathlib import Path

import pytest

from voronka.reports.coded import CODES, OF_ENTITIES, reason_in_words, word_of
from voronka.reports.tables import Language, in_words

WORDS = Path(__file__).parents[3] / "frontend" / "src" / "i18n"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_code_has_the_same_word_in_files_as_on_the_pages(language: Language) -> None:
    texts: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text("utf-8"))
    on_pages = {key: text for key, text in texts.items() if key.startswith("value.")}
    ours = {f"value.{column}.{code}": title for column, codes in CODES.items() for code, title in codes.items()}
    for entity, columns in OF_ENTITIES.items():
        for column, codes in columns.items():
            ours |= {f"value.{entity}.{column}.{code}": title for code, title in codes.items()}
    assert {key: in_words(title, language) for key, title in ours.items()} == on_pages


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_reason_has_the_same_words_in_files_as_on_the_pages(language: Language) -> None:
    texts: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text("utf-8"))
    for start, key in (("not loaded: ", "reason.not_loaded"), ("never given: ", "reason.never_given")):
        assert in_words(reason_in_words(f"{start}meetings"), language) == texts[key].replace("{what}", "meetings")


def test_a_reason_of_another_kind_stays_as_it_is() -> None:
    assert reason_in_words("no exchange rate").ru == "нет курса валюты"
    assert reason_in_words("cannot be cut by: channel").ru == "cannot be cut by: channel"


def test_a_lead_that_is_won_became_a_deal() -> None:
    assert [word.ru if (word := word_of("outcome", "won", entity)) else "" for entity in ("lead", "deal", "")] == [
        "стал сделкой",
        "продажа",
        "продажа",
    ]
    assert (lost := word_of("outcome", "lost", "lead")) is not None
    assert lost.en == "lost"


def test_a_text_of_the_source_has_no_other_word() -> None:
    assert word_of("outcome", "Договор подписан") is None
    assert word_of("client", "won") is None
