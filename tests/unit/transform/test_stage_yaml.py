"""Stages written into a pipeline's file as a person would."""

from voronka.transform.pipelines import Match, Pipeline, Stage, pipeline_of
from voronka.transform.stage_yaml import new_pipeline_text, with_stages

TEXT = """\
pipeline: sales  # ours
stages:
  - { id: New, title: Новая }
  # agreed in May
  - { id: Talks, milestone: accepted, probability: 0.3, match: ["Talks, long", T] }
  - { id: Won, outcome: won }
regulations: []
"""


BEFORE = pipeline_of(TEXT, "sales.yml")
NEW, TALKS, WON = BEFORE.stages


def written(*stages: Stage, title: str | None = None) -> str | None:
    return with_stages(TEXT, BEFORE, BEFORE.model_copy(update={"stages": stages, "title": title}))


def test_what_is_said_of_a_stage_is_written_where_it_stands() -> None:
    talks = TALKS.model_copy(update={"milestone": None, "probability": 0.45, "match": ("T", "Встреча")})
    new = NEW.model_copy(update={"title": {"ru": "Новая", "en": "Fresh"}})
    assert written(new, talks, WON) == TEXT.replace(
        '{ id: Talks, milestone: accepted, probability: 0.3, match: ["Talks, long", T] }',
        "{ id: Talks, probability: 0.45, match: [T, Встреча] }",
    ).replace("title: Новая", "title: { ru: Новая, en: Fresh }")


def test_stages_are_arranged_added_and_left_out() -> None:
    offer = Stage(id="Offer", milestone="proposal", match=("КП",))
    assert written(TALKS, offer, NEW, title="Продажи") == TEXT.replace(
        "pipeline: sales  # ours\n", "pipeline: sales  # ours\ntitle: Продажи\n"
    ).replace("  - { id: New, title: Новая }\n", "").replace(
        "  - { id: Won, outcome: won }\n",
        "  - { id: Offer, milestone: proposal, match: [КП] }\n  - { id: New, title: Новая }\n",
    )


def test_a_file_of_its_own_reads_as_what_was_meant() -> None:
    pipeline = Pipeline(
        pipeline="crm:3121",
        title={"ru": "Продажи", "en": "Sales"},
        entity="deals",
        match=Match(source="crm", pipeline="3121"),
        stages=(Stage(id="Нет, спасибо", outcome="lost"), Stage(id="12", title="a: b", probability=0.5)),
    )
    text = new_pipeline_text(pipeline)
    assert pipeline_of(text, "crm.yml") == pipeline
    assert text.splitlines()[:2] == ["pipeline: crm:3121", "title: { ru: Продажи, en: Sales }"]
