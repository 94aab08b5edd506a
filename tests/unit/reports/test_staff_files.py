"""The department as files; whole files are read in tests/unit/web/routes/test_staff.py."""

from voronka.reports.staff_files import MEANS, PEOPLE, REASONS, TEAMS, TIMES


def test_every_reason_and_every_meaning_is_said_in_both_languages() -> None:
    assert all(title.ru and title.en for title in (*REASONS.values(), *MEANS.values()))


def test_what_is_explained_is_a_column() -> None:
    assert set(MEANS) <= {column.name for column in (*PEOPLE, *TEAMS, *TIMES)}
