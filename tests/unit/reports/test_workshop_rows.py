"""Hypotheses as rows: what is read anew, what was kept, and who is told it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.metrics.memory_engine import MemoryEngine, metrics_over
from tests.unit.reports.test_workshop import SALES, TIME, lake
from voronka.domain.hypotheses import Found
from voronka.domain.scope import Scope
from voronka.operations.hypotheses import Ended, Hypothesis
from voronka.reports.workshop import Workshop
from voronka.reports.workshop_rows import found_row, hypothesis_rows, names_of, state_said

__all__ = ["lake"]

AT = datetime(2026, 3, 1, 9)  # noqa: DTZ001 - UTC without a zone
THEN = Found("fails", "", 200.0, 100.0, 300.0, 9, 0, "then")


def local(moment: datetime) -> datetime:
    return moment + timedelta(hours=3)


@dataclass
class Bench:
    workshop: Workshop
    entered: list[Hypothesis]
    folder: Path

    def rows(self, scope: Scope) -> list[dict[str, object]]:
        reader = replace(self.workshop, scope=scope)
        return hypothesis_rows(reader, self.entered, names_of(reader, "en", self.folder), local)


@pytest.fixture
def bench(lake: MemoryEngine, tmp_path: Path) -> Bench:
    """Return an open hypothesis of the company, and a closed one of the West."""
    workshop = Workshop(metrics_over(lake, today=date(2026, 3, 6)), Scope.everything())
    west = workshop.understood(replace(TIME, chosen=replace(SALES, team="West")))
    ended = Ended("closed", "so it was", "Boris", AT, replace(THEN, data_version="end"))
    return Bench(
        workshop,
        [
            Hypothesis(2, workshop.understood(TIME), "calls are late", "Anna", AT, THEN),
            Hypothesis(1, west, "why", "Anna", AT, THEN, ended),
        ],
        tmp_path,
    )


def test_an_open_one_is_read_anew_and_a_closed_one_stays_as_it_was(bench: Bench) -> None:
    first, second = bench.rows(Scope.everything())
    assert (first["id"], first["state"], first["ended"], first["why"]) == (2, "open", None, "calls are late")
    assert first["statement"] == "From New to Talk it takes at most 8 h (median, by the calendar)"
    assert (first["at"], first["by"]) == (datetime(2026, 3, 1, 12), "Anna")  # noqa: DTZ001 - local
    assert (first["now"]["value"], first["now"]["data_version"]) == (4.5 * 3600, "1")  # type: ignore[index]
    assert (first["then"]["verdict"], first["then"]["data_version"]) == ("fails", "then")  # type: ignore[index]
    assert (second["state"], second["now"], second["of"]) == ("closed", None, "journeys, pipeline: sales, team: West")
    assert second["ended"]["words"] == "so it was"  # type: ignore[index]
    assert second["ended"]["found"]["data_version"] == "end"  # type: ignore[index]


def test_a_reader_of_some_rows_is_told_no_figures_of_others(bench: Bench) -> None:
    rows = bench.rows(Scope.of("name:anna"))
    assert [(row["id"], row["then"]) for row in rows] == [(2, None), (1, None)]
    assert rows[0]["now"]["cases"] == 8  # type: ignore[index]
    assert rows[1]["ended"]["found"] is None  # type: ignore[index]
    assert [row["id"] for row in bench.rows(Scope.of("nobody"))] == [2]


def test_pipelines_have_their_titles_unless_a_file_is_broken(bench: Bench) -> None:
    place = bench.folder / "pipelines" / "sales.yml"
    place.parent.mkdir()
    place.write_text("pipeline: sales\ntitle: { ru: Продажи, en: Sales }\nstages: [{ id: New }]\n", "utf-8")
    assert bench.rows(Scope.everything())[0]["of"] == "journeys, pipeline: Sales"
    place.write_text("pipeline: [", "utf-8")
    assert bench.rows(Scope.everything())[0]["of"] == "journeys, pipeline: sales"


def test_words_of_states_and_findings(bench: Bench) -> None:
    names = names_of(bench.workshop, "ru", bench.folder)
    assert state_said("withdrawn", names) == "отозвана"
    assert found_row(bench.entered[0].claim, None, names) is None
    told = found_row(bench.entered[0].claim, THEN, names)
    assert told is not None
    assert (told["measured"], told["said"]) == ("3 мин 20 с (от 1 мин 40 с до 5 мин)", "не подтверждается")
