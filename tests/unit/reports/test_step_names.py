"""What steps are called: by their titles, by words, and so that no two are mixed up."""

import pytest

from voronka.analyses.journey_log import Step
from voronka.metrics.dimensions import Title
from voronka.reports.step_names import step_names

STEPS = (
    Step("stage:sales:New", "stage", "Новая", "sales", "New", 1),
    Step("stage:leads:142", "stage", "Новая", "leads", "142", 1),
    Step("stage:sales:143", "stage", None, "sales", "143", 2),
    Step("call_out", "activity"),
    Step("activity:visit", "activity"),
    Step("activity", "activity"),
    Step("owner", "owner"),
    Step("change:budget", "change"),
    Step("lead_created", "created"),
    Step("refund", "payment"),
)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "ru",
            ["исходящий звонок", "visit", "действие", "сменился ответственный", "изменено поле budget", "создан лид"],
        ),
        ("en", ["outgoing call", "visit", "activity", "owner changed", "budget changed", "lead created"]),
    ],
)
def test_what_is_no_stage_is_called_in_the_readers_words(language: str, names: list[str]) -> None:
    assert list(step_names(STEPS, language).values())[3:-1] == names


def test_a_stage_has_the_title_of_the_readers_language_where_its_file_gives_one() -> None:
    told = Step("stage:sales:New", "stage", "Новая", "sales", "New", 1, titles=Title("Новая", "New"))
    untold = Step("stage:sales:Talk", "stage", "Разговор", "sales", "Talk", 2, titles=Title("Разговор", ""))
    assert list(step_names((told, untold), "en").values()) == ["New", "Разговор"]
    assert list(step_names((told, untold), "ru").values()) == ["Новая", "Разговор"]


def test_a_stage_has_its_title_and_its_pipeline_where_others_have_the_same() -> None:
    found = step_names(STEPS, "ru")
    assert [found[step.key] for step in STEPS[:3]] == ["Новая (sales)", "Новая (leads)", "143"]
    assert step_names(STEPS[:1], "ru") == {"stage:sales:New": "Новая"}
