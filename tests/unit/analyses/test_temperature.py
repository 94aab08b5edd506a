from collections.abc import Sequence
from datetime import date

import pytest

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.analyses.temperature import Judged, judge, suspicious_labels, verdicts, warm_with_the_rest
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.metrics.query import Metrics
from voronka.metrics.question import Filter
from voronka.metrics.records import RecordsQuery

ALL = Scope.everything()
HEAD = "lead_id | employee | created_at | temperature | outcome | is_won | is_undecided | channel"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def leads(*groups: tuple[str, str, int, int, int]) -> Metrics:
    """Return metrics over leads: person, temperature, how many won, lost and undecided ones, in March."""
    rows: list[str] = []
    for who, temperature, won, lost, undecided in groups:
        fates = ["won | true | false"] * won + ["lost | false | false"] * lost + ["open | false | true"] * undecided
        for fate in fates:
            rows.append(
                f"{len(rows) + 1} | {who} | 2026-03-{1 + len(rows) % 28:02d} 10:00 | {temperature} | {fate} | Site"
            )
    return metrics_over(lake_of(fct_leads="\n".join([HEAD, *rows])))


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((60.0, 84.9), "below"),
        ((60.0, 85.0), "unknown"),
        ((85.0, 95.0), "inside"),
        ((84.0, 94.0), "unknown"),
        ((86.0, 96.0), "unknown"),
        ((95.1, 100.0), "above"),
        ((None, None), "unknown"),
    ],
)
def test_a_verdict_is_of_the_whole_interval(interval: tuple[float | None, float | None], verdict: Judged) -> None:
    assert judge(interval, (85.0, 95.0)) == verdict


def test_a_range_may_be_open_at_one_end_and_none_says_nothing() -> None:
    assert judge((90.0, 99.0), (85.0, None)) == "inside"
    assert judge((50.0, 60.0), (85.0, None)) == "below"
    assert judge((50.0, 60.0), (None, None)) == "unknown"


def test_undecided_leads_may_still_be_won() -> None:
    # 60 of 100 won: at most 69 % by chance alone, but thirty more may come to 90
    (hot, *_) = verdicts(leads(("Anna", "hot", 60, 10, 30)), ALL, MARCH)
    assert (hot.leads, hot.won, hot.undecided, hot.rate, hot.verdict) == (100, 60, 30, 60, "unknown")
    assert hot.low == pytest.approx(50.2, abs=0.05)  # Wilson of 60 of 100
    assert hot.high == pytest.approx(94.5, abs=0.05)  # Wilson of 90 of 100
    (hot, *_) = verdicts(leads(("Anna", "hot", 60, 40, 0)), ALL, MARCH)
    assert (hot.verdict, hot.range_from, hot.range_to) == ("below", 85, 95)


def test_each_person_is_judged_by_every_temperature_with_no_leads_unknown() -> None:
    found = verdicts(leads(("Anna", "cold", 10, 10, 0), ("Boris", "hot", 1, 0, 0)), ALL, MARCH, by="employee")
    assert {(each.name, each.temperature): (each.leads, each.verdict) for each in found} == {
        ("Anna", "hot"): (0, "unknown"),
        ("Anna", "warm"): (0, "unknown"),
        ("Anna", "cold"): (20, "above"),
        ("Boris", "hot"): (1, "unknown"),
        ("Boris", "warm"): (0, "unknown"),
        ("Boris", "cold"): (0, "unknown"),
    }
    site = verdicts(leads(("Anna", "cold", 10, 10, 0)), ALL, None, by="channel", where=[Filter.parse("employee=Anna")])
    assert [(each.name, each.leads) for each in site if each.temperature == "cold"] == [("Site", 20)]


def people(*more: tuple[str, str, int, int, int]) -> Sequence[tuple[str, str, int, int, int]]:
    usual = [
        (who, label, won, lost, 0)
        for who in ("Boris", "Vera")
        for label, won, lost in (("hot", 27, 3), ("cold", 3, 57))
    ]
    return [*usual, *more]


def test_who_labels_leads_at_random_is_found() -> None:
    found = suspicious_labels(leads(*people(("Anna", "hot", 6, 24, 0), ("Anna", "cold", 12, 48, 0))), ALL, MARCH)
    assert [(each.name, each.decided, each.won, each.rate, each.gap) for each in found] == [("Anna", 30, 6, 20, 0)]
    assert found[0].others_rate == pytest.approx(90)  # 54 of 60
    assert found[0].others_gap == pytest.approx(85)  # against 6 of 120


def test_who_sells_badly_but_labels_rightly_is_not_named() -> None:
    assert suspicious_labels(leads(*people(("Anna", "hot", 15, 15, 0), ("Anna", "cold", 0, 60, 0))), ALL, MARCH) == ()


def test_a_few_leads_or_undecided_ones_accuse_nobody() -> None:
    assert suspicious_labels(leads(*people(("Anna", "hot", 1, 2, 0), ("Anna", "cold", 1, 4, 0))), ALL, MARCH) == ()
    assert suspicious_labels(leads(*people(("Anna", "hot", 0, 0, 30), ("Anna", "cold", 6, 24, 0))), ALL, MARCH) == ()


def test_warm_leads_in_work_are_told_where_people_differ_beyond_chance() -> None:
    good = [(who, "warm", 60, 20, 1) for who in ("Boris", "Vera")]
    metrics = leads(*good, ("Anna", "warm", 4, 76, 3), ("Anna", "hot", 0, 0, 2))
    found = warm_with_the_rest(metrics, ALL, MARCH)
    assert [(each.name, each.leads) for each in found.held] == [("Anna", 3)]
    assert found.best is not None
    assert found.held[0].rate < 20 < found.best
    shown = metrics.records(RecordsQuery(metric="leads", scope=ALL, where=found.where, owner="now"))
    assert shown.total == 3


def test_filters_narrow_the_warm_leads_told_of_and_not_whom_they_are_measured_by() -> None:
    worse = [(who, "warm", 4, 76, open_ones) for who, open_ones in (("Anna", 3), ("Yuri", 5))]
    metrics = leads(*((who, "warm", 60, 20, 1) for who in ("Boris", "Vera", "Gleb")), *worse)
    everybody = warm_with_the_rest(metrics, ALL, MARCH)
    assert [(each.name, each.leads) for each in everybody.held] == [("Yuri", 5), ("Anna", 3)]
    only = (Filter("employee", ("Yuri",)),)
    his = warm_with_the_rest(metrics, ALL, MARCH, only)
    assert [(each.name, each.leads) for each in his.held] == [("Yuri", 5)]
    assert his.best == everybody.best
    assert warm_with_the_rest(metrics, ALL, MARCH, (Filter("employee", ("Vera",)),)).held == ()


def test_where_nobody_won_a_warm_lead_nobody_is_worse() -> None:
    found = warm_with_the_rest(leads(("Anna", "warm", 0, 3, 2), ("Boris", "warm", 0, 2, 1)), ALL, MARCH)
    assert found.held == ()
    assert found.where == (Filter("temperature", ("warm",)), Filter("outcome", ("open",)))
