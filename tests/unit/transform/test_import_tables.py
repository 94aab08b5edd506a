from voronka.domain.model import tables
from voronka.transform.import_tables import TYPES, import_tables, staging_columns


def test_every_column_has_a_reader_of_a_known_type() -> None:
    assert {reader for table in import_tables().values() for reader in table.columns.values()} <= set(TYPES)


def test_all_kinds_of_activities_feed_one_staging_table() -> None:
    kinds = {table.kind for table in import_tables().values() if table.stage == "stg_activities"}
    assert kinds == {"", "call", "email", "message", "meeting", "demo", "task", "proposal"}
    assert staging_columns()["stg_activities"] == import_tables()["calls"].columns


def test_the_id_of_a_table_is_one_of_its_columns() -> None:
    assert all(table.key in table.columns for table in import_tables().values() if table.key)


def test_columns_of_the_core_have_their_type_when_they_are_imported_by_the_same_name() -> None:
    pairs = {"deals": "fct_deals", "leads": "fct_leads", "payments": "fct_payments", "ad_spend": "fct_ad_spend"}
    unlike = [
        (core, column.name)
        for name, core in pairs.items()
        for column in tables()[core].own
        if column.name in import_tables()[name].columns
        and TYPES[import_tables()[name].columns[column.name]] != column.type
    ]
    assert unlike == []
