import asyncio
from collections.abc import AsyncIterator

import pytest

from voronka.domain.errors import QuestionError, RetryError
from voronka.web import news as module
from voronka.web.news import MOST_OF_ONE, News

LONG = 60.0


class Data:
    """The version of the data as a test sets it."""

    def __init__(self) -> None:
        self.version, self.asked = "1-a", 0

    def __call__(self) -> str:
        """Return it; a text that is empty is a lake that cannot be read."""
        self.asked += 1
        if not self.version:
            raise RetryError("the lake cannot be read")
        return self.version


async def inside() -> bool:
    return True


async def outside() -> bool:
    return False


def told(event: str, version: str) -> str:
    return f'event: {event}\ndata: {{"version": "{version}"}}\n\n'


async def begun(stream: AsyncIterator[str]) -> str:
    return (await anext(stream)).partition("\n")[2]


def test_each_who_listens_is_told_of_a_new_build_once_by_one_look_for_all() -> None:
    async def go() -> None:
        data = Data()
        news = News(data, look_seconds=0.01)
        streams = [news.stream(number, inside, LONG) for number in range(50)]
        assert {await begun(each) for each in streams} == {told("version", "1-a")}
        assert news.listening == 50
        waiting = [asyncio.ensure_future(anext(each)) for each in streams]
        await asyncio.sleep(0)
        watching = asyncio.create_task(news.watch())
        before, data.version = data.asked, "2-b"
        assert {await each for each in waiting} == {told("version", "2-b")}
        assert data.asked - before < 10
        news.stop()
        for each in streams:
            assert [event async for event in each] == []
        assert news.listening == 0
        await watching

    asyncio.run(go())


def test_a_stream_ends_when_its_visitor_has_signed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.0)

    async def go() -> list[str]:
        return [event async for event in News(Data()).stream(1, outside, LONG)]

    events = asyncio.run(go())
    assert [event.count("event: version") for event in events] == [1, 0]
    assert events[1] == told("over", "")


def test_one_who_signed_out_is_not_told_of_the_new_build() -> None:
    async def go() -> str:
        data = Data()
        news = News(data)
        stream = news.stream(1, outside, LONG)
        await begun(stream)
        data.version = "2-b"
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        await news._look()  # noqa: SLF001 - a look of the watch
        return await waiting

    assert asyncio.run(go()) == told("over", "")


def test_a_stream_ends_after_its_time_and_none_may_be_asked_for() -> None:
    async def go() -> list[str]:
        return [event async for event in News(Data()).stream(1, inside, 0)]

    assert len(asyncio.run(go())) == 1


def test_who_stays_hears_from_time_to_time_that_the_stream_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.01)

    async def go() -> str:
        stream = News(Data()).stream(1, inside, LONG)
        await begun(stream)
        return await anext(stream)

    assert asyncio.run(go()).startswith(":")


def test_one_user_has_so_many_streams_and_another_their_own() -> None:
    async def go() -> None:
        news = News(Data())
        streams = [news.stream(1, inside, LONG) for _ in range(MOST_OF_ONE + 1)]
        for each in streams[:-1]:
            await begun(each)
        with pytest.raises(QuestionError, match="too many pages listen"):
            await begun(streams[-1])
        assert await begun(news.stream(2, inside, 0))
        await streams[0].aclose()  # type: ignore[attr-defined]
        assert await begun(news.stream(1, inside, 0))

    asyncio.run(go())


def test_a_lake_that_cannot_be_read_for_a_moment_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> str:
        data = Data()
        data.version = ""
        news = News(data)
        stream = news.stream(1, inside, LONG)
        first = await begun(stream)
        data.version = "1-a"
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0)
        await news._look()  # noqa: SLF001 - a look of the watch
        return first + await waiting

    assert asyncio.run(go()) == told("version", "") + told("version", "1-a")
    assert "It cannot be seen whether there are new data" in caplog.text
