import json
import logging
import sys

from voronka.domain.log_lines import JsonLine

PLANTED = "+7 900 000-00-01"


def line(record: logging.LogRecord) -> dict[str, object]:
    text = JsonLine().format(record)
    assert PLANTED not in text
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def record(message: str, *given: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("voronka.web", logging.WARNING, "file.py", 1, message, given, None)
    made.__dict__.update(more)
    return made


def test_a_line_has_the_sentence_of_the_code_and_not_what_it_was_filled_with() -> None:
    found = line(record("No client has the number %s", PLANTED))
    assert found["event"] == "No client has the number %s"
    assert (found["level"], found["logger"]) == ("warning", "voronka.web")
    assert str(found["at"]).endswith("+00:00")


def test_what_is_to_be_told_is_told() -> None:
    assert line(record("request", told={"status": 200, "ms": 1.5}))["status"] == 200


def test_a_fault_is_told_by_its_class_and_place() -> None:
    def fails() -> None:
        raise ValueError(PLANTED)

    try:
        fails()
    except ValueError:
        made = record("fault")
        made.exc_info = sys.exc_info()
    found = line(made)
    assert found["fault"] == "ValueError"
    assert "fails" in str(found["came_up"])
