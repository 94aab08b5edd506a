from voronka.domain.journey_tables import JOURNEY_TABLES


def test_rows_stand_in_the_order_of_columns_that_there_are_and_are_not_cut_by_time() -> None:
    for table in JOURNEY_TABLES:
        assert set(table.sort) <= {column.name for column in table.own}
        assert not (table.sort and table.axes)


def test_what_tells_of_a_journey_does_so_by_its_number() -> None:
    having = {table.name for table in JOURNEY_TABLES if "number" in {column.name for column in table.own}}
    assert having == {"fct_journeys", "fct_journey_owners", "fct_events"}
