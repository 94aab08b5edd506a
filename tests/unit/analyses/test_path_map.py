"""The map of a process: its edges against SQL, and what a lower level of detail keeps."""

from collections import defaultdict

import duckdb
import numpy as np
import pytest

from voronka.analyses.event_log import EventLog, event_log
from voronka.analyses.path_map import Edge, PathMap, at_detail, path_map
from voronka.analyses.spread import Took

SECOND = 1_000_000
SQL = """
WITH events AS (SELECT unnest($c) AS c, unnest($s) AS s, unnest($moment) AS moment, unnest($place) AS place),
followed AS (
  SELECT c, s, lead(s) OVER w AS t, CAST(lead(moment) OVER w - moment AS DOUBLE) / 1000000 AS d
  FROM events WINDOW w AS (PARTITION BY c ORDER BY moment, place)
)
SELECT s, t, count(*), count(DISTINCT c), median(d), avg(d), quantile_cont(d, 0.9)
FROM followed WHERE t IS NOT NULL GROUP BY s, t
"""


def told(found: PathMap) -> dict[tuple[str, str], tuple[float, ...]]:
    return {
        (found.steps[e.source], found.steps[e.target]): (e.count, e.cases, *vars(e.calendar).values())
        for e in found.edges
    }


def test_a_map_by_hand() -> None:
    # a: X 0, Y 10, X 30, Y 90; b: X 0, Y 20; c: Y 5
    cases, steps, at = "aaaabbc", "XYXYXYY", [0, 10, 30, 90, 0, 20, 5]
    log = event_log(cases, steps, np.array(at) * SECOND, worked=np.array([0, 10, 10, 10, 0, 0, 5]) * SECOND)
    found = path_map(log)
    assert (found.cases, found.events, found.steps) == (3, 7, ("X", "Y"))
    assert [(n.step, n.count, n.cases, n.starts, n.ends) for n in found.nodes] == [(1, 4, 3, 1, 3), (0, 3, 2, 2, 0)]
    first, second = found.edges
    assert (first.source, first.target, first.count, first.cases) == (0, 1, 3, 2)
    assert second == Edge(1, 0, 1, 1, Took(20, 20, 20), Took(0, 0, 0))
    # 10, 60 and 20 seconds: nine of ten stand 1.8 places behind the first of 10, 20, 60
    assert vars(first.calendar) == pytest.approx({"median": 20, "mean": 30, "p90": 52})
    assert first.working is not None
    assert vars(first.working) == pytest.approx({"median": 0, "mean": 10 / 3, "p90": 8})
    assert (found.starts, found.ends) == ((1, 0), (1,))


def test_cases_of_one_event_or_none_have_no_edges() -> None:
    none = EventLog(["a", "b"], ["X"], np.array([0, 0, 1]), np.array([0]), np.array([5]))
    found = path_map(none)
    assert (found.cases, found.events, found.edges) == (1, 1, ())
    assert path_map(event_log([], [], np.array([], dtype=np.int64))) == PathMap(0, 0, (), (), (), (), ())


@pytest.mark.parametrize("steps", [3, 12, 3000])
def test_the_edges_are_those_of_sql(steps: int) -> None:
    random = np.random.default_rng(steps)
    cases, names = random.integers(0, 80, 1500), random.integers(0, steps, 1500)
    at = random.integers(0, 400, 1500) * SECOND
    with duckdb.connect() as sql:
        rows = sql.execute(
            SQL,
            {
                "c": [f"c{case}" for case in cases],
                "s": [f"s{name}" for name in names],
                "moment": at.tolist(),
                "place": list(range(1500)),
            },
        ).fetchall()
    log = event_log((f"c{case}" for case in cases), (f"s{name}" for name in names), at)
    found = told(path_map(log))
    assert found.keys() == {(row[0], row[1]) for row in rows}
    for one, other, *figures in rows:
        assert found[one, other] == pytest.approx(figures)


def test_the_order_of_rows_does_not_matter_where_no_times_tie() -> None:
    random = np.random.default_rng(3)
    cases, names = random.integers(0, 20, 300), random.integers(0, 5, 300)
    at = random.permutation(300) * SECOND
    mixed = random.permutation(300)
    one = told(path_map(event_log(map(str, cases), map(str, names), at)))
    other = told(path_map(event_log(map(str, cases[mixed]), map(str, names[mixed]), at[mixed])))
    assert one == other


def reached(edges: set[tuple[int, int]], begin: int) -> set[int]:
    leaving = defaultdict(list)
    for source, target in edges:
        leaving[source].append(target)
    found, waiting = set(), [begin]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += leaving[place]
    return found


@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.8, 0.95, 1])
def test_at_every_level_of_detail_each_step_is_reached_from_the_start_and_reaches_the_end(share: float) -> None:
    random = np.random.default_rng(9)
    names = (random.random(3000) ** 3 * 15).astype(int)
    log = event_log(map(str, random.integers(0, 300, 3000)), map(str, names), np.arange(3000))
    whole = path_map(log)
    found = at_detail(whole, share)
    start, end = -1, -2
    edges = {(e.source, e.target) for e in found.edges}
    edges |= {(start, step) for step in found.starts} | {(step, end) for step in found.ends}
    nodes = {node.step for node in whole.nodes}
    assert found.nodes == whole.nodes
    assert reached(edges, start) >= nodes
    assert reached({(b, a) for a, b in edges}, end) >= nodes
    every = len(whole.edges) + len(whole.starts) + len(whole.ends)
    assert found.left_out == every - len(edges)
    assert (found.left_out == 0) == (share == 1)


def test_a_level_of_detail_keeps_the_strongest_edges_that_hold_the_share() -> None:
    # eight cases X Y, two X Z Y: start X 10, Y end 10, X Y 8, X Z 2, Z Y 2, 32 in all; the strongest three hold 28
    cases = [name for name in "abcdefgh" for _ in "XY"] + [name for name in "ij" for _ in "XZY"]
    log = event_log(cases, "XY" * 8 + "XZY" * 2, np.arange(22))
    whole = path_map(log)
    named = {name: place for place, name in enumerate(whole.steps)}
    few = at_detail(whole, 0.875)
    # the other two are the only ways to Z and from it
    assert {(e.source, e.target) for e in few.edges} == {
        (named["X"], named["Y"]),
        (named["X"], named["Z"]),
        (named["Z"], named["Y"]),
    }
    # X Y X beside them: Y X and the end at X are weaker than the weakest of the strongest, 9, and no step needs them
    direct = event_log([*cases, "k", "k", "k"], "XY" * 8 + "XZY" * 2 + "XYX", np.arange(25))
    seen = at_detail(path_map(direct), 0.8)
    assert (named["Y"], named["X"]) not in {(e.source, e.target) for e in seen.edges}
    assert seen.ends == (named["Y"],)
    assert seen.left_out == 2
