"""What the mean of a metric is made of: its values' number, sum and sum of squares, by which means are compared."""

from collections.abc import Iterator
from dataclasses import replace

from voronka.domain.fragments import parse_fragment
from voronka.metrics.definition import Metric
from voronka.metrics.dimensions import Title

COUNT, SUM, SQUARES = ".count", ".sum", ".squares"
"""The names of the parts, after the metric's own; a definition cannot name them."""
TITLES = {
    COUNT: Title("{}: сколько значений", "{}: number of values"),
    SUM: Title("{}: сумма", "{}: sum"),
    SQUARES: Title("{}: сумма квадратов", "{}: sum of squares"),
}


def moments_of(metric: Metric) -> Iterator[Metric]:
    """Return the parts of an average over the rows of a fact, unlisted; nothing of any other metric."""
    if metric.verb != "average" or metric.subject is None or metric.fallback:
        return
    columns = [column.name for column in metric.subject.table.columns]
    value = f"({metric.text})"
    given = f"{value} IS NOT NULL" if metric.where is None else f"({metric.where.text}) AND {value} IS NOT NULL"
    for part, text, where in (
        (COUNT, "1", parse_fragment(given, columns, metric.place)),
        (SUM, metric.text, metric.where),
        (SQUARES, f"{value} * {value}", metric.where),
    ):
        titles = TITLES[part]
        yield replace(
            metric,
            name=metric.name + part,
            title=Title(titles.ru.format(metric.title.ru), titles.en.format(metric.title.en)),
            unit="" if part == SQUARES else "count" if part == COUNT else metric.unit,
            verb="sum",
            text=text,
            where=where,
            fragment=parse_fragment(text, columns, metric.place),
            listed=False,
            alternatives=(),
        )
