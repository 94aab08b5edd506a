"""A table that is kept is named by what makes it."""

from voronka.metrics.standing import named_by


def test_another_select_has_another_name() -> None:
    one, other = named_by("SELECT 1", "sums"), named_by("SELECT 2", "sums")
    assert one != other
    assert one == named_by("SELECT 1", "sums")
    assert one.startswith("sums_")
