from datetime import date

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.period import Period
from voronka.metrics.question import Filter
from voronka.web.asked import file_headers, filters_of, iso_day, language_of, period_of

TODAY = date(2026, 3, 16)


def test_a_filter_is_not_split_at_commas_and_those_of_one_dimension_are_one() -> None:
    assert filters_of(["team=A, B", "team=", "channel=x=y"]) == (
        Filter("team", ("A, B", None)),
        Filter("channel", ("x=y",)),
    )


@pytest.mark.parametrize("text", ["team", "=x", " =x", ""])
def test_what_is_no_filter_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="not a filter"):
        filters_of([text])


def test_a_period_is_read_with_both_days_or_until_today() -> None:
    first = date(2026, 3, 1)
    assert period_of(first, date(2026, 3, 5), TODAY) == Period(first, date(2026, 3, 5))
    assert period_of(first, None, TODAY) == Period(first, TODAY)
    assert period_of(None, None, TODAY) is None


def test_a_period_without_a_beginning_or_turned_around_is_refused() -> None:
    with pytest.raises(QuestionError, match="needs its first day"):
        period_of(None, TODAY, TODAY)
    with pytest.raises(QuestionError, match="ends before it begins"):
        period_of(date(2026, 3, 17), None, TODAY)


@pytest.mark.parametrize("text", ["2026", "20260301", "2026-W10-1", "1 March", "2026-02-30", "", "1772323200"])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2026-01-31"):
        iso_day(text)
    assert iso_day("2026-03-01") == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["0001-01-01", "1969-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Give one from 1970-01-01 to 2100-12-31"):
        iso_day(text)


def test_a_file_has_a_name_in_any_letters_and_one_in_plain_ones() -> None:
    assert file_headers("Звонки, 1.csv", "calls.csv") == {
        "Content-Disposition": 'attachment; filename="calls.csv"; '
        "filename*=UTF-8''%D0%97%D0%B2%D0%BE%D0%BD%D0%BA%D0%B8%2C%201.csv"
    }


def test_the_language_is_the_one_asked_for_else_the_companys() -> None:
    assert [language_of("en", "ru"), language_of(None, "ru"), language_of(None, "en")] == ["en", "ru", "en"]
