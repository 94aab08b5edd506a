from datetime import datetime

import pytest

from voronka.lake.session import Session, literal
from voronka.transform.mapping import compile_mapping
from voronka.transform.readings import decide
from voronka.transform.sources import Source, Stream
from voronka.transform.suspicions import Kept, suspicions

NOW = datetime(2026, 11, 22, 12)  # noqa: DTZ001 - UTC without a zone, as everywhere in the house
COLUMNS = {
    "deal_id": "ID",
    "created_at": "Made",
    "amount": "Sum",
    "probability": "Chance",
}


def found(
    session: Session,
    *rows: dict[str, str],
    zone: str = "Europe/Moscow",
    into: str = "deals",
    columns: dict[str, str] | None = None,
) -> dict[str, list[int]]:
    """Return the numbers of the rows under each suspicion; a row has the texts of some columns."""
    mapped = columns or {
        ours: theirs for ours, theirs in COLUMNS.items() if theirs == "ID" or any(theirs in row for row in rows)
    }
    headers = list(mapped.values())
    source = Source(source="crm", streams={"rows": Stream(path="-", into=into, columns=mapped)})
    mapping = compile_mapping(source, "rows", headers, zone)
    texts = [
        ", ".join(literal(row.get(header, str(number) if header == "ID" else "")) for header in headers)
        for number, row in enumerate(rows, 1)
    ]
    values = ", ".join(f"({number}, {text})" for number, text in enumerate(texts, 1))
    names = ", ".join(f'"{header}"' for header in headers)
    service = (
        "CAST(NULL AS TEXT) AS _key, CAST(NULL AS TEXT) AS _malformed, CAST(NULL AS TEXT) AS _fault, false AS _deleted"
    )
    relation = f"(SELECT *, {service} FROM (VALUES {values}) AS said(_row, {names}))"
    spelled = f"({mapping.with_texts(relation)})"
    readings = decide(session, spelled, mapping.needs, mapping.stream.read, mapping.zones)
    base = mapping.base(relation, readings)
    doubts: dict[str, list[int]] = {}
    kept = Kept(spelled, f"({mapping.valued(relation, readings)})")
    for each in suspicions(session, mapping, kept, readings, NOW):
        asked = f"SELECT _row AS n FROM ({base}) WHERE _reason IS NULL AND {each.predicate} ORDER BY _row"
        if met := [row["n"] for row in session.rows(asked)]:
            doubts.setdefault(each.code, []).extend(met)
    return doubts


def test_plain_rows_are_in_no_doubt(session: Session) -> None:
    rows = [{"Made": f"{day:02}.03.2026 10:15", "Sum": "12500.50", "Chance": "0.5"} for day in (1, 2, 25)]
    assert found(session, *rows) == {}
    assert found(session, {"Made": "01.03.2026", "Sum": "12 500,50"}, {"Made": "02.03.2026", "Sum": "1"}) == {}


def test_an_order_of_day_and_month_that_nothing_tells_is_in_doubt_where_it_matters(session: Session) -> None:
    rows = [{"Made": text} for text in ("01/02/2026", "03/03/2026", "2026-03-04")]
    assert found(session, *rows) == {"assumed_day_first": [1]}
    assert found(session, {"Made": "03/03/2026"}) == {}


def test_dates_that_a_spreadsheet_of_another_order_swapped_are_told(session: Session) -> None:
    # 03.05 and 01.06 became dates, swapped; 13.03, 25.03 and 31.03 have no 13th month and stayed texts
    said = ("2026-05-03", "13.03.2026", "25.03.2026", "2026-06-01 10:15:00", "2026-04-04", "31.03.2026")
    assert found(session, *({"Made": text} for text in said)) == {"swapped_days": [1, 4]}
    for other in ("2026-05-13", "01.03.2026"):
        assert found(session, *({"Made": text} for text in (*said, other))) == {}
    assert found(session, *({"Made": text} for text in said[:4])) == {}


def test_days_that_stand_for_none_are_told(session: Session) -> None:
    rows = [{"Made": text} for text in ("25.03.2026", "01.01.1970", "31.12.9999", "")]
    assert found(session, *rows) == {"sentinel_date": [2, 3]}


def test_what_has_happened_lies_not_ahead(session: Session) -> None:
    rows = [{"Made": text} for text in ("25.03.2026", "23.11.2026", "25.12.2026")]
    assert found(session, *rows) == {"future_date": [3]}


def test_hours_that_never_were_or_were_twice_are_told(session: Session) -> None:
    said = ("29.03.2026 01:59", "29.03.2026 02:30", "25.10.2026 02:30", "25.10.2026 03:00", "25.10.2026")
    doubts = found(session, *({"Made": text} for text in said), zone="Europe/Berlin")
    assert doubts == {"nonexistent_time": [2], "ambiguous_time": [3]}


@pytest.mark.parametrize(
    ("texts", "doubts"),
    [
        (("-5", "5"), {"negative_amount": [1]}),
        (("1.005", "5.5"), {"rounded_amount": [1]}),
        (("1,234", "5"), {"ambiguous_number": [1]}),
        (("1000000000000", "5"), {"extreme_amount": [1]}),
        (("$5", "7 ₽", "8 ₽", "9"), {"mixed_currency": [1]}),
        (("#REF!", "5"), {"error_cell": [1]}),
    ],
)
def test_amounts_are_doubted(session: Session, texts: tuple[str, ...], doubts: dict[str, list[int]]) -> None:
    assert found(session, *({"Sum": text} for text in texts)) == doubts


def test_an_amount_ten_thousand_times_the_middle_one_is_extreme(session: Session) -> None:
    rows = [{"Sum": text} for text in (*(["100"] * 18), "999999", "1000001")]
    assert found(session, *rows) == {"extreme_amount": [20]}


def test_of_a_handful_of_amounts_only_a_large_one_is_extreme(session: Session) -> None:
    rows = [{"Sum": text} for text in ("100", "100", "100", "100", "99999999", "100000000")]
    assert found(session, *rows) == {"extreme_amount": [6]}


def test_phones_days_and_codes_under_amounts_are_told(session: Session) -> None:
    phones = ("+79161234567", "89161234568", "500")
    assert found(session, *({"Sum": text} for text in phones))["no_number"] == [1, 2]
    assert found(session, *({"Sum": text} for text in ("20260301", "20251231", "20260215"))) == {"no_number": [1, 2, 3]}
    moments = ("1709251200", "1709251211", "1709251222")
    assert found(session, *({"Sum": text} for text in moments)) == {"no_number": [1, 2, 3]}
    assert found(session, *({"Sum": text} for text in ("1500000000", "2500000000", "3700000000"))) == {}


def test_a_column_named_as_something_else_than_an_amount_is_told(session: Session) -> None:
    columns = {"deal_id": "ID", "amount": "Телефон"}
    assert found(session, {"Телефон": "100"}, columns=columns) == {"no_number": [1]}
    assert found(session, {"Opportunity": "100"}, columns={"deal_id": "ID", "amount": "Opportunity"}) == {}


def test_a_share_below_one_among_percents_is_told(session: Session) -> None:
    rows = [{"Chance": text} for text in ("70", "0.5", "1", "0.5%", "0", "")]
    assert found(session, *rows) == {"ambiguous_share": [2]}
    assert found(session, {"Chance": "0.5"}, {"Chance": "0.005"}) == {}


def test_a_currency_that_nobody_knows_is_told(session: Session) -> None:
    columns = {"deal_id": "ID", "amount": "Sum", "currency": "Money"}
    rows = [{"Sum": "5", "Money": text} for text in ("usd", "руб.", "XYZ", "", "€")]
    assert found(session, *rows, columns=columns) == {"unknown_currency": [3]}


def test_ids_that_look_alike_in_two_alphabets_are_told(session: Session) -> None:
    # the second is in Cyrillic letters, as is the fourth, which looks like no other
    rows = [{"ID": text} for text in ("ABC-1", "АВС-1", "ABC-2", "АВС-3", "ДОГ-1")]
    assert found(session, *rows) == {"lookalike_id": [2]}
    assert found(session, {"ID": "Б-001"}, {"ID": "Б-002"}) == {}  # no letter of these has a twin


def test_shares_beyond_the_whole_are_told(session: Session) -> None:
    assert found(session, {"Chance": "50%"}, {"Chance": "150%"}, {"Chance": "-1%"}) == {"unlikely_share": [2, 3]}


def test_long_ids_that_a_spreadsheet_may_have_cut_are_told(session: Session) -> None:
    assert found(session, {"ID": "1234567890123450000"}, {"ID": "1234567890123456789"}) == {"rounded_id": [1]}


def test_long_and_negative_durations_and_second_phones_are_told(session: Session) -> None:
    columns = {"activity_id": "ID", "talk_seconds": "Talk", "phone": "Phone", "email": "Mail"}
    rows = [
        {"Talk": "90", "Phone": "+7 916 123-45-67", "Mail": "a@x.ru"},
        {"Talk": "604801", "Phone": "+7 916 123-45-67, +7 916 123-45-68"},
        {"Talk": "-3", "Mail": "a@x.ru, b@x.ru"},
        {"Phone": "+7916***4567"},
    ]
    assert found(session, *rows, into="calls", columns=columns) == {
        "extreme_duration": [2],
        "negative_duration": [3],
        "several_phones": [2],
        "masked_phone": [4],
        "several_emails": [3],
    }


def test_a_currency_without_a_column_is_told(session: Session) -> None:
    columns = {"product_id": "ID", "price": "Sum"}
    assert found(session, {"Sum": "$5"}, into="products", columns=columns) == {"currency_not_kept": [1]}


def test_kinds_of_activities_that_nobody_knows_are_told(session: Session) -> None:
    columns = {"activity_id": "ID", "kind": "Type"}
    rows = [{"Type": text} for text in ("Meeting", "Письмо", "Dance", "")]
    assert found(session, *rows, into="activities", columns=columns) == {"unknown_kind": [3]}
