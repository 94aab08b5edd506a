"""Files in, figures out: people who merged, left, moved or share a name keep their own results and no others."""

import pytest

from tests.company import CompanyFolder
from voronka import open_company
from voronka.metrics.question import Owner

PEOPLE = """id,name,team,from,left,into
1,Anna,West,2026-01-01,,
2,Boris,West,2026-01-01,2026-02-15,
3,Anna,East,2026-01-01,,
4,Anna (old login),West,2026-01-01,,1
5,Carl,West,2026-01-01,,
5,Carl,East,2026-02-01,,
"""
DEALS = """id,who,made,won,sum
1,1,2026-01-02,2026-01-10,100
2,4,2026-01-02,2026-01-20,50
3,2,2026-01-02,2026-01-15,30
4,3,2026-01-02,2026-02-10,200
5,5,2026-01-02,2026-01-25,10
6,5,2026-01-02,2026-02-25,20
7,,2026-01-02,2026-02-26,5
8,1,2026-01-02,2026-02-27,40
9,3,2026-01-02,2026-01-20,60
"""
ANNA, BORIS, OTHER_ANNA, CARL = "crm:1", "crm:2", "crm:3", "crm:5"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> CompanyFolder:
    """Return a company of nine won deals of 515 in all; the eighth is split 1 : 3, the ninth was Boris's at first."""
    company = CompanyFolder(tmp_path_factory.mktemp("people") / "c")
    people = {
        "employee_id": "id", "name": "name", "team": "team", "valid_from": "from", "left_on": "left",
        "merged_into": "into",
    }  # fmt: skip
    company.stream("crm", "people", PEOPLE, into="employees", key="auto", columns=people)
    deals = {"deal_id": "id", "employee_id": "who", "created_at": "made", "closed_at": "won", "amount": "sum"}
    company.stream("crm", "deals", DEALS, into="deals", columns={**deals, "outcome": "= 'won'"})
    company.stream(
        "crm", "shares", "deal,who,share\n8,1,0.25\n8,3,0.75\n", into="owners", key="auto",
        columns={"deal_id": "deal", "employee_id": "who", "share": "share"},
    )  # fmt: skip
    company.stream(
        "crm", "log", "deal,field,old,new,at\n9,owner,2,3,2026-01-12\n", into="changes", key="auto",
        columns={"deal_id": "deal", "field": "field", "old": "old", "new": "new", "changed_at": "at"},
    )  # fmt: skip
    company.load_and_build()
    return company


def by(company: CompanyFolder, metric: str, cut: str, owner: Owner = "then") -> dict[object, float]:
    """Return a metric's figures by the ids or names of one cut."""
    with open_company(company.folder) as opened:
        rows = opened.query(metric, by=(cut,), owner=owner).rows
    key = "employee_id" if cut == "employee" else cut
    return {row[key]: float(str(row[metric])) for row in rows if row[metric]}


def total(company: CompanyFolder, metric: str) -> float:
    with open_company(company.folder) as opened:
        return float(str(opened.query(metric).rows[0][metric]))


def test_results_of_the_merged_the_dismissed_and_those_of_one_name_stay_and_sum_to_the_whole(
    company: CompanyFolder,
) -> None:
    revenue = by(company, "revenue", "employee")
    # Anna has what her old login sold (50) and a quarter of the eighth deal (10); the other Anna is another person
    assert revenue == {ANNA: 160, OTHER_ANNA: 290, BORIS: 30, CARL: 30, None: 5}
    assert sum(revenue.values()) == total(company, "revenue") == 515


def test_a_mover_leaves_past_results_with_the_old_team_and_takes_them_along_only_when_asked(
    company: CompanyFolder,
) -> None:
    assert by(company, "revenue", "team") == {"West": 200, "East": 310, None: 5}
    assert by(company, "revenue", "team", owner="now") == {"West": 190, "East": 320, None: 5}


def test_a_deal_was_created_by_whoever_had_it_then_and_won_by_whoever_had_it_later(company: CompanyFolder) -> None:
    created = by(company, "deals_created", "employee")
    assert created == {ANNA: 2.25, OTHER_ANNA: 1.75, BORIS: 2, CARL: 2, None: 1}
    now = by(company, "deals_created", "employee", owner="now")
    assert (now[BORIS], now[OTHER_ANNA]) == (1, 2.75)
    won = by(company, "deals_won", "employee")
    assert won == {ANNA: 2.25, OTHER_ANNA: 2.75, BORIS: 1, CARL: 2, None: 1}
    assert sum(created.values()) == sum(now.values()) == sum(won.values()) == 9


def test_a_merged_login_is_no_person_of_its_own(company: CompanyFolder) -> None:
    assert company.ask("SELECT employee_id FROM dim_employee ORDER BY 1") == [(ANNA,), (BORIS,), (OTHER_ANNA,), (CARL,)]
