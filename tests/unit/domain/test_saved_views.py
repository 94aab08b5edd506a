from dataclasses import replace
from datetime import datetime

from voronka.domain.saved_views import SavedView

AT = datetime.fromisoformat("2026-03-02 09:00")
VIEW = SavedView(1, 7, "Анна", "Март", "/team", is_shared=True, made_at=AT, changed_at=AT)


def test_a_view_is_changed_by_its_owner_and_a_shared_one_by_whoever_may_share() -> None:
    own = replace(VIEW, is_shared=False)
    asked = [(view, user, may) for view in (own, VIEW) for user in (7, 8) for may in (False, True)]
    changed = [view.is_changed_by(user, may_share=may) for view, user, may in asked]
    assert changed == [True, True, False, False, True, True, False, True]
