import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.company import CompanyFolder
from voronka import Company, Period, Scope, Span, VoronkaError, open_company


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company that is built; tests only ask it."""
    company = CompanyFolder(tmp_path_factory.mktemp("built") / "Компания")
    columns = {"deal_id": "no", "employee": "who", "amount": "sum", "closed_at": "day", "outcome": "how"}
    text = """\
        no,who,sum,day,how
        1,Anna,100,2026-01-10,won
        2,Anna,50,2026-02-10,lost
        3,Boris,200,2026-02-11,won
        4,,7,2026-02-12,won
    """
    company.stream("crm", "deals", None, into="deals", columns=columns)
    company.write("exports/crm/deals.csv", text)
    company.load_and_build()
    return company


@pytest.fixture
def own_company(company: CompanyFolder, tmp_path: Path) -> CompanyFolder:
    """Return a copy of the company, to be changed."""
    shutil.copytree(company.folder, tmp_path / "Компания")
    return replace(company, folder=tmp_path / "Компания")


def test_a_question_in_python_is_answered_with_rows_and_totals(company: CompanyFolder) -> None:
    with open_company(company.folder) as opened:
        answer = opened.query("deals_won", "win_rate", by=["employee"])
    assert {row["employee"]: (row["deals_won"], row["win_rate"]) for row in answer.rows} == {
        "Anna": (1, 50),
        "Boris": (1, 100),
        None: (1, 100),
    }
    assert (answer.totals["deals_won"], answer.totals["win_rate"]) == (3, 75)


def test_whoever_opens_a_company_is_warned_of_a_broken_metric_file(own_company: CompanyFolder) -> None:
    with open_company(own_company.folder) as opened:
        opened.query("deals_won")
    own_company.write("metrics/own.yml", "metrics:\n  own: { title: { ru: Своя, en: Own }, formula: 2 * deals_wn }\n")
    with (
        pytest.warns(UserWarning, match=r"own\.yml:2: Unknown metric: deals_wn. Did you mean deals_won"),
        open_company(own_company.folder) as opened,
    ):
        assert opened.query("deals_won").totals == {"deals_won": 3}


def test_a_filter_is_a_value_several_or_none_for_not_given(company: CompanyFolder) -> None:
    with open_company(str(company.folder)) as opened:

        def won(who: str | list[str | None] | None) -> object:
            return opened.query("deals_won", where={"employee": who}).rows[0]["deals_won"]

        assert (won("Anna"), won(["Anna", "Boris"]), won(None), won(["Anna", None])) == (1, 2, 1, 2)


def test_a_period_is_two_days_as_texts_or_dates_or_a_period(company: CompanyFolder) -> None:
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    with open_company(company.folder) as opened:
        for period in (("2026-02-01", "2026-02-28"), (first, last), Period(first, last)):
            (row,) = opened.query("deals_won", period=period, compare="previous").rows
            assert (row["deals_won"], row["deals_won_previous"]) == (2, 1)


def test_a_limited_scope_sees_its_own_rows(company: CompanyFolder) -> None:
    with open_company(company.folder) as opened:
        ids = {row["employee"]: row["employee_id"] for row in opened.query("deals_won", by=("employee",)).rows}
        scope = Scope(spans=(Span(str(ids["Anna"]), date(2026, 1, 1), date(2027, 1, 1)),))
        assert opened.query("deals_won", scope=scope).rows == [{"deals_won": 1}]


def test_an_open_company_sees_the_next_build(own_company: CompanyFolder) -> None:
    with open_company(own_company.folder) as opened:
        before = opened.query("deals_won").data_version
        own_company.export("crm", "deals", "no,who,sum,day,how\n5,Anna,1,2026-02-20,won\n", suffix="-2")
        own_company.load_and_build()
        answer = opened.query("deals_won")
    assert answer.rows == [{"deals_won": 4}]
    assert answer.data_version != before


def test_what_cannot_be_answered_is_an_error_of_voronka(company: CompanyFolder, tmp_path: Path) -> None:
    with open_company(company.folder) as opened, pytest.raises(VoronkaError, match="Did you mean deals_won "):
        opened.query("deals_wonn")
    with pytest.raises(VoronkaError, match=r"no voronka\.toml"):
        open_company(tmp_path)


@pytest.mark.parametrize("period", [("2026-02-31", "2026-03-01"), ("02.2026", "2026-03-01")])
def test_a_day_that_is_none_is_told_as_an_error_of_voronka(company: CompanyFolder, period: tuple[str, str]) -> None:
    with open_company(company.folder) as opened, pytest.raises(VoronkaError, match=f"not a day: {period[0]}"):
        opened.query("deals_won", period=period)


def test_a_period_that_ends_before_it_begins_is_told(company: CompanyFolder) -> None:
    with open_company(company.folder) as opened, pytest.raises(VoronkaError, match="ends before it begins"):
        opened.query("deals_won", period=("2026-03-02", "2026-03-01"))


def test_a_company_knows_its_folder(company: CompanyFolder) -> None:
    with open_company(company.folder) as opened:
        assert isinstance(opened, Company)
        assert opened.folder == company.folder


def test_names_and_filters_may_be_one_text_or_one_list(company: CompanyFolder) -> None:
    with open_company(company.folder) as opened:
        first = opened.query(["deals_won", "win_rate"], by="employee", where="employee=Anna,Boris").rows
        assert (
            first == opened.query("deals_won", "win_rate", by=["employee"], where={"employee": ["Anna", "Boris"]}).rows
        )
        assert (
            first
            == opened.query("deals_won", "win_rate", by=("employee",), where=["employee=Anna", "employee=Boris"]).rows
        )


@pytest.mark.parametrize(
    "asked",
    [
        {"by": 5},
        {"by": [None]},
        {"where": 5},
        {"where": {"employee": 5}},
        {"where": ["employee"]},
        {"period": "2026-01"},
        {"period": 5},
        {"period": (1, 2)},
    ],
)
def test_a_question_of_a_wrong_shape_is_an_error_of_voronka(company: CompanyFolder, asked: dict[str, Any]) -> None:
    with open_company(company.folder) as opened, pytest.raises(VoronkaError):
        opened.query("deals_won", **asked)
