from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.unit.operations.conftest import Operations

DEMO = ("demo",)
DAY = timedelta(days=1)


@pytest.fixture
def anna(operations: Operations) -> int:
    return operations.accounts.add_user("Анна", None).user_id


def test_a_link_lets_in_once(operations: Operations, anna: int) -> None:
    token = operations.links.issue(anna, "demo", DAY)
    assert operations.links.use(token, DEMO) == anna
    assert operations.links.use(token, DEMO) is None


def test_an_unknown_link_lets_nobody_in(operations: Operations, anna: int) -> None:
    operations.links.issue(anna, "demo", DAY)
    assert operations.links.use("x" * 43, DEMO) is None


def test_a_link_lets_in_for_its_purpose_only(operations: Operations, anna: int) -> None:
    token = operations.links.issue(anna, "demo", DAY)
    assert operations.links.use(token, ()) is None
    assert operations.links.use(token, ("password",)) is None
    assert operations.links.use(token, DEMO) == anna


def test_an_old_link_lets_nobody_in(operations: Operations, anna: int) -> None:
    tokens = [operations.links.issue(anna, "demo", DAY) for _ in range(2)]
    operations.clock.on(hours=23)
    assert operations.links.use(tokens[0], DEMO) == anna
    operations.clock.on(hours=1)
    assert operations.links.use(tokens[1], DEMO) is None


def test_links_of_one_who_was_removed_lead_nowhere(operations: Operations, anna: int) -> None:
    token = operations.links.issue(anna, "demo", DAY)
    operations.accounts.remove("Анна")
    assert operations.links.use(token, DEMO) is None


def test_of_many_who_open_a_link_at_once_in_two_processes_one_is_let_in(
    operations: Operations, second: Operations, anna: int
) -> None:
    token = operations.links.issue(anna, "demo", DAY)
    doors = [operations.links, second.links] * 4
    with ThreadPoolExecutor(8) as pool:
        let_in = list(pool.map(lambda door: door.use(token, DEMO), doors))
    assert sorted(let_in, key=str) == [anna, *[None] * 7]
