from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.column_choice import Draft, choose_columns
from voronka.transform.column_profiles import profiles
from voronka.transform.derived_columns import after_choice, before_choice
from voronka.transform.import_tables import import_tables


def draft(session: Session, table: str, *rows: tuple[str, ...]) -> Draft:
    """Return a draft over rows of which the first holds the headers."""
    names = ", ".join(quoted(raw_name(header)) for header in rows[0])
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows[1:])
    session.run(f"CREATE OR REPLACE VIEW draft_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    found = profiles(session, "draft_of_test", rows[0])
    return Draft(session, "draft_of_test", import_tables()[table], found, ())


def made(session: Session, table: str, *rows: tuple[str, ...], file_name: str = "x.csv") -> dict[str, str]:
    found = draft(session, table, *rows)
    before_choice(found)
    choose_columns(found)
    after_choice(found, file_name)
    return {ours: column.theirs for ours, column in found.columns.items()}


def test_a_last_name_alone_is_the_name_of_a_person(session: Session) -> None:
    assert made(session, "employees", ("First Name", "Last Name"), ("", "Ann Lee"))["name"] == "Last Name"


def test_the_client_is_the_caller_of_incoming_calls_and_the_called_of_others(session: Session) -> None:
    found = made(
        session,
        "calls",
        ("Кто звонил", "Куда звонил", "Направление"),
        ("79120000001", "84950000001", "Входящий"),
        ("84950000001", "79120000002", "Исходящий"),
    )
    test = "text(\"Направление\") IN ('Входящий')"
    assert found["client_phone"] == f'= CASE WHEN {test} THEN phone("Кто звонил") ELSE phone("Куда звонил") END'


def test_a_column_of_won_lost_and_open_is_the_outcome_whatever_its_name(session: Session) -> None:
    found = made(session, "deals", ("Deal ID", "Flag"), ("1", "Won"), ("2", "Lost"))
    assert found["outcome"] == "Flag"


def test_the_channel_of_ad_spend_comes_from_the_file_name(session: Session) -> None:
    rows = (("Day", "Cost"), ("2025-01-01", "5"))
    assert made(session, "ad_spend", *rows, file_name="google_ads.csv")["channel"] == "= 'Google Ads'"
    assert "channel" not in made(session, "ad_spend", *rows)


def test_a_month_of_a_plan_is_its_first_and_its_last_day(session: Session) -> None:
    found = made(session, "plans", ("Показатель", "Месяц", "План"), ("выручка", "март 2026", "5"))
    assert (found["starts_on"], found["ends_on"]) == ('= period_start("Месяц")', '= period_end("Месяц")')
    found = made(session, "plans", ("Metric", "Month", "Plan"), ("calls", "2026-03-01", "5"))
    assert (found["starts_on"], found["ends_on"]) == ('= period_start("Month")', '= period_end("Month")')
    found = made(session, "plans", ("Metric", "From", "Plan"), ("calls", "2026-03-10", "5"))
    assert found["starts_on"] == "From"
    assert "ends_on" not in found
