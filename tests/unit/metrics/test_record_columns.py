"""What is shown of records stands in the facts it is read from."""

import pytest

from tests.metrics.memory_engine import built_in
from voronka.domain.model import tables
from voronka.metrics.record_columns import CLIENT, RECORDS


def test_every_fact_that_a_metric_counts_has_records() -> None:
    facts = {leaf.subject.fact for metric in built_in().metrics.values() if (leaf := metric).subject}
    assert facts - set(RECORDS) == set()


@pytest.mark.parametrize("fact", RECORDS)
def test_a_column_is_read_from_the_fact_or_from_the_records_own_table(fact: str) -> None:
    kind = RECORDS[fact]
    known = {column.name for name in (fact, kind.home) if name for column in tables()[name].columns}
    assert [each.name for each in kind.columns if each.name != CLIENT and each.source not in known] == []
    assert kind.sort in {each.name for each in kind.columns}
    assert kind.key is None or kind.key in known


def test_a_member_is_held_by_its_id_and_a_value_by_its_name() -> None:
    columns = {each.name: each for each in RECORDS["fct_deals"].columns}
    assert (columns["employee"].key, columns["amount"].key) == ("employee_id", "amount")
    assert columns["employee"].owned
    assert not columns["channel"].owned
