"""A small process of another department, as a source keeps it: four tickets, and a row that is no event."""

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.metrics.query import Metrics

EVENTS = """case_id|activity|happened_at|position|source
1|open|2026-03-01 00:00|1|desk
1|take|2026-03-02 00:00|2|desk
1|close|2026-03-04 00:00|3|desk
2|open|2026-03-01 00:00|4|desk
2|close|2026-03-11 00:00|5|desk
3|open|2026-03-01 00:00|6|desk
3|take|2026-03-02 00:00|7|desk
3|wait|2026-03-03 00:00|8|desk
3|close|2026-03-05 00:00|9|desk
4|open|2026-03-01 00:00|10|desk
4|lost||11|desk
9|order|2026-03-01 00:00|1|shop"""


def metrics_of_processes() -> Metrics:
    """Return a company that keeps the events of two other processes."""
    return metrics_over(lake_of(fct_foreign_events=EVENTS))
