import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from voronka.web.counts import Counting, Counts, Labels, written
from voronka.web.joint import Joint

READY: dict[tuple[str, Labels], float] = {("voronka_ready", ()): 1.0}


def test_what_all_processes_have_counted_is_summed(tmp_path: Path) -> None:
    first, second = Counts(Joint(tmp_path), "0-1"), Counts(Joint(tmp_path), "1-2")
    for counts, seconds in ((first, 0.003), (first, 0.2), (second, 60.0)):
        counts.request("/api/query", "GET", 200, seconds)
    second.request("/api/news", "GET", 200, None)
    for _ in range(2):  # told again, it is not counted twice
        first.tell({("voronka_listening", ()): 2})
        second.tell({("voronka_listening", ()): 1})
    lines = first.text(READY).splitlines()
    at = 'method="GET",route="/api/query"'
    assert f'voronka_requests_total{{{at},status="200"}} 3' in lines
    assert f'voronka_request_seconds_bucket{{{at},le="0.005"}} 1' in lines
    assert f'voronka_request_seconds_bucket{{{at},le="0.25"}} 2' in lines
    assert f'voronka_request_seconds_bucket{{{at},le="30"}} 2' in lines
    assert f'voronka_request_seconds_bucket{{{at},le="+Inf"}} 3' in lines
    assert f"voronka_request_seconds_sum{{{at}}} 60.203" in lines
    assert f"voronka_request_seconds_count{{{at}}} 3" in lines
    assert "voronka_listening 3" in lines
    assert "voronka_ready 1" in lines
    assert [line for line in lines if "/api/news" in line and "seconds" in line] == []
    assert len([line for line in lines if line.startswith("# TYPE")]) == 4


def test_labels_are_written_so_that_nothing_in_them_ends_them() -> None:
    assert written((("a", 'x"y\\z\n'), ("b", "1"))) == 'a="x\\"y\\\\z\\n",b="1"'


@pytest.mark.parametrize("fails", [True, False])
def test_a_request_is_counted_and_logged_by_its_route_alone(caplog: pytest.LogCaptureFixture, *, fails: bool) -> None:
    async def app(scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI's own
        scope["route"] = type("Route", (), {"path": "/api/records/{name}"})()
        if fails:
            raise ZeroDivisionError
        await send({"type": "http.response.start", "status": 404, "headers": []})

    async def send(_message: Any) -> None:  # noqa: ANN401 - ASGI's own
        pass

    counts = Counts(Joint())
    scope = {"type": "http", "method": "BREW", "path": "/api/records/zqplanted", "query_string": b"q=zqplanted"}
    with caplog.at_level(logging.INFO, "voronka.requests"):
        try:
            asyncio.run(Counting(app, counts)(scope, None, send))  # type: ignore[arg-type]
        except ZeroDivisionError:
            assert fails
    counts.tell({})
    text = counts.text({})
    status = 500 if fails else 404
    assert f'method="other",route="/api/records/{{name}}",status="{status}"' in text
    (record,) = caplog.records
    assert (record.told["route"], record.told["status"]) == ("/api/records/{name}", status)  # type: ignore[attr-defined]
    assert "zqplanted" not in text + str(record.__dict__)
