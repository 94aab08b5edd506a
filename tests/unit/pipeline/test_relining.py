import pytest

from voronka.pipeline.relining import split_line

HEADERS = ("no", "name", "sum")


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("1,Desk,5", ["1", "Desk", "5"]),
        ("1;Desk, old;5", ["1", "Desk, old", "5"]),
        ('1,"Desk, \n old",', ["1", "Desk, \n old", ""]),
        ("1\tDesk\t5", ["1", "Desk", "5"]),
        ('{"no": 1, "sum": 5.5, "name": null}', ["1", "", "5.5"]),
        ('{"no": 1, "name": true}', ["1", "true", None]),
    ],
)
def test_a_mended_line_is_split_by_the_headers_of_its_file(line: str, values: list[str | None]) -> None:
    found = split_line(line, HEADERS)
    assert found is not None
    assert [found.get(name) for name in HEADERS] == values


@pytest.mark.parametrize(
    "line",
    [
        "1,Desk",
        '1,"Desk,5',
        '1,De"s"k" ,"a" b',
        "1,a,b|c|d",
        '{"no": 1',
        '{"no": 1, "other": 2}',
        '{"no": {"a": 1}}',
        "[1]",
        "1,2,3\n4,5,6",
    ],
)
def test_a_line_of_which_it_is_not_clear_what_is_what_is_not_split(line: str) -> None:
    assert split_line(line, HEADERS) is None


def test_without_the_headers_of_its_file_no_line_is_split() -> None:
    assert split_line("1,Desk,5", ()) is None
