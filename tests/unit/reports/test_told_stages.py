"""Of which cases the stages are told, worked out by hand on five cases."""

from tests.metrics.memory_engine import metrics_over
from tests.reports.untold_lake import HISTORY, untold_lake
from voronka.domain.scope import Scope
from voronka.metrics.journeys import JourneysQuery
from voronka.reports.told_stages import Untold, telling, untold

EVERYTHING = Scope.everything()
TOLD = """entity|pipeline_id|source|records|native_records|property_records|snapshot_records|without_records
deal|sales|crm|4|2|0|0|2"""
KINDS = ("created", "stage")


def found(history: str = HISTORY, **asked: object) -> Untold:
    metrics, query = metrics_over(untold_lake(history)), JourneysQuery(scope=EVERYTHING, **({"kinds": KINDS} | asked))  # type: ignore[arg-type]
    known = telling(metrics, EVERYTHING)
    return untold(metrics.journey_tables(query, of_events=known.of_events), query, known)


def test_a_pipeline_tells_where_it_does_so_of_half_its_records() -> None:
    known = telling(metrics_over(untold_lake()), EVERYTHING)
    assert (known.tells("sales"), known.tells("leads"), known.tells("another")) == (False, True, True)
    assert not known.is_whole
    assert telling(metrics_over(untold_lake(TOLD)), EVERYTHING).is_whole


def test_nothing_is_known_of_cases_without_entries_or_with_those_of_copies_alone() -> None:
    # by dates of its own 3 is known; of the lead the log would have told
    made = found()
    assert made.of_log.tolist() == [True, True, False, True, False]
    assert (made.count, made.without_events) == (3, 0)


def test_cases_without_an_event_of_the_kinds_are_counted_too() -> None:
    made = found(kinds=("stage",))
    assert made.of_log.tolist() == [True, False]  # 2 and 3
    assert (made.count, made.without_events) == (3, 1)  # 5 has no stage, which is known


def test_of_a_pipeline_the_cases_in_it_are_looked_at() -> None:
    made = found(pipeline="leads")
    assert (made.of_log.tolist(), made.count) == ([False], 0)


def test_where_stages_are_told_whoever_has_none_has_not_moved() -> None:
    made = found(TOLD)
    assert not made.of_log.any()
    assert made.count == 0
