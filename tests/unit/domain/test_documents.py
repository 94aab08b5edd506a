from typing import Literal

import pytest

from voronka.domain.documents import Document, parse_toml, parse_yaml, read_yaml
from voronka.domain.errors import DefinitionError, SettingsError


class Stage(Document):
    """One stage of the test's pipeline."""

    id: str
    probability: float = 0


class Pipeline(Document):
    """The test's file."""

    pipeline: str
    stages: tuple[Stage, ...] = ()


def message_of(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        parse_yaml(text, Pipeline, "sales.yml")
    return str(caught.value)


def test_a_file_becomes_its_model() -> None:
    read = parse_yaml("pipeline: sales\nstages:\n  - { id: Won, probability: 1 }\n", Pipeline, "sales.yml")
    assert read == Pipeline(pipeline="sales", stages=(Stage(id="Won", probability=1),))


def test_an_unknown_key_is_named_with_its_line_and_the_key_that_was_meant() -> None:
    said = message_of("pipeline: sales\nstages:\n  - id: Won\n    probabilty: 1\n")
    assert said == "sales.yml, line 4: unknown key `probabilty`. Did you mean probability?"


def test_a_missing_key_says_what_to_add() -> None:
    assert message_of("stages: []\n") == "sales.yml: the key `pipeline` is missing. Add `pipeline:`."


def test_a_wrong_value_is_named_with_its_line() -> None:
    said = message_of("pipeline: sales\nstages:\n  - id: Won\n    probability: much\n")
    assert said.startswith("sales.yml, line 4: `stages.0.probability`: ")


def test_a_key_that_stands_twice_is_refused() -> None:
    assert "the key pipeline stands twice" in message_of("pipeline: a\npipeline: b\n")


def test_a_text_that_is_no_yaml_names_the_line() -> None:
    assert message_of("pipeline: sales\nstages: [\n").startswith("sales.yml, line ")


def test_a_file_without_keys_is_refused() -> None:
    assert message_of("- a\n- b\n") == "sales.yml: the file must hold `key: value` lines"


def test_words_and_dates_that_yaml_would_guess_at_stay_as_written() -> None:
    assert read_yaml("a: No\nb: yes\nc: 2026-03-02\nd: true\n", "a.yml") == {
        "a": "No",
        "b": "yes",
        "c": "2026-03-02",
        "d": True,
    }


def test_the_caller_chooses_what_kind_of_error_it_is() -> None:
    with pytest.raises(DefinitionError):
        parse_yaml("a: 1\n", Pipeline, "calls.yml", DefinitionError)


def test_toml_is_checked_the_same_way() -> None:
    assert parse_toml('pipeline = "sales"\n', Pipeline, "voronka.toml") == Pipeline(pipeline="sales")
    with pytest.raises(SettingsError, match=r"voronka\.toml: unknown key `pipe`"):
        parse_toml('pipeline = "sales"\npipe = 1\n', Pipeline, "voronka.toml")
    with pytest.raises(SettingsError, match="not readable as TOML"):
        parse_toml("pipeline = \n", Pipeline, "voronka.toml")


def test_an_unknown_key_is_told_before_the_one_it_was_meant_to_be() -> None:
    assert message_of("pipelin: sales\n").startswith("sales.yml, line 1: unknown key `pipelin`")


def test_a_value_off_its_list_is_told_with_the_list() -> None:
    class Choice(Document):
        connector: Literal["files", "api"]

    with pytest.raises(SettingsError) as caught:
        parse_yaml("connector: filse\n", Choice, "crm.yml")
    assert str(caught.value) == "crm.yml, line 1: `connector` is one of: files or api; not filse"


def test_a_text_that_is_no_yaml_names_where_it_began_and_gives_a_hint() -> None:
    said = message_of("pipeline: sales\nstages:\n  - id: a\n   id: b\n")
    assert "in what begins on line 2" in said or "in what begins on line 3" in said
    assert "a space follows each colon" in said
