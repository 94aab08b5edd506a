"""Laws of the core: no join changes a total, the order of input does not matter, a repeated load changes nothing."""

import random
from pathlib import Path

import pytest

from tests.company import CompanyFolder

STAGED = {"fct_deals": "deals", "fct_leads": "leads", "fct_activities": "calls", "fct_payments": "payments"}


def random_company(folder: Path, seed: int) -> tuple[CompanyFolder, dict[str, int]]:
    """Return a company of small random tables full of equal ids, missing values and unknown names, and their sizes."""
    chance = random.Random(seed)  # noqa: S311 - a test's dice
    company = CompanyFolder(folder)
    names = ["Anna", "anna ", "Boris", "Борис", "", "Carl"]

    def day(*, may_lack: bool = True) -> str:
        return "" if may_lack and chance.random() < 0.2 else f"2026-0{chance.randint(1, 3)}-{chance.randint(1, 28):02}"

    def some(low: int, high: int) -> str:
        return "" if chance.random() < 0.2 else str(chance.randint(low, high))

    def table(size: int, *cells: object) -> str:
        rows = [",".join(str(c() if callable(c) else c) for c in cells) for _ in range(size)]
        return "\n".join(rows) + "\n"

    sizes = {name: chance.randint(3, 12) for name in ("deals", "leads", "calls", "payments", "log", "split", "people")}

    def numbered(text: str) -> str:
        return "".join(f"{number},{line}\n" for number, line in enumerate(text.splitlines(), start=1))

    who = lambda: chance.choice(names)  # noqa: E731 - one of many dice
    person = lambda: some(1, 3)  # noqa: E731
    money = lambda: some(1, 900)  # noqa: E731
    few = lambda: some(1, 4)  # noqa: E731
    many = lambda: some(1, 9)  # noqa: E731
    share = lambda: chance.choice(["", 0.2, 0.5, 0.7, 1])  # noqa: E731
    currency = lambda: chance.choice(["USD", "RUB"])  # noqa: E731
    stage = lambda: chance.choice(["New", "Talks", "Won", "Lost", "Odd", ""])  # noqa: E731
    company.stream(
        "crm", "people", "id,name,team,from\n" + table(sizes["people"], person, who, lambda: chance.choice("WE"), day),
        into="employees", key="auto",
        columns={"employee_id": "id", "name": "name", "team": "team", "valid_from": "from"},
    )  # fmt: skip
    company.stream(
        "crm", "deals", "id,who_id,who,stage,made,closed,sum,acc,con,lead,cur\n"
        + numbered(table(sizes["deals"], person, who, stage, day, day, money, few, few,
                         many, lambda: chance.choice(["", "USD", "RUB"]))),
        into="deals",
        columns={
            "deal_id": "id", "employee_id": "who_id", "employee": "who", "stage": "stage", "created_at": "made",
            "closed_at": "closed", "amount": "sum", "account_id": "acc", "contact_id": "con", "lead_id": "lead",
            "currency": "cur",
        },
    )  # fmt: skip
    company.stream(
        "crm", "leads", "id,who,made,deal,stage\n" + numbered(table(sizes["leads"], who, day, many, stage)),
        into="leads",
        columns={"lead_id": "id", "employee": "who", "created_at": "made", "deal_id": "deal", "stage": "stage"},
    )  # fmt: skip
    company.stream(
        "crm", "calls", "id,who,at,acc,con,deal,lead\n"
        + numbered(table(sizes["calls"], who, day, few, few, many, many)),
        into="calls",
        columns={
            "activity_id": "id", "employee": "who", "started_at": "at", "account_id": "acc", "contact_id": "con",
            "deal_id": "deal", "lead_id": "lead",
        },
    )  # fmt: skip
    company.stream(
        "crm", "payments", "id,deal,at,sum,cur\n"
        + numbered(table(sizes["payments"], many, day, money, lambda: chance.choice(["", "USD"]))),
        into="payments",
        columns={"payment_id": "id", "deal_id": "deal", "paid_at": "at", "amount": "sum", "currency": "cur"},
    )  # fmt: skip
    company.stream(
        "crm", "log", "deal,lead,field,old,new,at\n"
        + table(sizes["log"], many, many, lambda: chance.choice(["owner", "stage"]), who,
                lambda: chance.choice([*names, "Talks", "2"]), day),
        into="changes", key="auto",
        columns={
            "deal_id": "deal", "lead_id": "lead", "field": "field", "old": "old", "new": "new", "changed_at": "at",
        },
    )  # fmt: skip
    company.stream(
        "crm", "split", "deal,who,share,from,to\n"
        + table(sizes["split"], lambda: chance.randint(1, 4), who, share, day, day),
        into="owners", key="auto",
        columns={"deal_id": "deal", "employee": "who", "share": "share", "valid_from": "from", "valid_to": "to"},
    )  # fmt: skip
    company.stream(
        "cb", "rates", "day,cur,rate\n" + table(4, lambda: day(may_lack=False), currency, "90"),
        into="rates", key="auto", columns={"day": "day", "currency": "cur", "rate": "rate"},
    )  # fmt: skip
    company.pipeline(
        "pipeline: sales\nstages:\n  - { id: New }\n  - { id: Talks, milestone: accepted }\n"
        "  - { id: Won, outcome: won }\n  - { id: Lost, outcome: lost }\n",
    )
    return company, sizes


@pytest.mark.parametrize("seed", range(8))
def test_no_join_changes_a_total_whatever_is_in_the_tables(tmp_path: Path, seed: int) -> None:
    company, sizes = random_company(tmp_path / "company", seed)
    company.load_and_build()
    assert company.table("quarantine", "source stream reason message") == []
    counted = {t: company.ask(f"SELECT count(*), count(DISTINCT {key}) FROM {t}") for t, key in KEYS.items()}
    assert counted == {t: [(sizes[STAGED[t]], sizes[STAGED[t]])] for t in KEYS}
    given = sum(int(line.split(",")[6]) for line in lines(company, "deals") if line.split(",")[6])
    assert company.ask("SELECT coalesce(sum(amount), 0) FROM fct_deals") == [(given,)]
    assert company.ask(
        "SELECT count(*) FROM (SELECT employee_id FROM dim_employee GROUP BY 1 HAVING count(*) > 1)"
    ) == [(0,)]
    assert company.ask(OVERLAPPING_TEAMS) == [(0,)]
    assert company.ask(UNEVEN_SPLITS) == []
    assert company.ask(UNEVEN_STATES) == []
    assert company.ask(STRANGERS) == []


KEYS = {"fct_deals": "deal_id", "fct_leads": "lead_id", "fct_activities": "activity_id", "fct_payments": "payment_id"}
OVERLAPPING_TEAMS = """
    SELECT count(*) FROM employee_team AS a JOIN employee_team AS b
    ON a.employee_id = b.employee_id AND a.role IS NOT DISTINCT FROM b.role
    AND a.valid_from < b.valid_to AND b.valid_from < a.valid_to
    AND (a.valid_from, coalesce(a.team_id, '')) < (b.valid_from, coalesce(b.team_id, ''))
"""
UNEVEN_SPLITS = """
    SELECT entity, entity_id, axis, sum(share) FROM split_credit GROUP BY ALL HAVING abs(sum(share) - 1) > 1e-6
"""
UNEVEN_STATES = """
    SELECT s.deal_id, sum((s.to_day - s.from_day) * s.share), any_value(d.days) FROM fct_deal_states AS s JOIN (
      SELECT deal_id, CASE WHEN outcome = 'open' THEN DATE '9999-12-31' ELSE closed_day END
        - created_day AS days FROM fct_deals WHERE created_day IS NOT NULL
    ) AS d ON d.deal_id = s.deal_id
    GROUP BY 1 HAVING abs(sum((s.to_day - s.from_day) * s.share) - any_value(d.days)) > 0.01
"""
STRANGERS = """
    SELECT DISTINCT employee_id FROM (
      SELECT employee_id FROM fct_deals UNION SELECT created_employee_id FROM fct_deals UNION
      SELECT employee_id FROM fct_leads UNION SELECT employee_id FROM record_owner UNION
      SELECT employee_id FROM fct_activities UNION SELECT employee_id FROM split_credit
    ) WHERE employee_id NOT IN (SELECT employee_id FROM dim_employee)
"""


def lines(company: CompanyFolder, name: str) -> list[str]:
    return (company.folder / f"exports/crm/{name}.csv").read_text("utf-8").splitlines()[1:]


def contents(company: CompanyFolder) -> dict[str, list[str]]:
    tables = [
        "fct_deals",
        "fct_leads",
        "fct_activities",
        "fct_payments",
        "dim_employee",
        "record_owner",
        "split_credit",
    ]
    return {t: sorted(str(row) for row in company.ask(f"SELECT * FROM {t}")) for t in tables}


def test_the_order_of_rows_in_a_file_does_not_matter(tmp_path: Path) -> None:
    company, _ = random_company(tmp_path / "a", 3)
    company.load_and_build()
    turned, _ = random_company(tmp_path / "b", 3)
    for name in ("deals", "leads", "calls", "payments", "split"):
        path = turned.folder / f"exports/crm/{name}.csv"
        head, *rows = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    turned.load_and_build()
    assert contents(turned) == contents(company)


def test_a_repeated_load_changes_nothing(tmp_path: Path) -> None:
    company, _ = random_company(tmp_path / "company", 4)
    company.load_and_build()
    before, version = contents(company), company.data_version()
    company.load()
    assert company.rebuilt() == set()
    assert (contents(company), company.data_version()) == (before, version)


def test_large_tables_are_built_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, _ = random_company(tmp_path / "kept", 5)
    kept.load_and_build()
    monkeypatch.setattr("voronka.transform.staging.LARGE", 0)
    again, _ = random_company(tmp_path / "again", 5)
    again.load_and_build()
    assert contents(again) == contents(kept)
