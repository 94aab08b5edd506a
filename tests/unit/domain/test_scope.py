from datetime import date

from voronka.domain.scope import Scope, Span


def test_everything_is_every_row_and_the_rows_of_nobody() -> None:
    scope = Scope.everything()
    assert scope.all_rows
    assert scope.sees_unowned


def test_one_person_sees_no_rows_of_nobody_unless_told_so() -> None:
    assert not Scope.of("crm:1").sees_unowned
    assert Scope(spans=(Span("crm:1"),), unowned=True).sees_unowned


def test_equal_scopes_have_equal_keys_whatever_the_order() -> None:
    assert Scope.of("crm:2", "crm:1", "crm:2").key() == Scope.of("crm:1", "crm:2").key()


def test_scopes_that_show_other_rows_have_other_keys() -> None:
    until_march = Scope(spans=(Span("crm:1", valid_to=date(2026, 3, 1)),))
    scopes = [
        Scope(),
        Scope.of("crm:1"),
        Scope.of("crm:2"),
        until_march,
        Scope(spans=(Span("crm:1"),), unowned=True),
        Scope.everything(),
    ]
    assert len({scope.key() for scope in scopes}) == len(scopes)


def test_a_row_is_seen_on_the_days_of_a_span() -> None:
    february = Scope(spans=(Span("anna", date(2026, 2, 1), date(2026, 3, 1)), Span("boris")))
    seen = [("anna", date(2026, 2, 28)), ("boris", None), ("boris", date(2020, 1, 1))]
    unseen = [("anna", date(2026, 3, 1)), ("anna", None), (None, date(2026, 2, 2)), ("vera", date(2026, 2, 2))]
    assert [february.sees(*each) for each in [*seen, *unseen]] == [True] * 3 + [False] * 4
    assert Scope.everything().sees(None, None)
