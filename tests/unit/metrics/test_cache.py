from concurrent.futures import ThreadPoolExecutor

from voronka.metrics.cache import AnswerCache


def test_an_answer_is_computed_once() -> None:
    cache: AnswerCache[int] = AnswerCache()
    assert [cache.get("a", lambda number=number: number) for number in (1, 2, 3)] == [1, 1, 1]  # type: ignore[misc]


def test_the_answer_used_longest_ago_goes_first() -> None:
    cache: AnswerCache[str] = AnswerCache(size=2)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: "old")
    assert len(cache) == 2
    assert cache.get("a", lambda: "new") == "old"
    assert cache.get("b", lambda: "new") == "new"


def test_a_cache_of_no_entries_keeps_nothing() -> None:
    cache: AnswerCache[int] = AnswerCache(size=0)
    assert [cache.get("a", lambda number=number: number) for number in (1, 2)] == [1, 2]  # type: ignore[misc]


def test_threads_share_a_cache() -> None:
    cache: AnswerCache[int] = AnswerCache(size=5)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: cache.get(n % 10, lambda: n % 10), range(500)))
    assert found == [n % 10 for n in range(500)]
    assert len(cache) == 5
