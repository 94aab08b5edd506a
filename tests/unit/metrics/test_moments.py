from tests.metrics.memory_engine import built_in, lake_of, metrics_over, query
from voronka.metrics.moments import COUNT, SQUARES, SUM, moments_of

DEALS = """deal_id | employee | closed_at | outcome | amount_home
           1 | Anna | 2026-03-02 10:00 | won | 10
           2 | Anna | 2026-03-03 10:00 | won | 30
           3 | Anna | 2026-03-04 10:00 | won |
           4 | Anna | 2026-03-04 10:00 | lost | 99"""


def test_a_mean_is_told_by_its_values_their_sum_and_their_squares() -> None:
    names = [f"average_deal{part}" for part in (COUNT, SUM, SQUARES)]
    found = metrics_over(lake_of(fct_deals=DEALS)).query(query(*names, "average_deal", hidden=True)).totals
    assert [found[name] for name in (*names, "average_deal")] == [2, 40, 1000, 20]


def test_a_days_mean_has_them_too() -> None:
    deals = "deal_id | created_at | closed_at | outcome\n1 | 2026-03-01 10:00 | 2026-03-03 10:00 | won"
    name = f"cycle_days{SUM}"
    assert metrics_over(lake_of(fct_deals=deals)).query(query(name, hidden=True)).totals[name] == 2


def test_the_parts_are_asked_by_analyses_only() -> None:
    parts = list(moments_of(built_in().metric("average_deal")))
    assert [part.listed for part in parts] == [False] * 3
    assert not {part.name for part in parts} & set(built_in().names)


def test_what_is_no_mean_has_no_such_parts() -> None:
    assert list(moments_of(built_in().metric("revenue"))) == []
    assert list(moments_of(built_in().metric("win_rate"))) == []
