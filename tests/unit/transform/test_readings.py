from decimal import Decimal

import pytest

from tests.company import at
from tests.unit.transform.conftest import Values
from voronka.domain.errors import InputError
from voronka.lake.session import Session, literal
from voronka.transform.readers import Reading
from voronka.transform.readings import GUESS, Need, Zones, decide
from voronka.transform.sources import Read

UTC = {"zone": "UTC", "company_zone": "UTC"}


def decided(session: Session, columns: dict[str, list[str | None]], reader: str = "time") -> list[Reading]:
    """Return how the columns of one load are read."""
    names = list(columns)
    rows = ", ".join(
        "(" + ", ".join("NULL" if text is None else literal(text) for text in row) + ")"
        for row in zip(*columns.values(), strict=True)
    )
    relation = f"(SELECT * FROM (VALUES {rows}) AS said({', '.join(names)}))"
    needs = [Need(name, reader, name, f"v_{name}", name) for name in names]
    found = decide(session, relation, needs, Read(), Zones("UTC", "UTC"))
    return [found[need.key] for need in needs]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("25.03.2021", "2021-03-25"),
        ("25.03.2021 10:05", "2021-03-25 10:05"),
        ("25.03.2021 10:05:06", "2021-03-25 10:05:06"),
        ("25.03.2021, 10:05:06", "2021-03-25 10:05:06"),
        ("25.3.2021 9:05", "2021-03-25 09:05"),
        ("25/03/2021 10:05", "2021-03-25 10:05"),
        ("03/25/2021 10:05", "2021-03-25 10:05"),
        ("3/25/2021 9:05:00 PM", "2021-03-25 21:05"),
        ("03/25/2021 12:05 am", "2021-03-25 00:05"),
        ("25-03-21", "2021-03-25"),
        ("25.03.21 10:05", "2021-03-25 10:05"),
        ("25-03-2021T10:05:06", "2021-03-25 10:05:06"),
        ("2021-03-25", "2021-03-25"),
        ("2021-03-25 10:05", "2021-03-25 10:05"),
        ("2021-03-25T10:05:06", "2021-03-25 10:05:06"),
        ("2021-03-25T10:05:06Z", "2021-03-25 10:05:06"),
        ("2021-03-25T10:05:06.123456Z", "2021-03-25 10:05:06.123456"),
        ("2021-03-25 10:05:06.5", "2021-03-25 10:05:06.500"),
        ("2021-03-25T10:05:06+0300", "2021-03-25 07:05:06"),
        ("2021-03-25T10:05:06+03:00", "2021-03-25 07:05:06"),
        ("2021-03-25T10:05:06-03", "2021-03-25 13:05:06"),
        ("2021-03-25 10:05:06 +03:00", "2021-03-25 07:05:06"),
        ("25.03.2021 10:05:06.250", "2021-03-25 10:05:06.250"),
        ("2021/03/25", "2021-03-25"),
        ("2021.03.25 10:05", "2021-03-25 10:05"),
        ("15 Apr, 2021 00:02:00", "2021-04-15 00:02"),
        ("15 Apr 2021", "2021-04-15"),
        ("15-Apr-2021", "2021-04-15"),
        ("1 September 2021 9:30 PM", "2021-09-01 21:30"),
        ("20210325", "2021-03-25"),
    ],
)
def test_a_time_is_read_in_every_usual_spelling(values: Values, text: str, moment: str) -> None:
    assert values("time", text, **UTC) == [at(moment)]


def test_one_day_above_twelve_puts_the_day_first_in_the_whole_column(values: Values) -> None:
    assert values("time", "01/02/2021", "25/03/2021", **UTC) == [at("2021-02-01"), at("2021-03-25")]


def test_one_month_place_above_twelve_puts_the_month_first_in_the_whole_column(values: Values) -> None:
    assert values("time", "01/02/2021", "03/25/2021", **UTC) == [at("2021-01-02"), at("2021-03-25")]


def test_a_day_with_points_stays_one_where_slashes_have_the_month_first(values: Values) -> None:
    read = [str(each)[:10] for each in values("day", "05.03.2026", "06/13/2026", "06/07/2026")]
    assert read == ["2026-03-05", "2026-06-13", "2026-06-07"]
    assert str(values("day", "05.03.2026", "06.13.2026")[0])[:10] == "2026-05-03"


def test_dates_in_both_orders_are_refused(values: Values) -> None:
    with pytest.raises(InputError, match=r"`x` contradict each other: 25/03/2021 has the day.*such as \"%d/%m/%Y\""):
        values("time", "25/03/2021", "03/26/2021")


DAYS = [f"{day}/03/2021" for day in range(1, 32)]
"""Of these nineteen prove that the day comes first, and twelve tell nothing."""


def test_one_date_against_all_others_is_the_fault_of_its_row(values: Values) -> None:
    said = [*DAYS, "13/04/2021", "03/26/2021"]
    read = values("time", *said, **UTC)
    assert (read[0], read[-2], read[-1]) == (at("2021-03-01"), at("2021-04-13"), None)


def test_one_month_first_date_in_days_with_points_is_not_turned_round(values: Values) -> None:
    said = [day.replace("/", ".") + " 10:00:00" for day in DAYS]
    assert values("time", *said, "13.04.2021 10:00:00", "10.25.2021 10:00:00", **UTC)[-1] is None


@pytest.mark.parametrize("others", [["03/26/2021"], ["13/04/2021", "03/26/2021", "03/27/2021"]])
def test_fewer_proofs_or_more_that_differ_are_a_contradiction(values: Values, others: list[str]) -> None:
    with pytest.raises(InputError, match="contradict each other"):
        values("time", *DAYS, *others)


def test_an_undecided_column_follows_the_other_columns_of_the_load(session: Session) -> None:
    opened, closed = decided(session, {"a": ["01/02/2021", "02/03/2021"], "b": ["01/13/2021", "02/14/2021"]})
    assert (opened.formats, closed.formats) == (("%m/%d/%Y",), ("%m/%d/%Y",))
    opened, closed = decided(session, {"a": ["01/02/2021", "02/03/2021"], "b": ["13/01/2021", "14/02/2021"]})
    assert (opened.formats, closed.formats) == (("%d/%m/%Y",), ("%d/%m/%Y",))
    assert opened.note == "day first, as in the load's other columns"


def test_where_nothing_tells_the_day_is_first_and_that_is_said(session: Session) -> None:
    (reading,) = decided(session, {"a": ["01/02/2021"]})
    assert (reading.formats, reading.note) == (("%d/%m/%Y",), "day first was assumed: nothing tells")


def test_a_column_may_mix_shapes(values: Values) -> None:
    said = ["25.03.2021", "26.03.21", "27.03.2021 10:05", "2021-03-28", "", "2021-03-29T10:00:00Z"]
    read = ["2021-03-25", "2021-03-26", "2021-03-27 10:05", "2021-03-28", None, "2021-03-29 10:00"]
    assert values("time", *said, **UTC) == [None if text is None else at(text) for text in read]


def test_two_digits_of_a_year_beside_four_are_of_this_age(values: Values) -> None:
    assert values("time", "01.02.21", "25.03.2021", **UTC) == [at("2021-02-01"), at("2021-03-25")]


def test_short_years_of_months_in_words_stand_beside_long_ones(values: Values) -> None:
    assert (
        values("time", "5-Mar-24", "05-MAR-2024", "March 5, 2024", zone="UTC", company_zone="UTC")
        == [at("2024-03-05")] * 3
    )


def test_a_comma_alone_stands_before_the_clock(values: Values) -> None:
    assert (
        values("time", "25.03.2024,14:05", "25.03.2024, 14:05", zone="UTC", company_zone="UTC")
        == [at("2024-03-25 14:05")] * 2
    )


def test_no_zone_is_more_than_fourteen_hours_off(values: Values) -> None:
    texts = ("2024-03-05 14:05 +99:00", "2024-03-05 14:05 +15", "2024-03-05 14:05 +14:00", "2024-03-05 14:05 UTC+44")
    assert values("time", *texts, zone="UTC", company_zone="UTC") == [None, None, at("2024-03-05 00:05"), None]
    beside = values("time", *texts[:3], "2024-03-05 14:05", zone="UTC", company_zone="UTC")
    assert beside == [None, None, at("2024-03-05 00:05"), at("2024-03-05 14:05")]


def test_the_format_of_the_stream_beats_what_the_column_looks_like(values: Values) -> None:
    said = values("time", "01/02/2021", "03/04/2021 10:05", dates="%m/%d/%Y", **UTC)
    assert said == [at("2021-01-02"), at("2021-03-04 10:05")]
    assert values("time", "25/03/2021", dates="%m/%d/%Y", **UTC) == [None]


def test_the_format_of_the_stream_leaves_iso_times_with_an_offset_exact(values: Values) -> None:
    said = values("time", "2021-03-25T10:00:00Z", "2021-03-25 10:00:00", dates="%d.%m.%Y")
    assert said == [at("2021-03-25 10:00"), at("2021-03-25 07:00")]


def test_a_bare_column_is_a_number_where_every_value_is_one(session: Session) -> None:
    assert decided(session, {"a": ["1", "2.5", None]}, GUESS)[0].reader == "number"


def test_a_bare_column_is_a_time_where_every_value_is_one(session: Session) -> None:
    assert decided(session, {"a": ["25.03.2021", "26.03.2021 10:00"]}, GUESS)[0].reader == "time"


def test_a_bare_column_with_anything_else_is_text(session: Session) -> None:
    assert decided(session, {"a": ["1", "won"]}, GUESS)[0].reader == "text"
    assert decided(session, {"a": [None, None]}, GUESS)[0].reader == "text"


def test_an_empty_column_is_read_as_nothing(values: Values) -> None:
    assert values("time", "", "-") == [None, None]
    assert values("number", "", "-") == [None, None]


def test_what_was_decided_is_told(session: Session) -> None:
    assert decided(session, {"a": ["25.03.2021"]})[0].note == "day first: 25.03.2021"
    assert decided(session, {"a": ["03/25/2021"]})[0].note == "month first: 03/25/2021"
    assert decided(session, {"a": ["12,5"]}, "money")[0].note == "decimal comma"


def test_a_sign_that_was_lost_behind_most_amounts_is_left_out(values: Values) -> None:
    assert values("money", "63 250,00 ?", "7 300,50\u00a0?", "12 500,00") == [
        Decimal("63250.00"),
        Decimal("7300.50"),
        Decimal("12500.00"),
    ]


def test_a_question_mark_behind_one_amount_is_a_doubt(values: Values) -> None:
    assert values("money", "63 250,00 ?", "7 300,50", "12 500,00")[0] is None
