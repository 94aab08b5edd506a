from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.domain.errors import QuestionError
from voronka.pipeline.checking import MEANINGS, Remark, issues, remarks, summary

COLUMNS = {"deal_id": "no", "outcome": "how", "created_at": "made", "closed_at": "won"}


@pytest.fixture
def company(tmp_path: Path) -> CompanyFolder:
    return CompanyFolder(tmp_path / "c")


def built(company: CompanyFolder, deals: str) -> CompanyFolder:
    company.stream("crm", "deals", f"no,how,made,won\n{deals}", into="deals", columns=COLUMNS)
    company.load_and_build()
    return company


def told(company: CompanyFolder) -> list[Remark]:
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        return remarks(metrics, company.loads())


def test_what_was_found_is_counted_per_check_with_an_example_and_what_it_means(company: CompanyFolder) -> None:
    built(company, "1,won,2026-01-05,2026-01-04\n2,won,2026-01-05,2026-01-03\n3,lost,2026-01-05,\n")
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        found = {row["check"]: row for row in summary(metrics)}
        assert found["closed_before_created"]["rows"] == 2
        assert found["closed_before_created"]["example"] in {"crm:1", "crm:2"}
        assert found["closed_without_date"]["meaning"] == MEANINGS["closed_without_date"]
        assert {row["entity_id"] for row in issues(metrics, "closed_before_created")} == {"crm:1", "crm:2"}
        assert issues(metrics, "no_exchange_rate") == []
        with pytest.raises(QuestionError, match=r"Did you mean closed_before_created"):
            issues(metrics, "closed_before_create")


def test_every_check_of_the_core_has_its_meaning() -> None:
    sql = Path("src/voronka/transform/core/fct_quality_issues.sql").read_text("utf-8")
    assert [name for name in MEANINGS if f"'{name}'" not in sql] == []


def test_remarks_name_issues_rows_aside_and_deals_that_never_end(company: CompanyFolder) -> None:
    built(company, "1,open,2026-01-05,\n2,open,many,\n3,open,more,\n4,open,2026-01-05,\n")
    said = {remark.subject: remark.text for remark in told(company)}
    assert said == {
        "rows aside": "2 rows are put aside (50 % of crm.deals): voronka loads aside",
        "outcomes": "no deal is won or lost: compare pipelines/*.yml with the stages",
    }
    company.export("crm", "deals", "no,how,made,won\n5,won,2026-01-05,2026-01-04\n", suffix="-2")
    company.load_and_build()
    said = {remark.subject: remark.text for remark in told(company)}
    assert said["quality"] == "1 thing to look at: voronka check"
    assert "outcomes" not in said


def test_where_all_is_well_nothing_is_remarked(company: CompanyFolder) -> None:
    built(company, "1,won,2026-01-05,2026-01-06\n")
    assert told(company) == []


@pytest.mark.parametrize(("aside", "rows", "said"), [(2, 2, "all of"), (1, 150, "under 1 % of"), (399, 400, "99 % of")])
def test_the_share_put_aside_is_told_in_whole_percents(
    company: CompanyFolder, aside: int, rows: int, said: str
) -> None:
    built(company, "".join(f"{n},won,{'many' if n < aside else '2026-01-05'},2026-01-06\n" for n in range(rows)))
    assert f"({said} crm.deals)" in {remark.subject: remark.text for remark in told(company)}["rows aside"]
