"""Views that people save."""

import pytest

from tests.unit.operations.conftest import Operations
from voronka.domain.errors import QuestionError
from voronka.operations.saved_views import LONGEST_NAME, MOST_VIEWS, SavedViews

HERE = "/funnel?period=last_month&team=crm%3A1"


@pytest.fixture
def views(operations: Operations) -> SavedViews:
    """Return the views of a company of two users, 1 and 2."""
    for name in ("Анна", "Борис"):
        operations.accounts.add_user(name, None)
    return SavedViews(operations.database, operations.clock)


def names(views: SavedViews, user_id: int) -> list[str]:
    return [each.name for each in views.of_user(user_id)]


def test_ones_own_views_and_the_shared_ones_are_told_by_name(views: SavedViews) -> None:
    views.save(1, "  ёлка   март ", HERE)
    views.save(1, "Яблоко", "/", is_shared=True)
    views.save(2, "Дача", "/team")
    assert names(views, 1) == ["ёлка март", "Яблоко"]
    assert names(views, 2) == ["Дача", "Яблоко"]
    (_, shared) = views.of_user(2)
    assert (shared.owner, shared.user_id, shared.address, shared.is_shared) == ("Анна", 1, "/", True)


def test_a_view_of_another_is_opened_while_it_is_shared(views: SavedViews, operations: Operations) -> None:
    made = views.save(1, "Март", HERE)
    with pytest.raises(QuestionError, match=f"no saved view has the number {made.view_id}"):
        views.of_id(made.view_id, 2)
    operations.clock.on(hours=1)
    shared = views.change(made, is_shared=True)
    assert views.of_id(made.view_id, 2) == shared
    assert (shared.made_at, shared.changed_at) == (made.made_at, operations.clock())
    views.change(shared, is_shared=False)
    with pytest.raises(QuestionError):
        views.of_id(made.view_id, 2)


def test_a_view_is_renamed_moved_and_deleted_and_its_number_is_never_given_again(views: SavedViews) -> None:
    made = views.save(1, "Март", HERE)
    changed = views.change(made, name="Апрель", address="/path?axis=created")
    assert (changed.name, changed.address, changed.view_id) == ("Апрель", "/path?axis=created", made.view_id)
    assert views.change(changed, name="АПРЕЛЬ").name == "АПРЕЛЬ"  # its own name is not taken by another
    views.delete(changed)
    assert names(views, 1) == []
    assert views.save(1, "Март", HERE).view_id > made.view_id


def test_views_go_with_their_owner(views: SavedViews, operations: Operations) -> None:
    views.save(2, "Дача", "/team", is_shared=True)
    views.start_at(2, "team")
    operations.accounts.remove("Борис")
    assert names(views, 1) == []
    assert views.start_of(2) is None


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * (LONGEST_NAME + 1)])
def test_a_view_has_a_name(views: SavedViews, name: str) -> None:
    with pytest.raises(QuestionError, match="a view's name is empty"):
        views.save(1, name, HERE)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "team",
        "//elsewhere.example",
        "https://elsewhere.example",
        "javascript:alert(1)",
        "/team?a b",
        "/t#x",
        "/?" + "x" * 4000,
    ],
)
def test_a_view_leads_to_a_page_and_nowhere_else(views: SavedViews, address: str) -> None:
    with pytest.raises(QuestionError, match="not an address of a page"):
        views.save(1, "Март", address)


def test_two_views_of_one_person_have_two_names(views: SavedViews) -> None:
    first, other = views.save(1, "Март", HERE), views.save(1, "Апрель", HERE)
    with pytest.raises(QuestionError, match="already"):
        views.save(1, "МАРТ", HERE)
    with pytest.raises(QuestionError, match="already"):
        views.change(other, name=first.name)
    assert views.save(2, "Март", HERE).name == "Март"


def test_nobody_fills_the_file_with_views(views: SavedViews) -> None:
    for number in range(MOST_VIEWS):
        views.save(1, f"{number}", HERE)
    with pytest.raises(QuestionError, match="nobody keeps more than 100 views"):
        views.save(1, "one more", HERE)


def test_one_begins_at_the_page_chosen_last_or_at_that_of_the_role(views: SavedViews) -> None:
    assert views.start_of(1) is None
    views.start_at(1, "team")
    views.start_at(1, "funnel")
    assert (views.start_of(1), views.start_of(2)) == ("funnel", None)
    views.start_at(1, None)
    assert views.start_of(1) is None
    for wrong in ("", "Team", "../x", "x" * 41):
        with pytest.raises(QuestionError, match="no page is named"):
            views.start_at(1, wrong)
