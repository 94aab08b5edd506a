from pathlib import Path

import pytest

from tests.company import CompanyFolder
from voronka import bootstrap
from voronka.domain.errors import QuestionError
from voronka.metrics.answer import Row
from voronka.pipeline.checking import Remark, by_employee, checks, doubts, in_language, issues, remarks, summary
from voronka.settings import QualitySettings

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


def test_what_was_found_is_counted_per_check_with_its_share_an_example_and_words(company: CompanyFolder) -> None:
    built(company, "1,won,2026-01-05,2026-01-04\n2,won,2026-01-05,2026-01-03\n3,lost,2026-01-05,\n4,won,,\n")
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        found = {row["check"]: row for row in summary(metrics)}
        assert list(found) == ["closed_before_created", "closed_without_date"]
        first = found["closed_before_created"]
        assert (first["records"], first["share"], first["entity"], first["class"]) == (2, 50, "deal", "contradictory")
        assert first["example"] in {"crm:1", "crm:2"}
        assert first["title"] == "Закрыта раньше, чем создана"
        assert first["meaning"] == "День закрытия раньше дня создания, поэтому цикл сделки отрицательный."
        assert (first["most"], first["most_records"]) == (None, None)  # nobody is said to own them
        listed = issues(metrics, "closed_before_created", limit=1)
        assert (listed.total, len(listed.rows)) == (2, 1)
        rest = issues(metrics, "closed_before_created", limit=1, offset=1)
        assert {row["id"] for row in (*listed.rows, *rest.rows)} == {"crm:1", "crm:2"}
        assert issues(metrics, "no_exchange_rate").total == 0
        with pytest.raises(QuestionError, match=r"Did you mean closed_before_created"):
            issues(metrics, "closed_before_create")


def test_a_person_is_told_what_of_theirs_is_wrong(company: CompanyFolder) -> None:
    deals = "no,who,how,made,won\n1,Anna,won,2026-01-05,2026-01-04\n2,Anna,won,2026-01-05,2026-01-04\n"
    deals += "3,Boris,won,2026-01-05,2026-01-04\n4,Anna,lost,2026-01-05,\n5,,lost,2026-01-05,2026-01-06\n"
    company.stream("crm", "deals", deals, into="deals", columns={**COLUMNS, "employee": "who"})
    company.load_and_build()
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        found = [(row["employee"], row["check"], row["records"]) for row in by_employee(metrics)]
        assert found == [
            ("Anna", "closed_before_created", 2),
            ("Anna", "closed_without_date", 1),
            ("Boris", "closed_before_created", 1),
            (None, "deal_without_employee", 1),
        ]
        most = {row["check"]: (row["most"], row["most_records"]) for row in summary(metrics)}
        assert most == {
            "closed_before_created": ("Anna", 2),
            "closed_without_date": ("Anna", 1),
            "deal_without_employee": (None, None),
        }


def test_a_fault_still_to_come_is_not_one_today(company: CompanyFolder) -> None:
    deals = "no,how,made,due\n1,open,2026-01-05,2026-02-01\n2,open,2026-01-05,2199-02-01\n"
    columns = {"deal_id": "no", "outcome": "how", "created_at": "made", "expected_close_at": "due"}
    company.stream("crm", "deals", deals, into="deals", columns=columns)
    company.load_and_build()
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        assert [(row["check"], row["records"]) for row in summary(metrics)] == [("expected_close_passed", 1)]
        assert [row["id"] for row in issues(metrics, "expected_close_passed").rows] == ["crm:1"]


def test_checks_that_could_not_be_made_say_what_no_source_gives(company: CompanyFolder) -> None:
    built(company, "1,won,2026-01-05,2026-01-06\n")
    with bootstrap.built_metrics(str(company.folder)) as metrics:
        lacks = {row["check_name"]: row["lacks"] for row in checks(metrics)}
    assert lacks["closed_before_created"] is None
    assert lacks["deal_without_channel"] == "fct_deals.channel_id"


def test_remarks_name_issues_rows_aside_and_deals_that_never_end(company: CompanyFolder) -> None:
    built(company, "1,open,2026-01-05,\n2,open,many,\n3,open,more,\n4,open,2026-01-05,\n")
    said = {remark.subject: remark.text for remark in told(company)}
    assert said == {
        "rows aside": "2 rows are put aside (50 % of crm.deals): voronka loads aside",
        "outcomes": "no deal is won or lost: compare pipelines/*.yml with the stages",
        "load crm.deals": said["load crm.deals"],
    }
    assert "`won` is empty in all rows" in said["load crm.deals"]
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


def test_what_was_doubtful_in_a_load_is_a_remark_until_all_its_records_came_anew(company: CompanyFolder) -> None:
    built(company, "1,won,2026-01-05,2026-01-04\n")
    (remark,) = doubts(company.loads())
    assert remark.subject == "load crm.deals"
    assert f"load {company.loads()[0].load_id}: `won` lies before `made` (1 rows)" in remark.text
    company.export("crm", "deals", "no,how,made,won\n2,won,2026-01-05,2026-01-06\n", suffix="-2")
    company.load()
    assert doubts(company.loads()) == [remark]
    company.export("crm", "deals", "no,how,made,won\n1,won,2026-01-05,2026-01-06\n", suffix="-3")
    company.load()
    assert doubts(company.loads()) == []
    company.set_state(company.loads()[-1].load_id, "undone")
    assert doubts(company.loads()) == [remark]


def test_checks_are_told_in_the_language_asked_for_and_an_unknown_one_in_its_own() -> None:
    rows: list[Row] = [
        {"check": "closed_without_date", "title": "Закрыта без даты", "records": 2},
        {"check_name": "deal_without_client", "title": "Сделка без клиента", "action": "?"},
        {"check": "dropped_since", "title": "Было"},
    ]
    required = QualitySettings.model_validate({"required": {"deals": ["client"]}})
    assert in_language(rows, required, "en") == [
        {"check": "closed_without_date", "title": "Closed without a date", "records": 2},
        {
            "check_name": "deal_without_client",
            "title": "Deal without a client",
            "action": "Fill it in at the source, and make the field mandatory at that stage.",
        },
        {"check": "dropped_since", "title": "Было"},
    ]
