"""Says in words why a value of an answer is unknown where nothing was left out."""

from collections.abc import Mapping

from voronka.metrics.answer import Answer
from voronka.metrics.definition import Metric
from voronka.metrics.query import Metrics


def unknown_values(metrics: Metrics, answer: Answer) -> Mapping[str, str]:
    """Return the answer's metrics of which a value is unknown, and why: a sentence in English without its full stop.

    What the answer names under `left_out` tells its reason there, and stands apart; so does what is beside a metric
    (its plan, the compared period).
    """
    told = {item.metric for item in answer.left_out}
    known = metrics.settled(answer.data_version).metrics
    names = [column.name for column in answer.columns if column.name in known and column.name not in told]
    return {
        name: _reason(metrics, answer, known[name])
        for name in names
        if any(row.get(name) is None for row in (*answer.rows, answer.totals))
    }


def _reason(metrics: Metrics, answer: Answer, metric: Metric) -> str:
    catalogue = metrics.settled(answer.data_version)
    valued = [leaf for leaf in catalogue.leaves(metric.name) if leaf.is_base and leaf.fragment]
    today = metrics.company.today()
    never = [leaf for leaf in valued if not metrics.loaded.is_known(leaf, today, answer.data_version)]
    if never:
        return f"nothing that was loaded tells {'; '.join(_told(leaf) for leaf in never)}"
    if metric.formula is not None and "/" in metric.formula.text:
        return f"there is nothing to divide by, or a part of it is unknown: {metric.formula.text}"
    if metric.formula is not None:
        return f"a part of it is unknown: {metric.formula.text}"
    if metric.verb == "computed":
        return "there is too little to work it out from"
    return "no record there has a value to take"


def _told(leaf: Metric) -> str:
    where = f" where {leaf.where.text}" if leaf.where else ""
    return f"{leaf.title.en[:1].lower()}{leaf.title.en[1:]} ({leaf.name}, {leaf.verb}: {leaf.text}{where})"
