import pytest

from tests.metrics.memory_engine import metrics_over
from tests.reports.funnel_lake import funnel_lake
from tests.reports.untold_lake import HISTORY, untold_lake
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.funnel_asked import (
    MILESTONES,
    FunnelAsked,
    FunnelSetting,
    Pipeline,
    funnel_setting,
    milestones_in_order,
    window_of,
)

STAGES = ("stage:sales:new", "stage:sales:talks", "stage:sales:offer", "stage:sales:won")


def setting(**asked: object) -> FunnelSetting:
    return funnel_setting(metrics_over(funnel_lake()), Scope.everything(), FunnelAsked(**asked))  # type: ignore[arg-type]


def named(found: FunnelSetting) -> tuple[str, ...]:
    return tuple(step.name for step in found.funnel.steps)


def test_unasked_it_is_the_pipeline_of_most_deals_by_its_stages_without_the_exits() -> None:
    found = setting()
    assert (found.pipeline, found.entity, named(found)) == ("sales", "deal", STAGES)
    assert found.pipelines == (Pipeline("sales", "deal", 40),)  # "old" has no configured stages


def test_milestones_go_from_the_lead_or_the_deal_to_the_win() -> None:
    found = setting(pipeline=MILESTONES)
    assert (found.entity, found.only_pipeline) == ("journey", "")
    assert named(found) == ("deal_created", "milestone:qualified", "milestone:proposal", "deal_won")
    of_leads = milestones_in_order(found.steps, [Pipeline("sales", "lead", 1)])
    assert of_leads == ["milestone:qualified", "milestone:proposal"]


def test_steps_are_asked_for_by_any_of_their_names() -> None:
    found = setting(steps=("Start", "call_out|stage:sales:offer"), window="2w", order="strict")
    assert [step.of for step in found.funnel.steps] == [(2,), (7, 4)]
    assert (found.funnel.window, found.funnel.order) == (14 * 86_400_000_000, "strict")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"pipeline": "sale"}, r"no pipeline sale is configured. Did you mean sales\?"),
        ({"steps": ("Start", "call_outs")}, r"step: there is no step call_outs. Did you mean call_out\?"),
        ({"window": "14"}, "the window is no length of time: 14"),
    ],
)
def test_what_there_is_not_is_told(asked: dict[str, object], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        setting(**asked)


def test_a_pipeline_without_records_is_not_said_to_be_missing() -> None:
    of_deals = "\n".join(line for line in HISTORY.splitlines() if not line.startswith("lead"))
    metrics = metrics_over(untold_lake(of_deals))
    with pytest.raises(QuestionError, match="pipeline leads has no records yet"):
        funnel_setting(metrics, Scope.everything(), FunnelAsked(pipeline="leads"))


def test_no_window_is_none() -> None:
    assert window_of("") is None


def test_where_no_stages_are_told_the_steps_are_what_is_known_of_every_case() -> None:
    metrics = metrics_over(untold_lake())
    deals, leads, whole = (
        named(funnel_setting(metrics, Scope.everything(), FunnelAsked(pipeline=name)))
        for name in ("sales", "leads", MILESTONES)
    )
    assert deals == ("deal_created", "deal_won")
    assert leads == ("stage:leads:Raw",)  # its log is whole
    assert (whole[0], whole[-1]) == ("lead_created", "deal_won")


def test_the_pipeline_is_one_of_the_records_that_are_asked_for() -> None:
    metrics = metrics_over(untold_lake())
    asked = {entity: FunnelAsked(entity=entity) for entity in ("deal", "lead", "journey")}
    found = {entity: funnel_setting(metrics, Scope.everything(), each).pipeline for entity, each in asked.items()}
    assert found == {"deal": "sales", "lead": "leads", "journey": "sales"}
