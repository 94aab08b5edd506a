import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.scope import Scope
from voronka.metrics.question import Filter, Query, merged


@pytest.mark.parametrize(
    ("text", "values"),
    [("team=Запад", ("Запад",)), ("team=a, b", ("a", "b")), ("team=", (None,)), ("team=a,", ("a", None))],
)
def test_a_filter_is_written_as_dimension_and_values(text: str, values: tuple[str | None, ...]) -> None:
    assert Filter.parse(text) == Filter("team", values)


@pytest.mark.parametrize("text", ["team", "=a", ""])
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="Not a filter"):
        Filter.parse(text)


def test_filters_of_one_dimension_are_one_of_any_of_their_values() -> None:
    given = [Filter("team", ("a", "b")), Filter("role", (None,)), Filter("team", ("b", "c"))]
    assert merged(given) == (Filter("team", ("a", "b", "c")), Filter("role", (None,)))


def test_a_question_of_another_scope_has_another_key() -> None:
    keys = {
        Query(metrics=("calls",), scope=scope).key() for scope in (Scope.everything(), Scope.of("a"), Scope.of("b"))
    }
    assert len(keys) == 3
