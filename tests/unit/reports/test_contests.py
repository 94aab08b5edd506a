from dataclasses import replace
from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, metrics_over
from tests.unit.reports.test_board import CALLS, MEMBERS, WON
from voronka.domain.contests import Between, Contest, Kept, Wished
from voronka.domain.period import Period
from voronka.reports.contests import Changed, Contested

AT = datetime(2026, 3, 13, 9, 0)  # noqa: DTZ001 - UTC without a zone
TODAY = date(2026, 3, 13)
FRAME = Period(date(2026, 2, 16), date(2026, 3, 12))
"""A contest over the end of a month, which is over."""


def contest(
    metric: str = "revenue", period: Period = FRAME, between: Between = "employee", members: tuple[str, ...] = ()
) -> Contest:
    return Contest(5, Wished("Марафон", "Торт", metric, period, between, members), "Ольга", AT, AT)


def over(held: Contest, today: date = TODAY, **tables: str) -> Contested:
    return Contested(metrics_over(lake_of(**{"fct_deals": WON, "fct_calls": CALLS, **MEMBERS, **tables}), today), held)


def stands(held: Contested) -> list[tuple[object, ...]]:
    found = held.standing()
    assert found.table is not None
    key, name = held.key, held.contest.wished.metric
    return [(row["place"], row[key], float(str(row[name]))) for row in found.table.rows]


def test_all_who_sell_take_part_over_the_days_of_two_months() -> None:
    # Clara sold for 10 in February and 50 in March; Egor, who left on 27 February, took part; Lena leads
    assert stands(over(contest())) == [
        (1, "Boris", 900.0),
        (2, "Anna", 300.0),
        (3, "Egor", 70.0),
        (4, "Clara", 60.0),
        (5, "Dina", 0.0),
    ]


def test_teams_take_part_with_all_that_was_done_in_them() -> None:
    assert stands(over(contest(between="team"))) == [(1, "West", 1200.0), (2, "East", 130.0)]


def test_the_chosen_take_part_alone_and_one_who_is_gone_from_the_data_by_the_id() -> None:
    assert stands(over(contest(members=("a", "c", "x")))) == [(1, "Anna", 300.0), (2, "Clara", 60.0), (3, "x", 0.0)]


def test_one_that_has_not_begun_has_no_places() -> None:
    found = over(contest(period=Period(date(2026, 4, 1), date(2026, 4, 30)))).standing()
    assert (found.state, found.said.kind, found.table) == ("ahead", "ahead", None)


def test_of_a_metric_that_there_is_not_any_more_nothing_is_told() -> None:
    found = over(contest(metric="gone")).standing()
    assert (found.said.kind, found.table) == ("unknown", None)


def test_its_end_is_kept_when_the_data_have_its_last_day() -> None:
    held = over(contest(members=("a", "c")))
    assert held.kept(AT, None) is None
    assert held.kept(AT, date(2026, 3, 12)) is None
    kept = held.kept(AT, TODAY)
    assert kept is not None
    assert (dict(kept.values), dict(kept.names), kept.kept_at) == (
        {"a": 300.0, "c": 60.0},
        {"a": "Anna", "c": "Clara"},
        AT,
    )


def test_one_on_its_way_is_not_kept_and_one_that_was_ended_is_at_once() -> None:
    running = contest(period=Period(date(2026, 3, 2), date(2026, 3, 31)))
    assert over(running).kept(AT, TODAY) is None
    assert over(replace(running, ended_on=TODAY)).kept(AT, TODAY) is not None


def test_the_end_stays_as_it_was_kept_and_what_changed_since_is_told() -> None:
    kept = Kept({"a": 310.0, "c": 60.0}, {"a": "Anna", "c": "Clara"}, {"a": "West"}, "older", AT)
    found = over(replace(contest(members=("a", "c")), kept=kept))
    assert stands(found) == [(1, "Anna", 310.0), (2, "Clara", 60.0)]
    assert found.standing().changed == (Changed("Anna", 310.0, 300.0),)
    same = replace(kept, data_version=over(contest()).data_version)
    assert over(replace(contest(members=("a", "c")), kept=same)).standing().changed == ()
