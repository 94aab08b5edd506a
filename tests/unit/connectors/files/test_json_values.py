import io

import pytest

from voronka.connectors.files.json_values import decoded, json_lines, json_sequence


def test_numbers_keep_their_digits_and_what_is_broken_is_nothing() -> None:
    assert decoded('{"a": 1.50}') == {"a": "1.50"}
    assert decoded("{") is None


def test_each_line_is_a_record() -> None:
    found = list(json_lines(io.StringIO('{"a": 1}\n\n{"a": \n{"a": "\\ud800"}\n{"a"')))
    assert [(record.line, record.fault) for record in found] == [
        (1, ""),
        (3, "bad_json"),
        (4, "bad_encoding"),
        (5, "truncated"),
    ]


def test_objects_one_after_another_are_records_wherever_blocks_end() -> None:
    long = "x" * 300_000
    text = f'[\n{{"a": {{"b": "}}"}}}},\n{{"a": "{long}"}}\n{{"a": [1,\n2]}}, 7, {{"a": 5}}]'
    found = list(json_sequence(io.StringIO(text)))
    assert [(record.line, record.fault) for record in found] == [(2, ""), (3, ""), (4, ""), (5, "bad_json"), (5, "")]


def test_a_broken_object_costs_only_itself() -> None:
    text = '[{"a": "x},\n{"a": 2},\n{"a": 3}]'
    found = list(json_sequence(io.StringIO(text)))
    assert [record.fields for record in found][-1] == {"a": "3"}
    assert found[0].fault == "bad_json"


@pytest.mark.parametrize(
    ("number", "text"), [("1.234", "1.2340"), ("-12.500", "-12.5000"), ("1234.567", "1234.567"), ("1.5", "1.5")]
)
def test_a_number_is_not_like_thousands(number: str, text: str) -> None:
    assert decoded(f"[{number}]") == [text]
