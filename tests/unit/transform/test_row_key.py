from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.column_choice import Draft, choose_columns
from voronka.transform.column_profiles import profiles
from voronka.transform.import_tables import import_tables
from voronka.transform.row_key import choose_key


def draft(session: Session, table: str, *rows: tuple[str, ...]) -> Draft:
    """Return a draft over rows of which the first holds the headers."""
    names = ", ".join(quoted(raw_name(header)) for header in rows[0])
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows[1:])
    session.run(f"CREATE OR REPLACE VIEW draft_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    found = profiles(session, "draft_of_test", rows[0])
    return Draft(session, "draft_of_test", import_tables()[table], found, ())


def key(session: Session, table: str, *rows: tuple[str, ...]) -> tuple[str, ...] | None:
    found = draft(session, table, *rows)
    choose_columns(found)
    return choose_key(found)[0]


def test_the_id_of_the_table_is_its_key(session: Session) -> None:
    assert key(session, "deals", ("Deal ID", "Lead ID"), ("1", "7"), ("2", "8")) == ("Deal ID",)


def test_the_lead_of_a_deal_is_its_key_where_there_is_no_other(session: Session) -> None:
    assert key(session, "deals", ("Lead ID", "Stage"), ("7", "Won"), ("8", "Won")) == ("Lead ID",)


def test_an_id_of_the_row_comes_before_that_of_the_lead(session: Session) -> None:
    head = ("Lead ID", "Record GUID", "Stage")
    assert key(session, "deals", head, ("7", "a1", "Won"), ("8", "a2", "Won")) == ("Record GUID",)


def test_an_id_of_something_else_comes_after_that_of_the_lead(session: Session) -> None:
    head = ("Seller ID", "Lead ID", "Stage")
    assert key(session, "deals", head, ("1", "7", "Won"), ("2", "8", "Won")) == ("Lead ID",)


def test_a_key_that_is_the_id_of_something_else_is_told(session: Session) -> None:
    found = draft(session, "deals", ("Contract ID", "Stage"), ("7", "Won"), ("8", "Won"))
    choose_columns(found)
    assert choose_key(found)[0] == ("Contract ID",)
    (said,) = found.warnings
    assert said.startswith("«Contract ID» is the id of the contract, and no column is one of the deals themselves")


def test_a_word_that_only_ends_like_an_id_is_none(session: Session) -> None:
    head = ("Was paid", "Stage")
    assert key(session, "deals", head, ("12.50", "Won"), ("13.50", "Won")) == ()


def test_a_person_never_identifies_a_call(session: Session) -> None:
    assert key(session, "calls", ("Agent Id", "Direction"), ("7", "in"), ("8", "in")) == ()


def test_an_id_of_the_table_s_own_name_is_its_key_where_most_rows_have_it(session: Session) -> None:
    head, rows = ("Deal ID", "Stage"), (("1", "Won"), ("2", "Won"), ("", "Won"))
    assert key(session, "deals", head, *rows) == ("Deal ID",)
    nearly = ("Deal ID in CRM", "Stage")  # nearly the name: a guess, which so many empty rows speak against
    assert key(session, "deals", nearly, *rows) == ()


def test_an_id_that_is_often_missing_is_no_key(session: Session) -> None:
    assert key(session, "deals", ("Deal ID", "Stage"), ("1", "Won"), ("", "Won")) == ()


def test_names_identify_what_is_known_by_name(session: Session) -> None:
    assert key(session, "products", ("Product", "Price"), ("A", "1"), ("B", "2")) == ("Product",)


def test_days_of_spend_are_known_by_day_and_campaign_where_these_do_not_repeat(session: Session) -> None:
    head = ("Day", "Campaign", "Cost")
    assert key(session, "ad_spend", head, ("2025-01-01", "a", "1"), ("2025-01-01", "b", "1")) == ("Day", "Campaign")
    assert key(session, "ad_spend", head, ("2025-01-01", "a", "1"), ("2025-01-01", "a", "2")) == ()


def test_spans_of_people_keep_the_key_of_the_table(session: Session) -> None:
    assert key(session, "employees", ("Name", "Valid From"), ("Ann Lee", "2025-01-01")) is None


CALLS = (
    ("№ п/п", "Дата и время", "Номер клиента", "Сотрудник", "Разговор"),
    ("1", "01.10.2026 10:00", "+79120000001", "Анна Иванова", "0:01:00"),
    ("2", "01.10.2026 10:00", "+79120000002", "Анна Иванова", "0:01:00"),
    ("3", "13.10.2026 10:00", "+79120000001", "Олег Петров", "0:01:00"),
)


def test_rows_that_a_file_only_numbers_are_told_apart_by_what_happened(session: Session) -> None:
    assert key(session, "calls", *CALLS) == ("Дата и время", "Номер клиента", "Сотрудник")


def test_rows_alike_but_for_their_number_are_told_apart_by_their_content(session: Session) -> None:
    again = ("4", *CALLS[-1][1:])
    assert key(session, "calls", *CALLS, again) == ()


def test_numbers_that_go_on_from_another_file_identify(session: Session) -> None:
    rows = [(str(1040 + int(row[0])), *row[1:]) for row in CALLS[1:]]
    assert key(session, "calls", ("№", *CALLS[0][1:]), *rows) == ("№",)


def test_an_id_that_is_called_one_may_count_from_one(session: Session) -> None:
    assert key(session, "deals", ("ID", "Stage"), ("1", "Won"), ("2", "Won")) == ("ID",)


def test_a_plan_is_known_by_its_period_too_where_that_is_made_of_a_column(session: Session) -> None:
    found = draft(session, "plans", ("Показатель", "Менеджер", "За", "План"), ("выручка", "Анна", "март 2026", "5"))
    choose_columns(found)
    found.add("starts_on", '= period_start("За")', "names whole periods", "За")
    assert choose_key(found)[0] == ("Показатель", "Менеджер", "За")
