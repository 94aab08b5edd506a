import pytest

from voronka.domain.errors import DefinitionError
from voronka.metrics.notation import read_source

FILE = """fact: fct_calls
time: started_at
metrics:
  calls:
    title: { ru: Звонки, en: Calls }
    count: rows
    %s
"""


def test_a_file_knows_the_lines_of_its_keys() -> None:
    source = read_source("calls.yml", FILE % "where: answered")
    assert source.where("metrics", "calls", "where") == "calls.yml:7"
    assert source.where("metrics", "calls", "no_such_key") == "calls.yml:4"
    assert source.where("no_such_key") == "calls.yml"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("wher: answered", r"calls.yml:7: Unknown key: wher. Did you mean where\?"),
        ("better: sideways", "calls.yml:7: metrics.calls.better: input should be 'up' or 'down'"),
        ("count: rows", "calls.yml:7: Given twice: count"),
        ("cohort: { window_day: 3 }", r"calls.yml:7: Unknown key: window_day. Did you mean window_days\?"),
        ("where: [", "calls.yml:8: Not YAML"),
    ],
)
def test_a_wrong_key_is_named_with_its_file_and_line(line: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        read_source("calls.yml", FILE % line)


@pytest.mark.parametrize("text", ["", "just words", "- a"])
def test_a_file_of_no_keys_is_refused(text: str) -> None:
    if text == "":
        assert read_source("empty.yml", text).entries.metrics == {}
        return
    with pytest.raises(DefinitionError, match="holds keys and values"):
        read_source("empty.yml", text)


def test_a_variant_replaces_the_verb_and_keeps_the_rest() -> None:
    text = FILE % "variants: { talked: { sum: talk_seconds, where: answered } }"
    entry = read_source("calls.yml", text).entries.metrics["calls"].in_variant("talked")
    assert entry.verbs() == {"sum": "talk_seconds"}
    assert (entry.where, entry.title is not None) == ("answered", True)
