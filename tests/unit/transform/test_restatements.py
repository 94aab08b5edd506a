"""Parts of one figure against rows that state it anew."""

from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.column_profiles import profiles
from voronka.transform.restatements import Shown, key_of_shared, shared_headers, verdict


def shown(session: Session, *rows: tuple[str, ...]) -> Shown:
    """Return rows of which the first holds the headers."""
    names = ", ".join(quoted(raw_name(header)) for header in rows[0])
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows[1:])
    session.run(f"CREATE OR REPLACE VIEW shown_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    return Shown(session, "shown_of_test", profiles(session, "shown_of_test", rows[0]))


PLAIN = (("day", "cost"), ("1", "5"), ("2", "5"), ("3", "5"))


def test_rows_are_single_stated_anew_or_unsure(session: Session) -> None:
    assert verdict(shown(session, *PLAIN), ["day"], ["cost"]) == "single"
    assert verdict(shown(session, *PLAIN, ("1", "5")), ["day"], ["cost"]) == "single"  # the same row again
    assert verdict(shown(session, *PLAIN, ("1", "6")), ["day"], ["cost"]) == "restated"
    assert verdict(shown(session, *PLAIN, ("1", "6"), ("2", "6")), ["day"], ["cost"]) == "unsure"


def test_a_group_of_ads_a_number_of_one_and_an_hour_tell_parts(session: Session) -> None:
    for header, first, second in (("Группа", "a", "b"), ("ID группы", "71", "72"), ("Час", "1", "2")):
        rows = shown(session, ("day", header, "cost"), ("1", first, "5"), ("1", second, "6"), ("2", first, "7"))
        assert verdict(rows, ["day"], ["cost"]) == "parts"


def test_a_figure_a_version_and_a_column_with_gaps_tell_no_parts(session: Session) -> None:
    for header, first, second in (("Охват", "10", "20"), ("Файл", "a.csv", "b.csv"), ("Тип", "", "уточнение")):
        rows = shown(session, ("day", header, "cost"), ("1", first, "5"), ("1", second, "6"), ("2", first, "7"))
        assert verdict(rows, ["day"], ["cost"]) == "restated"


def test_only_rows_that_are_summed_get_a_key_of_what_they_share(session: Session) -> None:
    rows = shown(session, *PLAIN, ("1", "6"))
    columns = {"day": "day", "cost": "cost"}
    assert key_of_shared("ad_spend", columns, rows, ["cost"]) == (("day",), "restated")
    assert key_of_shared("rates", columns, rows, ["cost"])[0] == ()
    assert shared_headers("ad_spend", {"day": "=x", "campaign": "A", "channel": "A"}) == ("A",)
