from tests.reports.framing import framed
from tests.reports.funnel_lake import funnel_lake
from voronka.metrics.dimensions import Title
from voronka.reports.funnel_asked import MILESTONES, FunnelAsked
from voronka.reports.funnel_page import funnel_look
from voronka.reports.plain import Plain
from voronka.reports.plain_funnel_page import plain_funnel


def plain(**asked: str) -> Plain:
    look = funnel_look(framed(funnel_lake()), FunnelAsked(entity="journey", **asked))  # type: ignore[arg-type]
    return plain_funnel(look, {"sales": Title("Продажи", "Sales")})


def test_it_tells_what_was_asked_and_what_else_may_be() -> None:
    told = plain(by="employee", window="30d")
    assert (told["pipeline"], told["entity"], told["window"], told["by"]) == ("sales", "journey", "30d", "employee")
    assert [step["title"]["en"] for step in told["steps"]] == ["Start", "Talks", "Offer", "Won"]
    assert (told["cases"], told["began"]) == (20, 20)
    assert [each["title"]["en"] for each in told["pipelines"]] == ["Sales", "The whole way by milestones"]
    assert [each["id"] for each in told["pipelines"]] == ["sales", MILESTONES]


def test_offered_are_milestones_stages_that_lose_nobody_or_somebody_and_all_else_that_happens() -> None:
    offered = [(step["group"], step["key"]) for step in plain()["offered"]]
    assert offered[:3] == [
        ("milestone", "milestone:qualified"),
        ("milestone", "milestone:proposal"),
        ("stage", "stage:sales:new"),
    ]
    assert ("stage", "stage:sales:lost") in offered
    assert ("activity", "call_out") in offered
