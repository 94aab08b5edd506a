from datetime import timedelta

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError


@pytest.fixture
def anna(operations: Operations) -> int:
    return operations.accounts.add_user("Анна", "семь раз отмерь", "manager", employee_id="crm:1").user_id


def test_a_token_speaks_for_its_user_until_its_day(operations: Operations, anna: int) -> None:
    number, token = operations.access.tokens.add(anna, "  отчёт  в 1С ", "records", 30)
    found = operations.access.tokens.of_token(token)
    assert found is not None
    assert (found.name, found.role, found.employee_id, found.reach) == ("Анна", "manager", "crm:1", "records")
    (told,) = operations.access.tokens.all(anna)
    assert (told.token_id, told.name, told.expires_at) == (
        number,
        "отчёт в 1С",
        operations.clock.now + timedelta(days=30),
    )
    assert told.seen_at == operations.clock.now
    operations.clock.on(days=30)
    assert operations.access.tokens.of_token(token) is None


def test_it_is_kept_as_a_hash_only(operations: Operations, anna: int) -> None:
    _, token = operations.access.tokens.add(anna, "x", "figures", 1)
    assert token.startswith("vor_")
    for file in operations.database.path.parent.iterdir():
        assert token.encode() not in file.read_bytes()


def test_one_that_was_revoked_or_whose_user_is_out_opens_nothing(operations: Operations, anna: int) -> None:
    tokens = operations.access.tokens
    (first, one), (_, two) = (tokens.add(anna, name, "figures", 10) for name in ("один", "два"))
    with pytest.raises(QuestionError, match="no token has the number"):
        tokens.revoke(first, user_id=anna + 1)
    assert tokens.revoke(first).revoked_at == operations.clock.now
    assert [tokens.of_token(token) is None for token in (one, two, "x")] == [True, False, True]
    operations.accounts.set_password("Анна", "другой пароль")
    assert tokens.of_token(two) is None


@pytest.mark.parametrize(
    ("asked", "what"),
    [((" ", "figures", 1), "needs a name"), (("x", "all", 1), "reaches all"), (("x", "figures", 0), "from 1 to 366")],
)
def test_what_cannot_be_a_token_is_told(
    operations: Operations, anna: int, asked: tuple[str, str, int], what: str
) -> None:
    with pytest.raises(QuestionError, match=what):
        operations.access.tokens.add(anna, *asked)
