from tests.metrics.memory_engine import metrics_over
from tests.reports.funnel_lake import funnel_lake
from voronka.domain.scope import Scope
from voronka.metrics.answer import AnswerColumn
from voronka.metrics.dimensions import Title
from voronka.reports.funnel_words import StepTitles, in_language, titled
from voronka.reports.journey_funnel import own_steps
from voronka.reports.page import Table

STEP = AnswerColumn("step", Title("Шаг", "Step"), kind="dimension")
CASES = AnswerColumn("cases", Title("Дошли", "Reached"), "count")


def titles(*names: str) -> dict[str, Title]:
    steps = own_steps(metrics_over(funnel_lake()), Scope.everything())
    return StepTitles(steps, "sales").of(names)


def test_steps_are_called_as_people_call_them_whatever_they_are_asked_by() -> None:
    asked = ("stage:sales:talks", "call_out", "milestone:proposal", "milestone:signed", "offer", "Won|call_out")
    found = titles(*asked)
    assert [found[name].en for name in asked] == [
        "Talks", "Outgoing call", "Proposal sent", "signed", "Offer", "Won or Outgoing call"
    ]  # fmt: skip
    assert found["milestone:proposal"].ru == "Отправлено предложение"


def test_a_table_for_people_has_no_keys() -> None:
    told = titles("stage:sales:talks")
    column = AnswerColumn("step_1", Title("stage:sales:talks", "stage:sales:talks"), "percent")
    table = titled(Table((STEP, column), ({"step": "stage:sales:talks", "step_1": 5},)), told)
    assert table.columns[1].title == Title("Talks", "Talks")
    assert in_language(table, told, "en").rows == ({"step": "Talks", "step_1": 5},)
