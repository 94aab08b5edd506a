import pytest

from voronka.domain.documents import parse_yaml, read_yaml
from voronka.transform.pipelines import Pipeline
from voronka.transform.proposal import ColumnProposal, IgnoredHeader, NullWord, Proposal, ValueProposal
from voronka.transform.proposal_yaml import scalar, to_pipeline_yaml, to_source_yaml
from voronka.transform.sources import Source
from voronka.transform.stage_words import guess_stages

PROPOSAL = Proposal(
    stream="deals",
    into="deals",
    into_reason="as asked for",
    runner_up="",
    rows=3,
    columns=(
        ColumnProposal("deal_id", "№", "header «№» is a known name"),
        ColumnProposal("stage", "Этап: общий", "so"),
    ),
    ignored=(IgnoredHeader("Тег\n#", ("a", "b"), ""),),
    key=("№",),
    key_reason="unique and filled in 3 rows",
    nulls=(NullWord("-", 2, ("Этап: общий",)),),
    values=(ValueProposal("stage", {"Won, paid": "Won", "No": "Lost"}, "because"),),
    stages=guess_stages({"Won": 2, "New #1": 1}, "deals"),
)


def test_a_source_is_read_back_as_it_was_proposed() -> None:
    text = to_source_yaml(PROPOSAL, "crm", "in/a: b.csv")
    stream = parse_yaml(text, Source, "crm.yml").streams["deals"]
    assert stream.path == "in/a: b.csv"
    assert stream.columns == {"deal_id": "№", "stage": "Этап: общий"}
    assert stream.nulls == ("", "-")
    assert stream.values == {"stage": {"Won, paid": "Won", "No": "Lost"}}
    assert stream.key == "№"


def test_reasons_and_ignored_headers_stand_beside_as_comments() -> None:
    lines = to_source_yaml(PROPOSAL, "crm", "a.csv").splitlines()
    assert any(line.split("#")[0].split() == ["deal_id:", "№"] and "«№» is a known name" in line for line in lines)
    assert "    #   Тег #: a, b" in lines


def test_a_pipeline_is_read_back_in_order() -> None:
    found = parse_yaml(to_pipeline_yaml(PROPOSAL, "crm"), Pipeline, "sales.yml")
    assert [(stage.id, stage.outcome) for stage in found.stages] == [("New #1", "open"), ("Won", "won")]
    assert (found.pipeline, found.entity, found.match.source) == ("sales", "deals", "crm")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "yes",
        "12",
        "1.5",
        "true",
        "null",
        "~",
        "a: b",
        "#",
        "x #y",
        "it's",
        'say "so"',
        "= a || ' '",
        "2025-01-01",
        "?",
        "*a",
    ],
)
def test_any_text_stays_what_it_is(text: str) -> None:
    assert read_yaml(f"a: {scalar(text)}\nb: [{scalar(text)}]\nc: {{ {scalar(text)}: 1 }}", "test") == {
        "a": text,
        "b": [text],
        "c": {text: 1},
    }
