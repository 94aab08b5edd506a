import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import NotAllowedError, QuestionError

PASSWORD = "семь раз отмерь"  # noqa: S105 - nobody's


def test_the_first_user_is_made_by_the_code_alone_and_it_is_used_up(operations: Operations) -> None:
    first = operations.access.first_user
    assert first.is_missing()
    code = first.new_code()
    with pytest.raises(NotAllowedError, match="The code is wrong"):
        first.make("AAAA-AAAA-AAAA", "Чужой", PASSWORD)
    made = first.make(code.lower().replace("-", " "), "Анна", PASSWORD)
    assert (made.name, made.role, first.is_missing()) == ("Анна", "admin", False)
    with pytest.raises(NotAllowedError, match="The code is wrong"):
        first.make(code, "Борис", PASSWORD)


def test_a_new_code_makes_the_old_one_void(operations: Operations) -> None:
    old, _ = operations.access.first_user.new_code(), operations.access.first_user.new_code()
    with pytest.raises(NotAllowedError, match="The code is wrong"):
        operations.access.first_user.make(old, "Анна", PASSWORD)


def test_where_somebody_is_there_already_the_code_makes_nobody(operations: Operations) -> None:
    code = operations.access.first_user.new_code()
    operations.accounts.add_user("Борис", PASSWORD, "manager")
    with pytest.raises(QuestionError, match="there is a user already"):
        operations.access.first_user.make(code, "Анна", PASSWORD)


def test_a_code_is_kept_as_a_hash_only(operations: Operations) -> None:
    code = operations.access.first_user.new_code()
    for file in operations.database.path.parent.iterdir():
        assert code.encode() not in file.read_bytes()
