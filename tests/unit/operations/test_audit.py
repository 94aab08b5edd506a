import sqlite3
from contextlib import closing

import pytest

from tests.unit.operations.conftest import Operations


def test_what_was_done_is_told_the_newest_first_and_found_by_who_and_what(operations: Operations) -> None:
    audit = operations.access.audit
    audit.note("sign_in", "Анна", user_id=1, address="192.0.2.7")
    operations.clock.on(hours=1)
    audit.note("export", "Борис", "GET /api/query.xlsx", user_id=2)
    entries, total = audit.entries()
    assert [(each.action, each.user, each.what, each.address) for each in entries] == [
        ("export", "Борис", "GET /api/query.xlsx", ""),
        ("sign_in", "Анна", "", "192.0.2.7"),
    ]
    assert (entries[0].at, total) == (operations.clock.now, 2)
    assert [each.user for each in audit.entries(user="Анна")[0]] == ["Анна"]
    assert [each.user for each in audit.entries(action="export")[0]] == ["Борис"]
    assert [each.user for each in audit.entries(since=operations.clock.now)[0]] == ["Борис"]
    page, total = audit.entries(limit=1, offset=1)
    assert ([each.user for each in page], total) == (["Анна"], 2)


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET user = 'Никто'"])
def test_nothing_is_changed_or_deleted_even_by_hand(operations: Operations, statement: str) -> None:
    operations.access.audit.note("sign_in", "Анна")
    with (
        closing(sqlite3.connect(operations.database.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only added to"),
    ):
        connection.execute(statement)


def test_no_number_or_address_of_a_client_gets_into_it_and_no_long_text(operations: Operations) -> None:
    operations.access.audit.note("export", "Анна", "where=client=+7 916 123-45-12&where=mail=ivan@mail.ru " + "x" * 600)
    (entry,), _ = operations.access.audit.entries()
    assert entry.what.startswith("where=client=7 ••• ••12&where=mail=i•••@mail.ru xxx")
    assert len(entry.what) == 500


def test_whoever_knocks_again_and_again_without_a_name_fills_no_disk(operations: Operations) -> None:
    audit = operations.access.audit
    for _ in range(3):
        audit.note("sign_in_failed", "", address="192.0.2.7")
    audit.note("sign_in_failed", "", address="192.0.2.8")
    audit.note("sign_in_failed", "Анна", address="192.0.2.7")
    audit.note("sign_in_failed", "Анна", address="192.0.2.7")
    operations.clock.on(minutes=1)
    audit.note("sign_in_failed", "", address="192.0.2.7")
    assert audit.entries()[1] == 5  # two addresses, Anna twice, the first address a minute later
