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


UNTOLD_LEADS = """entity|pipeline_id|source|records|native_records|property_records|snapshot_records|without_records
deal|sales|crm|2|2|0|0|0
lead|leads|crm|2|0|0|0|2"""
OF_A_LEAD = "6|d:6|crm:6|crm:6|2026-03-02 15:00||open||0|9|0|sales|leads"
MOVES = """6|1|1|created|2026-03-02 15:00|0|leads|native
6|2|4|stage|2026-03-03 15:00|3600|sales|native"""


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


def test_of_a_deal_whose_lead_nobody_tells_of_all_is_known_from_the_deal_on() -> None:
    metrics = metrics_over(untold_lake(UNTOLD_LEADS, OF_A_LEAD, MOVES))
    query = JourneysQuery(scope=EVERYTHING, kinds=KINDS)
    known = telling(metrics, EVERYTHING)
    assert (known.tells("sales"), known.tells("leads")) == (True, False)
    tables = metrics.journey_tables(query, of_events=known.of_events)
    # 2 was seen by copies alone, 5 is a lead; of the lead of 6 nothing is told, which steps among leads would need
    assert untold(tables, query, known).of_log.tolist() == [False, True, False, False, True, False]
    assert untold(tables, query, known, through={"leads"}).of_log.tolist() == [False, True, False, False, True, True]
    assert untold(tables, query, known, through={"sales"}).count == 2
