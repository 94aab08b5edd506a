"""The events of another process that a source keeps: their order, what is no event, what sources there are."""

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.reports.foreign_streams import KeptLog, kept_log

EVENTS = """case_id|activity|happened_at|position|source
7|close|2026-03-02 10:00|4|desk
7|take|2026-03-02 10:00|3|desk
8|open|2026-03-01 09:00|2|desk
7|open|2026-03-01 10:00|1|desk
7|lost||5|desk
|open|2026-03-01 10:00|6|desk
7|order|2026-03-01 10:00|1|shop"""


def kept(source: str, events: str = EVENTS) -> KeptLog:
    return kept_log(metrics_over(lake_of(fct_foreign_events=events)), source, Scope.everything())


def test_events_of_a_case_and_time_stand_as_in_the_file() -> None:
    found = kept("desk")
    assert (list(found.log.cases), list(found.log.steps)) == (["7", "8"], ["open", "take", "close"])
    assert [found.log.steps[step] for step in found.log.step] == ["open", "take", "close", "open"]
    assert found.log.first.tolist() == [0, 3, 4]
    assert found.log.at[1] - found.log.at[0] == 86_400_000_000
    assert (found.rows, found.without) == (6, 2)


def test_a_source_that_keeps_none_is_told_with_those_that_do() -> None:
    with pytest.raises(QuestionError, match=r"no source dsk keeps events\. Did you mean desk\?"):
        kept("dsk")
    with pytest.raises(QuestionError, match="into: events"):
        kept("desk", EVENTS.splitlines()[0])
    with pytest.raises(QuestionError, match="no row of desk is an event"):
        kept("desk", "case_id|activity|happened_at|position|source\n7|lost||5|desk")


def test_a_log_is_read_once_while_the_data_stand_and_anew_after_a_build() -> None:
    engine = lake_of(fct_foreign_events=EVENTS)
    metrics = metrics_over(engine)
    first = kept_log(metrics, "desk", Scope.everything())
    asked = len(engine.asked)
    assert kept_log(metrics, "desk", Scope.everything()) is first
    assert len(engine.asked) == asked
    assert kept_log(metrics, "shop", Scope.everything()).rows == 1
    engine.connection.execute("DELETE FROM fct_foreign_events WHERE activity = 'take'")
    engine.version += 1
    assert kept_log(metrics, "desk", Scope.everything()).rows == 5


def test_they_are_of_nobody_who_sees_only_a_part() -> None:
    with pytest.raises(QuestionError, match="nobody's own"):
        kept_log(metrics_over(lake_of(fct_foreign_events=EVENTS)), "desk", Scope.of("crm:1"))
