from datetime import date

from voronka.domain.access import ACCESS_ROLES, DEMO, GIVEN_ROLES, MEANINGS, Right, Stay, TeamPlace, led_teams, scope_of
from voronka.domain.scope import ALWAYS_FROM, ALWAYS_TO, Scope, Span

TODAY = date(2026, 3, 2)
MOVED = date(2026, 2, 1)
TEAMS = [TeamPlace("north", None, "olga"), TeamPlace("port", "north", None), TeamPlace("south", None, None)]
STAYS = [
    Stay("olga", "head office", ALWAYS_FROM, ALWAYS_TO),
    Stay("anna", "north", ALWAYS_FROM, MOVED),
    Stay("anna", "south", MOVED, ALWAYS_TO),
    Stay("boris", "port", ALWAYS_FROM, ALWAYS_TO),
    Stay("viktor", "south", ALWAYS_FROM, ALWAYS_TO),
]


def test_a_manager_sees_their_own_rows_of_all_time() -> None:
    assert scope_of("own", "anna", STAYS, TEAMS, TODAY) == Scope.of("anna")


def test_a_team_lead_sees_people_at_the_time_they_were_in_the_team_and_in_those_below_it() -> None:
    seen = scope_of("team", "olga", STAYS, TEAMS, TODAY)
    assert seen.spans == (Span("anna", ALWAYS_FROM, MOVED), Span("boris"), Span("olga"))
    assert not seen.sees_unowned


def test_where_no_team_names_its_lead_it_is_the_one_the_person_is_in_today() -> None:
    seen = scope_of("team", "anna", STAYS, TEAMS, TODAY)
    assert seen.spans == (Span("anna"), Span("viktor"))
    assert led_teams("anna", STAYS, TEAMS, date(2026, 1, 31)) == {"north", "port"}


def test_teams_that_are_parts_of_each_other_end() -> None:
    ring = [TeamPlace("a", "b", "olga"), TeamPlace("b", "a", None)]
    assert led_teams("olga", [], ring, TODAY) == {"a", "b"}


def test_whoever_is_no_known_employee_sees_no_row_but_for_those_who_see_all() -> None:
    assert scope_of("own", None, STAYS, TEAMS, TODAY) == Scope()
    assert scope_of("team", None, STAYS, TEAMS, TODAY) == Scope()
    assert scope_of("all", None, STAYS, TEAMS, TODAY) == Scope.everything()


def test_an_administrator_may_all_and_is_the_only_one_who_lets_people_in() -> None:
    assert ACCESS_ROLES["admin"].rights == frozenset(Right)
    assert [name for name in GIVEN_ROLES if Right.PEOPLE in ACCESS_ROLES[name].rights] == ["admin"]
    assert DEMO not in GIVEN_ROLES


def test_what_is_the_whole_companys_is_for_those_who_see_all_rows() -> None:
    whole = {Right.DATA, Right.LOADS, Right.SETTINGS, Right.AUDIT, Right.PEOPLE}
    assert [name for name, role in ACCESS_ROLES.items() if role.reach != "all" and role.rights & whole] == []


def test_a_manager_takes_no_tables_out_and_marketing_sees_no_clients_numbers() -> None:
    assert ACCESS_ROLES["manager"].rights == {Right.PERSONAL, Right.BOARD}
    hidden = [name for name in GIVEN_ROLES if Right.PERSONAL not in ACCESS_ROLES[name].rights]
    assert hidden == ["analyst", "marketing", "screen"]


def test_all_look_at_the_board_and_a_screen_at_nothing_else() -> None:
    assert all(Right.BOARD in role.rights for role in ACCESS_ROLES.values())
    assert ACCESS_ROLES["screen"].rights == {Right.BOARD}
    assert [name for name in GIVEN_ROLES if Right.CONTESTS in ACCESS_ROLES[name].rights] == ["head", "admin"]


def test_every_right_is_told_in_words() -> None:
    assert set(MEANINGS) == set(Right)
