"""The proof of a weak step: what did not come through, and talks with those very clients."""

from datetime import date, datetime

from tests.metrics.memory_engine import lake_of, metrics_over
from voronka.domain.period import Period
from voronka.domain.scope import Scope
from voronka.reports.page import Frame, PageAsked
from voronka.reports.person_proof import proof_of
from voronka.settings import Settings

NOW = datetime.fromisoformat("2026-03-13 18:00")
CALLS = """
activity_id | employee_id | started_at       | direction | answered | talk_seconds | account_id | deal_id
k1          | a           | 2026-03-03 10:00 | out       | false    | 0            | x          |
k2          | a           | 2026-03-04 10:00 | out       | true     | 60           | x          | d1
k3          | a           | 2026-03-05 10:00 | out       | true     | 900          | x          | d9
k4          | a           | 2026-03-06 10:00 | out       | true     | 300          | y          | d2
k5          | b           | 2026-03-06 11:00 | out       | false    | 0            | x          |
"""
DEALS = """
deal_id | employee_id | closed_at        | outcome | amount_home | account_id
d1      | a           | 2026-03-06 10:00 | lost    | 500         | x
d2      | a           | 2026-03-07 10:00 | won     | 700         | y
d3      | a           | 2026-03-08 10:00 | lost    | 100         | z
"""


def frame() -> Frame:
    people, accounts = "employee_id | name\na | Anna\nb | Boris", "account_id | name\nx | Firm\ny | Shop"
    metrics = metrics_over(
        lake_of(fct_calls=CALLS, fct_deals=DEALS, dim_employee=people, dim_account=accounts), date(2026, 3, 13)
    )
    asked = PageAsked(period=Period(date(2026, 3, 1), date(2026, 3, 13)), employees=("a",))
    return Frame(metrics, asked, Scope.everything(), NOW, Settings())


def test_lost_deals_are_shown_with_calls_to_their_clients_first_about_the_deals_themselves() -> None:
    proof = proof_of(frame(), "win_rate")
    assert proof.behind is not None
    assert [row["id"] for row in proof.behind.rows] == ["d1", "d3"]  # the dearest first
    assert proof.talks is not None
    # the client of d3 was never loaded
    # k2 is about d1; k3, though longer, about another deal of the same client; k4 is with one who bought
    assert [row["id"] for row in proof.talks.rows] == ["k2", "k3"]


def test_calls_that_nobody_took_are_their_own_proof() -> None:
    proof = proof_of(frame(), "reach_rate")
    assert proof.talks is not None
    assert [row["id"] for row in proof.talks.rows] == ["k1"]
    assert list(proof.lists()) == ["proof"]


def test_a_step_without_records_has_no_proof() -> None:
    assert proof_of(frame(), "acceptance_rate").lists() == {}
