"""Median, mean and percentile of many groups, against those of SQL."""

import duckdb
import numpy as np
import pytest

from voronka.analyses.spread import spreads


def test_percentiles_stand_between_the_values_nearest_to_them() -> None:
    group, values = np.array([0, 2, 0, 2, 0, 2, 0, 2]), np.array([10, 5, 40, 7, 20, 5, 30, 5])
    found = spreads(group, values, 3)
    # four values: the median is halfway between 20 and 30; 0.9 * 3 = 2.7 places behind the first: 30 + 0.7 * 10
    assert found.median[[0, 2]].tolist() == [25, 5]
    assert found.mean[[0, 2]].tolist() == [25, 5.5]
    assert found.p90[[0, 2]].tolist() == pytest.approx([37, 6.4])
    assert np.isnan([found.median[1], found.mean[1], found.p90[1]]).all()


def test_nothing_at_all_is_no_number() -> None:
    none = np.array([], dtype=np.int64)
    assert np.isnan(spreads(none, none, 1).median).all()
    assert len(spreads(none, none, 0).median) == 0


@pytest.mark.parametrize("most", [50, 10**15, 2**61])
def test_spreads_are_those_of_sql_whatever_the_size_of_values(most: int) -> None:
    random = np.random.default_rng(6)
    group, values = random.integers(0, 9, 2000), random.integers(0, most, 2000)
    with duckdb.connect() as sql:
        rows = sql.execute(
            "SELECT quantile_cont(v, 0.5), avg(v), quantile_cont(v, 0.9) FROM (SELECT unnest($g) AS g, "
            "CAST(unnest($v) AS DOUBLE) AS v) GROUP BY g ORDER BY g",
            {"g": group.tolist(), "v": values.tolist()},
        ).fetchall()
    found = spreads(group, values, 9)
    np.testing.assert_allclose(np.array([found.median, found.mean, found.p90]).T, np.array(rows), rtol=1e-12)
