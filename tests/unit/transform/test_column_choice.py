from voronka.lake.raw import raw_name
from voronka.lake.session import Session, literal, quoted
from voronka.transform.column_choice import Draft, choose_columns
from voronka.transform.column_profiles import profiles
from voronka.transform.import_tables import import_tables


def draft(session: Session, table: str, *rows: tuple[str, ...]) -> Draft:
    """Return a draft over rows of which the first holds the headers."""
    names = ", ".join(quoted(raw_name(header)) for header in rows[0])
    values = ", ".join(f"({', '.join(literal(cell) for cell in row)})" for row in rows[1:])
    session.run(f"CREATE OR REPLACE VIEW draft_of_test AS SELECT * FROM (VALUES {values}) AS said({names})")
    found = profiles(session, "draft_of_test", rows[0])
    return Draft(session, "draft_of_test", import_tables()[table], found, ())


def chosen(session: Session, table: str, *rows: tuple[str, ...]) -> dict[str, str]:
    found = draft(session, table, *rows)
    choose_columns(found)
    return {ours: column.theirs for ours, column in found.columns.items()}


def test_the_surer_name_wins_and_its_rival_gets_no_lesser_meaning(session: Session) -> None:
    found = chosen(session, "calls", ("Date", "Call Date"), ("2025-01-01", "2025-01-02"))
    assert found == {"started_at": "Call Date"}


def test_a_filled_column_wins_over_an_empty_one(session: Session) -> None:
    found = chosen(session, "deals", ("Close Date", "Closed Date"), ("", "2025-01-02"))
    assert found["closed_at"] == "Closed Date"


def test_an_empty_column_of_a_known_name_is_kept_for_later_exports(session: Session) -> None:
    assert chosen(session, "deals", ("Loss Reason",), ("",)) == {"loss_reason": "Loss Reason"}


def test_the_very_name_of_a_column_that_figures_hang_on_decides_where_most_values_can_be_read(session: Session) -> None:
    rows = (("1", "100"), ("2", "200"), ("3", "on request"))
    assert chosen(session, "deals", ("ID", "Amount"), *rows)["amount"] == "Amount"
    assert "amount" not in chosen(session, "deals", ("ID", "Amount"), *rows, ("4", "later"), ("5", "no"))
    assert "discount" not in chosen(session, "deals", ("ID", "Discount"), *rows)


def test_phones_are_no_amounts_whatever_their_column_is_called(session: Session) -> None:
    found = draft(
        session, "deals", ("ID", "Бюджет"), ("1", "79161234567"), ("2", "8 916 123-45-68"), ("3", "79161234569")
    )
    choose_columns(found)
    assert "amount" not in found.columns
    assert found.refused == {"Бюджет": "would be amount, but its values look like phone numbers"}


def test_a_number_is_a_phone_where_its_values_are_and_an_id_where_they_are_none(session: Session) -> None:
    headers = ("Номер", "Дата")
    phones = (("+79161234567", "2026-03-01"), ("8 916 123-45-68", "2026-03-02"))
    assert chosen(session, "calls", headers, *phones) == {"client_phone": "Номер", "started_at": "Дата"}
    numbers = (("1001", "2026-03-01"), ("1002", "2026-03-02"))
    assert chosen(session, "calls", headers, *numbers) == {"activity_id": "Номер", "started_at": "Дата"}
    assert chosen(session, "leads", headers, *phones)["phone"] == "Номер"
    assert chosen(session, "leads", headers, *numbers)["lead_id"] == "Номер"


def test_a_title_is_no_id(session: Session) -> None:
    assert chosen(session, "calls", ("Сделка", "Call Id"), ("Ремонт офиса", "1")) == {"activity_id": "Call Id"}


def test_a_currency_that_is_no_code_is_not_taken(session: Session) -> None:
    assert "currency" not in chosen(session, "deals", ("Deal ID", "Валюта"), ("1", "руб."))
    assert chosen(session, "deals", ("Deal ID", "Валюта"), ("1", "RUB"))["currency"] == "Валюта"


def test_an_unknown_result_of_a_call_is_left_unknown_and_told(session: Session) -> None:
    rows = [("1", "ANSWERED"), ("2", "BUSY"), ("3", "NO ANSWER"), ("4", "ANSWERED"), ("5", "WAT")]
    found = draft(session, "calls", ("Call Id", "Disposition"), *rows)
    choose_columns(found)
    assert found.values["answered"].meanings == {"ANSWERED": True, "BUSY": False, "NO ANSWER": False, "WAT": "-"}
    assert found.warnings == ["«Disposition»: not known what these mean for answered: WAT"]


def test_an_internal_number_stands_for_a_persons_name_and_is_no_id(session: Session) -> None:
    rows = (("1", "101"), ("2", "102"))
    assert chosen(session, "calls", ("Call ID", "Extension"), *rows)["employee"] == "Extension"
    assert "employee_id" not in chosen(session, "calls", ("ID звонка", "Внутренний номер"), *rows)
    named = chosen(session, "calls", ("Call ID", "Ext", "Менеджер"), ("1", "101", "Анна Белова"))
    assert named["employee"] == "Менеджер"
    assert "Ext" not in named.values()


def test_a_unit_behind_a_name_changes_nothing_of_what_it_is(session: Session) -> None:
    for header in (
        "Duration, ms",
        "durationMs",
        "Длительность, мс",
        "Talk time (min.)",
        "Длительность разговора в минутах",
    ):
        assert chosen(session, "calls", ("Call ID", header), ("1", "1500"))["talk_seconds"] == header


def test_closed_is_a_date_or_a_yes(session: Session) -> None:
    assert chosen(session, "deals", ("ID", "Closed"), ("1", "2025-01-02"))["closed_at"] == "Closed"
    found = draft(session, "deals", ("ID", "Closed"), ("1", "Yes"), ("2", "No"))
    choose_columns(found)
    assert ("closed_at" in found.columns, found.refused) == (False, {})


def test_a_number_sign_and_a_tax_behind_a_name_change_nothing(session: Session) -> None:
    found = chosen(session, "payments", ("№ платежа", "Дата оплаты", "Сумма, руб. с НДС"), ("A-1", "2025-01-02", "5"))
    assert found == {"payment_id": "№ платежа", "paid_at": "Дата оплаты", "amount": "Сумма, руб. с НДС"}
