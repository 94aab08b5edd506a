from datetime import date

from voronka.domain.period import Earlier, Period
from voronka.domain.scope import Scope, Span
from voronka.metrics.resolve import Cut
from voronka.metrics.rowsource import bucket_of, merged_spans, moved_day, scope_conditions
from voronka.metrics.sql import Parameters

JANUARY = Span("a", date(2026, 1, 1), date(2026, 2, 1))
FEBRUARY = Span("a", date(2026, 2, 1), date(2026, 3, 1))
APRIL = Span("a", date(2026, 4, 1), date(2026, 5, 1))


def test_spans_that_touch_or_overlap_are_one() -> None:
    assert merged_spans((FEBRUARY, JANUARY, APRIL, Span("b"))) == (
        Span("a", date(2026, 1, 1), date(2026, 3, 1)),
        APRIL,
        Span("b"),
    )
    assert merged_spans((JANUARY, Span("a"))) == (Span("a"),)


def test_a_full_scope_demands_nothing_and_an_empty_one_everything() -> None:
    assert scope_conditions(Scope.everything(), "f.e", "f.d", Parameters()) == []
    assert scope_conditions(Scope(), "f.e", "f.d", Parameters()) == ["FALSE"]


def test_all_ids_stand_in_one_list_and_bounded_spans_beside_it() -> None:
    parameters = Parameters()
    among, within = scope_conditions(Scope(spans=(JANUARY, Span("b"))), "f.e", "f.d", parameters)
    assert among == "f.e IN ($p1, $p2)"
    assert within.startswith("(f.e IN ($p2) OR EXISTS (SELECT 1 FROM (VALUES ($p1, $p3, $p4))")
    assert set(parameters.values.values()) == {"a", "b", JANUARY.valid_from, JANUARY.valid_to}


def test_values_never_stand_in_the_text() -> None:
    parameters = Parameters()
    (among,) = scope_conditions(Scope.of("x' OR 1=1 --"), "f.e", "f.d", parameters)
    assert among == "f.e IN ($p1)"


def test_days_of_the_earlier_period_are_moved_to_this_one() -> None:
    month = Earlier(Period(date(2026, 2, 1), date(2026, 2, 28)), months=1)
    assert moved_day("f.day", "slot", None) == "f.day"
    assert "INTERVAL 1 MONTH" in moved_day("f.day", "slot", month)
    assert "INTERVAL 7 DAY" in moved_day("f.day", "slot", Earlier(month.period, days=7))


def test_a_bucket_is_its_first_day() -> None:
    assert bucket_of("f.day", Cut("day", "day", grain="day")) == "f.day"
    assert bucket_of("f.day", Cut("week", "week", grain="week")) == "CAST(date_trunc('week', f.day) AS DATE)"
