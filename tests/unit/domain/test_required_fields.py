import pytest

from voronka.domain.model import tables
from voronka.domain.required_fields import FIELDS, known_fields


def test_a_field_named_twice_is_required_once() -> None:
    assert known_fields("deals", ["amount", "client", "amount"]) == ("amount", "client")


def test_a_field_that_no_record_has_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(ValueError, match=r"deals have no field amout that can be required. Did you mean amount\?"):
        known_fields("deals", ["amout"])
    with pytest.raises(ValueError, match="Known: client, employee"):
        known_fields("calls", ["zzz"])


def test_every_field_is_held_by_columns_of_the_core() -> None:
    homes = {"deals": "fct_deals", "leads": "fct_leads", "contacts": "dim_contact", "accounts": "dim_account"}
    for records, fields in FIELDS.items():
        known = {column.name for column in tables()[homes.get(records, "fct_activities")].columns}
        assert {column for columns in fields.values() for column in columns} <= known
