"""The words of files are those of the pages, and speak of columns that there are."""

import json
from pathlib import Path

from voronka.reports.team_compared import BESIDE, MIX_COLUMNS, PERSON_COLUMNS, RATE_COLUMNS
from voronka.reports.team_time import USE_COLUMNS
from voronka.reports.team_words import MEANS

WORDS = Path(__file__).parents[3] / "frontend" / "src" / "i18n"


def test_every_meaning_is_of_a_column() -> None:
    columns = {
        each.name for group in (BESIDE, MIX_COLUMNS, PERSON_COLUMNS, RATE_COLUMNS, USE_COLUMNS) for each in group
    }
    assert set(MEANS) - {"among"} <= columns


def test_what_is_explained_in_files_is_explained_on_the_page() -> None:
    for language in ("ru", "en"):
        texts = json.loads((WORDS / f"team.{language}.json").read_text("utf-8"))
        assert {f"column.{name}" for name in ("expected", "adjusted", "estimate", "place_low", "among")} <= set(texts)
