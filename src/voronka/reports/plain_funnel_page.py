"""The funnel of a page as a plain mapping for JSON: what was asked for, and what else may be."""

from collections.abc import Mapping

from voronka.analyses.journey_log import Step
from voronka.metrics.dimensions import DIMENSIONS, Title
from voronka.reports.funnel_asked import MILESTONES, FunnelSetting, milestones_in_order
from voronka.reports.funnel_page import CUTS, FunnelLook
from voronka.reports.funnel_words import StepTitles
from voronka.reports.journey_funnel import MILESTONE, STAGE
from voronka.reports.plain import Plain, plain_words

WHOLE_WAY = Title("Весь путь по вехам", "The whole way by milestones")
CHANGE = "change"


def plain_funnel(look: FunnelLook, pipelines: Mapping[str, Title]) -> Plain:
    """Return the funnel of a page; `pipelines` are what pipelines are called by their ids."""
    setting = look.setting
    named = [step.name for step in setting.funnel.steps]
    return {
        "pipeline": setting.pipeline,
        "entity": setting.entity,
        "order": setting.funnel.order,
        "window": look.asked.window,
        "by": look.asked.by,
        "steps": _steps(setting, named),
        "cases": look.now.walked.cases,
        "began": look.steps[0].now.cases,
        "untold": look.now.untold,
        "left_out": look.now.left_out,
        "pipelines": _pipelines(setting, pipelines),
        "offered": _steps(setting, offered(setting)),
        "cuts": [{"id": name, "title": plain_words(DIMENSIONS[name].title)} for name in CUTS],
    }


def offered(setting: FunnelSetting) -> list[str]:
    """Return what may be a step: milestones, the pipeline's stages in their order, all else that happened ever."""
    pipeline = setting.only_pipeline
    stages = [
        step
        for step in setting.steps
        if step.kind == STAGE and step.in_model and (not pipeline or step.pipeline_id == pipeline)
    ]
    others = [step.key for step in setting.steps if step.kind not in {STAGE, CHANGE}]
    milestones = milestones_in_order([step for step in setting.steps if step in stages], setting.pipelines)
    return [*milestones, *(step.key for step in stages), *others]


def _steps(setting: FunnelSetting, names: list[str]) -> list[Plain]:
    titles = StepTitles(setting.steps, setting.only_pipeline).of(names)
    known = {step.key: step for step in setting.steps}
    return [_step(name, titles[name], known.get(name)) for name in names]


def _step(name: str, title: Title, step: Step | None) -> Plain:
    group = step.kind if step else "milestone" if name.startswith(MILESTONE) else STAGE
    return {"key": name, "title": plain_words(title), "group": group, "pipeline": step.pipeline_id if step else None}


def _pipelines(setting: FunnelSetting, titles: Mapping[str, Title]) -> list[Plain]:
    found = [
        {
            "id": each.pipeline_id,
            "title": plain_words(titles.get(each.pipeline_id, Title(each.pipeline_id, each.pipeline_id))),
            "entity": each.entity,
        }
        for each in setting.pipelines
    ]
    return [*found, {"id": MILESTONES, "title": plain_words(WHOLE_WAY), "entity": "journey"}]


def step_titles(look: FunnelLook) -> dict[str, Title]:
    """Return what the funnel's steps are called by what they were asked by."""
    setting = look.setting
    return StepTitles(setting.steps, setting.only_pipeline).of([step.name for step in setting.funnel.steps])
