import json
import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from voronka.domain.errors import (
    DefinitionError,
    InputError,
    OurMistakeError,
    QuestionError,
    RetryError,
    SettingsError,
    SignInError,
    VoronkaError,
)
from voronka.web.faults import add_faults, refusal


def answered(fault: Exception, language: str = "") -> tuple[int, dict[str, str]]:
    app = FastAPI()
    add_faults(app)

    @app.get("/")
    def fail() -> None:
        raise fault

    answer = TestClient(app).get("/", headers={"accept-language": language} if language else {})
    assert answer.headers["cache-control"] == "no-store"
    said: dict[str, str] = answer.json()["error"]
    return answer.status_code, said


@pytest.mark.parametrize(
    ("fault", "what", "do"),
    [
        (
            QuestionError("Unknown dimension: city", do="Did you mean channel?"),
            "Нет такого разреза: city",
            "Может быть, channel?",
        ),
        (QuestionError("No such employee: 9"), "Нет такого значения (сотрудник): 9", ""),
        (QuestionError("a hypothesis of skip names one step"), "в этой гипотезе называют один шаг", ""),
        (HTTPException(404), "По этому адресу ничего нет", ""),
        (QuestionError("words that nobody has put into Russian"), "words that nobody has put into Russian", ""),
    ],
)
def test_a_page_in_russian_is_refused_in_russian(fault: Exception, what: str, do: str) -> None:
    _, said = answered(fault, "ru-RU,ru;q=0.9,en;q=0.8")
    assert (said["what"], said["do"]) == (what, do)
    assert answered(fault, "en-GB,ru;q=0.9")[1] == answered(fault)[1]


def test_a_value_that_cannot_be_read_is_told_in_russian_too() -> None:
    app = FastAPI()
    add_faults(app)

    @app.get("/")
    def ask(limit: int) -> int:
        return limit

    said = TestClient(app).get("/?limit=many", headers={"accept-language": "ru"}).json()["error"]
    assert said == {"what": "limit: это не целое число", "where": "query", "do": "", "kind": "question"}


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        (QuestionError, 400, "question"),
        (InputError, 400, "input"),
        (SettingsError, 409, "settings"),
        (DefinitionError, 409, "settings"),
        (SignInError, 401, "sign_in"),
        (RetryError, 503, "ours"),
    ],
)
def test_an_error_that_was_foreseen_says_what_where_and_what_to_do(
    kind: type[VoronkaError], status: int, said: str
) -> None:
    fault = kind("no metric is named cals", where="query", do="Did you mean calls?")
    expected = {"what": "no metric is named cals", "where": "query", "do": "Did you mean calls?", "kind": said}
    assert answered(fault) == (status, expected)


def test_our_own_mistake_is_told_by_number_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "voronka.web"):
        status, said = answered(OurMistakeError("a wrong statement: SELECT secret"))
    assert (status, said["kind"]) == (500, "ours")
    assert "SELECT" not in json.dumps(said)
    number = said["what"].partition("number ")[2].strip(")")
    assert number in caplog.text
    assert "SELECT secret" in caplog.text


def test_a_parameter_that_cannot_be_read_is_named() -> None:
    app = FastAPI()
    add_faults(app)

    @app.get("/")
    def ask(limit: int) -> int:
        return limit

    answer = TestClient(app).get("/?limit=many")
    assert answer.status_code == 400
    assert answer.json()["error"]["kind"] == "question"
    assert answer.json()["error"]["where"] == "query"
    assert answer.json()["error"]["what"].startswith("limit: ")


def test_a_refusal_has_the_same_form() -> None:
    answer = refusal(403, "question", QuestionError("no", do="ask"))
    assert json.loads(bytes(answer.body)) == {"error": {"what": "no", "where": "", "do": "ask", "kind": "question"}}
