import gzip
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from threading import Barrier, Event, Lock
from typing import Any

import pytest
from fastapi import Response
from pydantic import BaseModel
from starlette.datastructures import State
from starlette.requests import Request

from voronka.bootstrap import OpenCompany
from voronka.domain.access import Right
from voronka.domain.errors import NotAllowedError, OurMistakeError, RetryError
from voronka.domain.scope import Scope
from voronka.reports.files_out import CsvFile
from voronka.reports.tables import Sheet, SheetColumn
from voronka.web.asked import CSV
from voronka.web.joint import Joint
from voronka.web.rendered import AT_ONCE, Body, RenderedAnswers, accepts_gzip, as_json, cached
from voronka.web.sights import Sights
from voronka.web.visitor import Visitor


class App:
    """The part of an application that answers are kept in."""

    def __init__(self) -> None:
        self.state = State({"rendered": RenderedAnswers()})


class Asking:
    """Asks as a visitor would, and counts how often an answer was made."""

    def __init__(self, company: OpenCompany) -> None:
        self.app, self.company, self.made = App(), company, 0

    def visitor(self, query: str = "", headers: dict[str, str] | None = None) -> Visitor:
        """Return one who asks for the overview."""
        told = [(b"host", b"localhost"), *((k.encode(), v.encode()) for k, v in (headers or {}).items())]
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/api/overview",
            "query_string": query.encode(),
            "headers": told,
            "app": self.app,
        }
        rights = frozenset(Right)
        return Visitor("Анна", "admin", Scope.everything(), "ru", self.company, Request(scope), rights=rights)

    def __call__(self, visitor: Visitor, made: object = None, **more: Any) -> Response:  # noqa: ANN401 - passed on
        """Return the answer to what a visitor asks; `made` is the number of answers made so far by default."""

        def make() -> object:
            self.made += 1
            return {"n": self.made} if made is None else made

        return cached(visitor, make, **more)


@pytest.fixture
def ask(company: OpenCompany) -> Asking:
    return Asking(company)


def test_the_same_question_is_written_out_once(ask: Asking) -> None:
    first, second = ask(ask.visitor("from=2026-01-01")), ask(ask.visitor("from=2026-01-01"))
    assert first.body == second.body == b'{"n":1}'
    assert first.headers["etag"] == second.headers["etag"]
    assert first.media_type == "application/json"


CHANGES: list[Callable[[Visitor], Visitor]] = [
    lambda v: replace(v, scope=Scope.of("crm:1")),
    lambda v: replace(v, language="en"),
    lambda v: replace(v, company=replace(v.company, metrics=_of_another_day(v))),
]


class Days:
    """The days that a company has, one after another; the last goes on."""

    def __init__(self, *days: int) -> None:
        self.left = list(days)

    def __call__(self) -> date:
        """Return the day of March, the next one when asked again."""
        return date(2026, 3, self.left.pop(0) if len(self.left) > 1 else self.left[0])


def _on_days(visitor: Visitor, *days: int) -> Visitor:
    class OnDays:
        catalogue = visitor.company.metrics.catalogue
        company = replace(visitor.company.metrics.company, today=Days(*days))

    return replace(visitor, company=replace(visitor.company, metrics=OnDays()))  # type: ignore[arg-type]


def test_what_changed_while_it_was_put_together_is_put_together_again_and_kept_as_what_it_is(ask: Asking) -> None:
    changed = ask(_on_days(ask.visitor(), 1, 1, 2))  # asked for on the 1st, ready on the 2nd
    assert changed.body == b'{"n":2}'
    later = ask(_on_days(ask.visitor(), 2))
    assert (later.body, later.headers["etag"]) == (changed.body, changed.headers["etag"])
    assert ask(_on_days(ask.visitor(), 1)).body == b'{"n":3}'


def test_what_changes_again_and_again_is_to_be_asked_later(ask: Asking) -> None:
    with pytest.raises(RetryError, match="change faster than the answer is put together"):
        ask(_on_days(ask.visitor(), 1, 1, 2, 3, 3, 4, 5, 6))
    assert ask.made == 2  # the third time it had changed before there was a turn to make it
    assert ask.app.state.rendered.size == 0


def _of_another_day(visitor: Visitor) -> Any:  # noqa: ANN401 - a stand-in
    class Tomorrow:
        catalogue = visitor.company.metrics.catalogue
        company = replace(visitor.company.metrics.company, today=lambda: date(2026, 3, 3))

    return Tomorrow()


@pytest.mark.parametrize("change", CHANGES, ids=["scope", "language", "day"])
def test_another_scope_language_or_day_is_another_question(ask: Asking, change: Callable[[Visitor], Visitor]) -> None:
    first, second = ask(ask.visitor()), ask(change(ask.visitor()))
    assert (first.body, second.body) == (b'{"n":1}', b'{"n":2}')
    assert first.headers["etag"] != second.headers["etag"]


def test_another_address_or_key_is_another_question(ask: Asking) -> None:
    ask(ask.visitor("from=2026-01-01"))
    assert ask(ask.visitor("from=2026-01-02")).body == b'{"n":2}'
    assert ask(ask.visitor("from=2026-01-02"), key="12:15").body == b'{"n":3}'


def test_a_browser_whose_copy_is_of_the_same_is_told_so(ask: Asking) -> None:
    etag = ask(ask.visitor()).headers["etag"]
    for sent in (etag, f"W/{etag}", f'"x", {etag}'):
        answer = ask(ask.visitor(headers={"if-none-match": sent}))
        assert (answer.status_code, answer.body, answer.headers["etag"]) == (304, b"", etag)
    assert ask(ask.visitor(headers={"if-none-match": '"another"'})).status_code == 200


def test_a_copy_of_another_run_of_the_server_is_not_taken_for_the_same(ask: Asking) -> None:
    etag = ask(ask.visitor()).headers["etag"]
    ask.app = App()
    assert ask(ask.visitor(headers={"if-none-match": etag})).status_code == 200


def test_an_answer_is_kept_by_the_browser_of_one_person_and_asked_for_each_time(ask: Asking) -> None:
    headers = ask(ask.visitor()).headers
    assert headers["cache-control"] == "private, no-cache"
    assert headers["vary"] == "Accept-Encoding, Cookie"


def test_a_long_answer_is_compressed_for_those_who_take_it(ask: Asking) -> None:
    rows = [{"n": number} for number in range(200)]
    plain = ask(ask.visitor(), rows)
    packed = ask(ask.visitor(headers={"accept-encoding": "gzip"}), rows)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(bytes(packed.body))) == json.loads(bytes(plain.body)) == rows
    assert "content-encoding" not in ask(ask.visitor("short", {"accept-encoding": "gzip"}), [1]).headers
    assert ask.made == 2


def test_a_file_is_sent_as_it_is(ask: Asking) -> None:
    named = {"Content-Disposition": "attachment"}
    answer = ask(
        ask.visitor(headers={"accept-encoding": "gzip"}), b"PK" * 999, media_type="application/zip", headers=named
    )
    assert (answer.body, answer.media_type) == (b"PK" * 999, "application/zip")
    assert answer.headers["content-disposition"] == "attachment"


def test_no_more_is_kept_than_fits_and_what_was_used_last_stays() -> None:
    answers = RenderedAnswers(most=80)
    made: list[str] = []

    def get(key: str, size: int = 10) -> None:
        def make() -> Body:
            made.append(key)
            return Body(b"x" * size, None)

        answers.get(key, make)

    for key in "abcdefgh":  # 80 bytes: full
        get(key)
    get("a")
    get("i")  # "b" was used longest ago
    assert answers.size == 80
    get("a")
    assert "".join(made) == "abcdefghi"
    get("b")
    assert "".join(made) == "abcdefghib"
    get("large", 11)  # more than an eighth
    get("large", 11)
    assert made[-2:] == ["large", "large"]
    assert answers.size == 80


def test_those_who_ask_the_same_at_once_wait_for_one_answer() -> None:
    answers, start = RenderedAnswers(), Barrier(8)
    made: list[int] = []

    def make() -> Body:
        made.append(1)
        return Body(b"x", None)

    def ask_at_once(_: int) -> Body:
        start.wait()
        return answers.get("key", make)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask_at_once, range(8)))
    assert len(made) == 1
    assert {body.plain for body in found} == {b"x"}


def test_an_answer_that_could_not_be_made_is_asked_for_again() -> None:
    answers = RenderedAnswers()

    def fail() -> Body:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answers.get("key", fail)
    assert answers.get("key", lambda: Body(b"x", None)).plain == b"x"


@dataclass(frozen=True)
class Point:
    """A dataclass of an answer."""

    day: date
    at: datetime


class Shape(BaseModel):
    """A model of an answer."""

    amount: Decimal


def test_json_says_unknown_numbers_as_null_decimals_as_numbers_and_days_as_text() -> None:
    value = {
        "a": [float("nan"), float("inf"), 1.5],
        "b": Decimal("10.50"),
        "c": Decimal(3),
        "d": Point(date(2026, 3, 2), datetime.fromisoformat("2026-03-02 09:05")),
        "e": Shape(amount=Decimal("0.1")),
        "ж": None,
    }
    assert as_json(value).decode() == (
        '{"a":[null,null,1.5],"b":10.5,"c":3,"d":{"day":"2026-03-02","at":"2026-03-02T09:05:00"},'
        '"e":{"amount":0.1},"ж":null}'
    )
    with pytest.raises(TypeError, match="JSON has no word for set"):
        as_json({1, 2})


@pytest.mark.parametrize(
    ("header", "taken"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("", False), ("br", False), ("gzip;q=0", False)],
)
def test_gzip_is_sent_to_those_who_take_it(header: str, *, taken: bool) -> None:
    assert accepts_gzip(header) is taken


@pytest.mark.parametrize("hides", [True, False])
def test_numbers_and_addresses_are_hidden_from_those_who_may_not_see_them_and_kept_apart(
    ask: Asking, company: OpenCompany, *, hides: bool
) -> None:
    ask.app.state.sights = Sights(company.metrics)
    made = {"client": "Иван, 89161234512"}
    seen = {"client": "Иван, 89161234512"} if not hides else {"client": "Иван, 8 ••• ••12"}
    for rights in (frozenset(Right) - ({Right.PERSONAL} if hides else set()), frozenset(Right)):
        answer = ask(replace(ask.visitor(), rights=rights), made)
        assert json.loads(bytes(answer.body)) == (seen if Right.PERSONAL not in rights or not hides else made)
    assert ask.made == (2 if hides else 1)


def test_a_table_is_hidden_before_it_is_written_and_given_to_those_who_may_take_it(
    ask: Asking, company: OpenCompany
) -> None:
    ask.app.state.sights = Sights(company.metrics)
    file = CsvFile(Sheet((SheetColumn("client", "Клиент", "text"),), [["+7 916 123-45-12"]]), "ru")
    marketing = replace(ask.visitor(), rights=frozenset({Right.EXPORT}))
    assert bytes(cached(marketing, lambda: file, media_type=CSV).body).decode("utf-8-sig") == "Клиент\r\n7 ••• ••12\r\n"
    with pytest.raises(OurMistakeError):
        cached(marketing, file.written, media_type=CSV, key="bytes")
    with pytest.raises(NotAllowedError, match="take tables out"):
        cached(replace(ask.visitor(), rights=frozenset({Right.PERSONAL})), lambda: file, media_type=CSV)


def body(text: str) -> Body:
    return Body(text.encode(), None)


def never() -> Body:
    raise AssertionError


def test_the_processes_of_a_server_find_what_one_of_them_has_written_out(tmp_path: Path) -> None:
    first, second = (RenderedAnswers(joint=Joint(tmp_path)) for _ in range(2))
    assert first.salt == second.salt
    assert first.get("tag", lambda: Body(b"plain", b"packed")) == second.get("tag", never) == Body(b"plain", b"packed")
    assert (first.hits, first.misses, second.hits, second.misses) == (0, 1, 1, 0)


def test_what_one_process_is_about_to_make_another_waits_for(tmp_path: Path) -> None:
    first, second = (RenderedAnswers(joint=Joint(tmp_path)) for _ in range(2))
    is_begun, may_end = Event(), Event()

    def slowly() -> Body:
        is_begun.set()
        assert may_end.wait(60)
        return body("made once")

    with ThreadPoolExecutor(2) as pool:
        making = pool.submit(first.get, "tag", slowly)
        assert is_begun.wait(60)
        waiting = pool.submit(second.get, "tag", never)
        other = second.get("another tag", lambda: body("meanwhile"))
        may_end.set()
        assert making.result(60) == waiting.result(60) == body("made once")
    assert other == body("meanwhile")


def test_no_more_answers_are_put_together_at_a_time_than_there_are_turns() -> None:
    answers, lock, together = RenderedAnswers(), Lock(), Barrier(AT_ONCE)
    under_way, most = 0, 0

    def make() -> Body:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        together.wait(60)
        with lock:
            under_way -= 1
        return body("")

    with ThreadPoolExecutor(4 * AT_ONCE) as pool:
        list(pool.map(lambda number: answers.get(str(number), make), range(4 * AT_ONCE)))
    assert most <= AT_ONCE


def test_an_answer_of_one_sight_reaches_no_other_by_another_process(company: OpenCompany, tmp_path: Path) -> None:
    head, manager = Asking(company), Asking(company)
    for each in (head, manager):
        each.app.state.rendered = RenderedAnswers(joint=Joint(tmp_path))
        each.app.state.sights = Sights(company.metrics)
    whole = head(head.visitor(), {"rows": "all of them"})
    few = replace(manager.visitor(), scope=Scope.of("crm:1"))
    assert manager(few, {"rows": "own"}).body == b'{"rows":"own"}'
    masked = replace(manager.visitor(), rights=frozenset())
    assert manager(masked, {"rows": "hidden"}).body == b'{"rows":"hidden"}'
    assert manager(manager.visitor(), {"rows": "not made"}).body == whole.body == b'{"rows":"all of them"}'


def test_what_the_processes_keep_together_is_bounded_and_the_oldest_goes_first(tmp_path: Path) -> None:
    keeps = RenderedAnswers(joint=Joint(tmp_path), joint_most=80)
    for name in "abcdefghi":
        keeps.get(name, lambda: body("0123456789"))
    keeps.get("large", lambda: body("0123456789!"))
    other = RenderedAnswers(joint=Joint(tmp_path), joint_most=80)
    made: list[str] = []

    def again(name: str) -> Body:
        made.append(name)
        return body("")

    for name in (*"abcdefghi", "large"):
        other.get(name, partial(again, name))
    assert made == ["a", "large"]


def test_a_broken_file_of_what_is_known_together_costs_time_only(tmp_path: Path) -> None:
    joint = Joint(tmp_path)
    keeps = RenderedAnswers(joint=joint)
    with joint.writing() as connection:
        connection.execute("DROP TABLE answers")
    assert keeps.get("tag", lambda: body("made")) == body("made")
