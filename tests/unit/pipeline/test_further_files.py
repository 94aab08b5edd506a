from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka.bootstrap import reread, workplace
from voronka.pipeline.further_files import Further
from voronka.pipeline.previewing import REFUSE, Wish
from voronka.pipeline.workplace import Workplace

BEFORE = "No;Sum;Stage;Made\n1;10;New;2026-02-13\n2;20;Done;2026-02-14\n"
COLUMNS = {"deal_id": "No", "amount": "Sum", "stage": "Stage", "created_at": "Made"}
PIPELINE = "pipeline: sales\nentity: deals\nstages:\n  - { id: New }\n  - { id: Done, outcome: won }\n"


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    company = CompanyFolder(tmp_path / "company")
    company.stream("crm", "deals", BEFORE, into="deals", key="No", columns=COLUMNS)
    company.pipeline(PIPELINE)
    company.load()
    return company


@pytest.fixture
def work(company: CompanyFolder) -> Iterator[Workplace]:
    with workplace(str(company.folder)) as opened:
        yield opened


def further(
    work: Workplace,
    text: str,
    columns: Mapping[str, str] | None = None,
    outcomes: Mapping[str, str] | None = None,
) -> Further:
    path = work.folder / "uploads" / "x.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return Further(work, work.sources["crm"], "deals", Wish(path, company_zone="UTC"), columns, outcomes or {})


def test_a_file_like_those_before_changes_nothing(work: Workplace) -> None:
    file = further(work, BEFORE.replace("2;20", "2;30"))
    answer = file.look()
    assert (answer.rows_in, file.changes(), file.missing(answer.headers), answer.new_stages) == (2, [], {}, ())
    assert file.keep(lambda: reread(work)) is work


def test_new_stages_and_columns_called_otherwise_are_kept(work: Workplace) -> None:
    file = further(work, "No;Total sum;Stage;Made\n3;5;Lost;2026-02-15\n4;6;Later;2026-02-15\n", None, {"Later": "won"})
    file = replace(file, order=("Later", "Lost"))
    answer = file.look()
    assert [(stage.text, stage.outcome) for stage in answer.new_stages] == [("Later", "won"), ("Lost", "lost")]
    assert answer.columns["Total sum"] == "amount"
    assert [(each.kind, each.ours) for each in file.changes()] == [("renamed", "amount")]
    again = file.keep(lambda: reread(work))
    assert again.sources["crm"].streams["deals"].renamed == {"Sum": ("Total sum",)}
    (pipeline,) = again.pipelines
    assert [(stage.id, stage.outcome) for stage in pipeline.stages[2:]] == [("Later", "won"), ("Lost", "lost")]


def test_a_new_stage_whose_rows_are_all_closed_is_taken_for_lost(company: CompanyFolder) -> None:
    text = BEFORE.replace("Made", "Made;Closed").replace("13\n", "13;\n").replace("14\n", "14;2026-02-15\n")
    company.stream("crm", "deals", text, into="deals", key="No", columns=COLUMNS | {"closed_at": "Closed"})
    company.load()
    with workplace(str(company.folder)) as work:
        file = further(work, text + "3;5;Shelf;2026-02-15;2026-02-16\n4;5;Draft;2026-02-15;\n")
        told = {stage.text: (stage.outcome, stage.closed) for stage in file.look().new_stages}
    assert told == {"Shelf": ("lost", 1), "Draft": ("open", 0)}


def test_a_choice_that_cannot_be_is_an_answer_with_the_columns_of_the_file(work: Workplace) -> None:
    file = further(work, BEFORE, {"Sum": "deal_id"})
    answer = file.look()
    assert (answer.outcome, answer.headers) == (REFUSE, ("No", "Sum", "Stage", "Made"))
    assert "known by No" in answer.message
    assert (file.changes(), file.missing(answer.headers)) == ([], {})


def test_what_is_not_found_again_is_told(work: Workplace) -> None:
    file = further(work, "No;Stage;Made\n3;New;2026-02-15\n")
    answer = file.look()
    assert answer.outcome == REFUSE
    assert file.missing(answer.headers) == {"Sum": "amount"}
