"""The cases behind every figure of the page are as many as it says, and the very ones."""

import pytest

from tests.reports.paths import LOST, NEW, PIPELINES, TALK, WAIT, WON, metrics_of_paths, path_of
from voronka.domain.errors import QuestionError
from voronka.reports.cases import CasesAsked
from voronka.reports.path_behind import Behind, cases_behind, chosen
from voronka.reports.path_page import PathAsked
from voronka.reports.plain_path_page import plain_path_of_page


def cases(behind: Behind, **asked: object) -> list[str]:
    found = path_of(**asked).found  # type: ignore[arg-type]
    truths = chosen(found.path, behind)
    return [case for case, is_chosen in zip(found.path.log.cases, truths, strict=True) if is_chosen]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (Behind(), [1, 2, 3, 4]),
        (Behind(step=TALK), [1, 2]),
        (Behind(source=NEW, target=TALK), [1, 2]),
        (Behind(source=NEW, target=LOST), [3]),
        (Behind(source="(start)", target=NEW), [1, 2, 3, 4]),
        (Behind(source=WON, target="(end)"), [1, 4]),
        (Behind(way=(NEW, WAIT, WON)), [4]),
        (Behind(deviation="outside", step=WAIT), [4]),
        (Behind(deviation="skipped"), [4]),
        (Behind(deviation="repeated"), []),
        (Behind(as_meant=True), [1, 2, 3]),
        (Behind(step="stage:sales:Gone"), []),
        (Behind(way=(NEW, "stage:sales:Gone")), []),
        (Behind(source="x", target=NEW), []),
    ],
)
def test_the_cases_of_a_part(behind: Behind, expected: list[int]) -> None:
    assert [int(case.partition(":")[2]) for case in cases(behind)] == expected


def test_every_figure_of_the_page_is_as_many_cases() -> None:
    asked = PathAsked(events="all")
    plain = plain_path_of_page(path_of(events="all"), asked, PIPELINES)
    for step in plain["steps"]:
        assert len(cases(Behind(step=step["key"]), events="all")) == step["cases"]
    for edge in plain["edges"]:
        assert len(cases(Behind(source=edge["source"], target=edge["target"]), events="all")) == edge["cases"]
    for way in plain["ways"]:
        assert len(cases(Behind(way=tuple(way["steps"])), events="all")) == way["cases"]
    for each in plain["deviations"]:
        assert len(cases(Behind(deviation=each["kind"], step=each["step"]), events="all")) == each["cases"]
    assert len(cases(Behind(as_meant=True), events="all")) == plain["conforming"]


def test_without_a_pipeline_nothing_deviates_and_nothing_is_meant() -> None:
    for behind in (Behind(deviation="skipped"), Behind(as_meant=True)):
        with pytest.raises(QuestionError, match="without a pipeline"):
            cases(behind, pipeline="*")


def test_they_are_listed_as_records() -> None:
    page = path_of()
    listed = cases_behind(metrics_of_paths(), page.query, Behind(step=TALK), CasesAsked(sort="amount"))
    assert [row["id"] for row in listed.rows] == ["d:1", "d:2"]
