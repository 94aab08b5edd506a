from datetime import date

from tests.metrics.memory_engine import built_in
from voronka.domain.period import Period
from voronka.metrics.answer import Answer
from voronka.reports.ask import Ask, Block
from voronka.reports.board_places import Member, Places

DAYS = Period(date(2026, 3, 2), date(2026, 3, 13))
METRIC = built_in().metrics["calls"]
PEOPLE = {"a": "Anna", "b": "Boris", "c": "Clara", "d": "Dina", "e": "Egor"}


def listed(figures: dict[str, float], total: float | None = None) -> Places:
    rows = [{"employee_id": key, "employee": key, "calls": value} for key, value in figures.items()]
    whole = sum(figures.values()) if total is None else total
    block = Block(Ask(("calls",), ("employee",), (), DAYS), Answer((), [*rows], {"calls": whole}, "1", DAYS.last))
    return Places("sdr", METRIC, "employee", [Member(key, PEOPLE[key]) for key in figures], block)


def test_rows_stand_by_place_and_those_who_share_one_by_name() -> None:
    rows = listed({"d": 2, "c": 5, "b": 2, "a": 7}).table().rows
    assert [(row["place"], row["employee"]) for row in rows] == [(1, "Anna"), (2, "Clara"), (3, "Boris"), (3, "Dina")]


def test_what_others_did_is_told_beside_the_total() -> None:
    assert listed({"a": 7, "b": 2}, total=12).table().totals == {"calls": 12, "without_place": 3}


def test_the_one_who_is_first_is_named_with_the_lead() -> None:
    said = listed({"a": 7, "b": 4, "c": 4}).said()
    assert (said.kind, said.values["names"], said.values["lead"]) == ("leader", "Anna", 3)


def test_several_who_share_the_first_place_are_named_and_the_rest_of_them_counted() -> None:
    said = listed({"a": 7, "b": 7, "c": 7, "d": 7, "e": 1}).said()
    assert (said.kind, said.values["names"], said.values["more"], said.values["count"]) == (
        "shared",
        "Anna, Boris, Clara",
        1,
        4,
    )


def test_nobody_is_first_where_nobody_did_anything() -> None:
    assert listed({"a": 0, "b": 0}).said().kind == "nobody"
    assert listed({"a": 2}).said().kind == "alone"
