"""What a change of a pipeline is told to have changed."""

from voronka.pipeline.stage_differences import Difference, differences
from voronka.transform.pipelines import pipeline_of

BEFORE = pipeline_of("pipeline: s\nstages: [{ id: a, title: { ru: А } }, { id: b, match: [x] }, { id: c }]\n", "s.yml")
AFTER = pipeline_of(
    """
pipeline: s
title: С
stages:
  - { id: b, outcome: won, match: [x, y] }
  - { id: a, title: { ru: А, en: A }, probability: 0.5 }
  - { id: d }
""",
    "s.yml",
)


def test_each_thing_that_is_said_otherwise_is_told_with_its_stage() -> None:
    assert differences(BEFORE, AFTER, "en") == (
        Difference("title", "", None, "С"),
        Difference("dropped", "c"),
        Difference("added", "d"),
        Difference("outcome", "b", "open", "won"),
        Difference("match", "b", "x", "x, y"),
        Difference("title", "A", "А", "A"),
        Difference("probability", "A", None, 0.5),
        Difference("order", "", "А, b", "b, A"),
    )


def test_of_a_new_file_all_stages_are_new() -> None:
    assert [each.what for each in differences(None, BEFORE, "ru")] == ["added"] * 3
    assert [each.what for each in differences(BEFORE, None, "ru")] == ["dropped"] * 3
    assert differences(BEFORE, BEFORE, "ru") == ()
