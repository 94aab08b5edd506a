"""The tables of the page of the path, put into words: units, names of steps, who hands over."""

from voronka.metrics.dimensions import Title
from voronka.reports.path_tables import MEANS, deviations_table, edges_table, hands_table, zones_table

PATH = {
    "cases": 4,
    "steps": [{"key": "new", "title": {"ru": "Новая", "en": "New"}}],
    "edges": [
        {"source": "(start)", "target": "new", "cases": 3, "count": 4, "took": None, "took_working": None},
        {
            "source": "new",
            "target": "gone",
            "cases": 1,
            "count": 1,
            "took": {"median": 86_400, "mean": 1, "p90": 172_800},
            "took_working": {"median": 1800, "mean": 1, "p90": 1},
        },
    ],
    "deviations": [
        {
            "kind": "skipped",
            "step": "new",
            "cases": 2,
            "share": 50.0,
            "days": {"value": 1.5, "low": -1.0, "high": 4.0, "differs": False},
            "win_rate": None,
        }
    ],
}


def test_edges_are_told_in_days_and_hours_and_what_takes_no_time_is_empty() -> None:
    table = edges_table(PATH, "ru")
    begun, moved = ([row[column.name] for column in table.columns] for row in table.rows)
    assert begun == ["Начало", "Новая", 3, 75, 4, None, None, None]
    assert moved == ["Новая", "gone", 1, 25, 1, 1, 2, 0.5]
    assert MEANS["cases"].ru == "Разные случаи, хотя бы раз прошедшие здесь"


def test_deviations_have_the_interval_of_what_is_known() -> None:
    (row,) = deviations_table(PATH, "en").rows
    assert list(row.values()) == ["Skipped", "New", 2, 50.0, 1.5, -1.0, 4.0, None, None, None]


def test_zones_are_called_by_their_stage_or_their_kind() -> None:
    zone = {"cases": 1, "share": 2.0, "share_hours": None, "median_seconds": 43_200, "amount": 7.0}
    grey = {
        "titles": {"wait": {"ru": "Ждём", "en": "Wait"}},
        "zones": [
            {**zone, "kind": "outside", "step": "wait", "now_cases": 1, "now_amount": 3.0},
            {**zone, "kind": "after", "step": None, "now_cases": 0, "now_amount": 0.0},
        ],
    }
    rows = zones_table(grey, "en").rows
    assert [(row["zone"], row["median_days"], row["now"]) for row in rows] == [
        ("Wait", 0.5, 1),
        ("Work after closing", 0.5, 0),
    ]


ROLES = {"ae": Title("Менеджер по продажам", "AE")}
JOINT = {
    "handed": 2,
    "cases": 2,
    "watched": 2,
    "without_contact": 1,
    "median_seconds": 5400,
    "emptied": None,
    "of_task": 1,
    "without_task": 0,
    "now_cases": 0,
    "now_amount": 0.0,
}


def test_roles_are_called_by_their_titles_and_one_without_a_title_by_its_code() -> None:
    pair = {**JOINT, "giver": "tutor", "giver_name": "tutor", "taker": "ae", "taker_name": "ae"}
    (row,) = hands_table({"by": "roles", "rows": [pair]}, "ru", ROLES).rows
    assert (row["giver"], row["taker"]) == ("tutor", "Менеджер по продажам")


def test_whoever_may_not_be_seen_is_a_colleague_and_no_role_is_said_so() -> None:
    hands = {"by": "people", "rows": [{**JOINT, "giver": "crm:7", "giver_name": None, "taker": "", "taker_name": None}]}
    (row,) = hands_table(hands, "ru", ROLES).rows
    assert (row["giver"], row["taker"], row["contact_hours"], row["emptied"]) == (
        "коллега",
        "роль не указана",
        1.5,
        None,
    )
