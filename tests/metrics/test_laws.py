"""Laws that hold for whatever rows there are: parts sum to the whole, order does not matter."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.metrics.memory_engine import TODAY, MemoryEngine, metrics_over, query
from voronka.domain.period import Comparison, Period
from voronka.domain.scope import Scope
from voronka.metrics.examples import lake_statements

Deal = dict[str, str | None]

START = date(2025, 12, 1)
DAYS = st.integers(0, 120).map(lambda days: START + timedelta(days=days))
EMPLOYEES = st.sampled_from([None, "a", "b", "unknown"])


@st.composite
def deals(draw: st.DrawFn) -> list[Deal]:
    """Draw deals of a few people, some with nobody's name, no amount, no date."""
    return [draw(deal()) | {"deal_id": str(number)} for number in range(draw(st.integers(1, 12)))]


@st.composite
def deal(draw: st.DrawFn) -> Deal:
    """Draw a deal."""
    closed = draw(st.none() | DAYS)
    owner = draw(EMPLOYEES)
    return {
        "closed_at": f"{closed} 10:00" if closed else None,
        "closed_day": str(closed) if closed else None,
        "created_day": str(draw(DAYS)),
        "closed_employee_id": owner if closed else None,
        "created_employee_id": owner,
        "outcome": draw(st.sampled_from(["won", "lost", "open"])),
        "amount_home": draw(st.none() | st.integers(0, 10_000).map(lambda kopecks: str(Decimal(kopecks) / 100))),
    }


QUIETLY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIETLY
@given(rows=deals(), by=st.sampled_from(["employee", "month", "week", "outcome"]), in_period=st.booleans())
def test_parts_sum_to_the_whole(rows: list[Deal], by: str, in_period: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    period = Period(START, START + timedelta(days=60)) if in_period else None
    metrics = metrics_over(MemoryEngine(list(lake_statements({"fct_deals": rows}))))
    answer = metrics.query(query("deals_created", "deals_won", "revenue", by=[by], period=period))
    for name in ("deals_created", "deals_won", "revenue"):
        parts = [value for row in answer.rows if isinstance(value := row[name], (int, Decimal))]
        assert sum(parts) == (answer.totals[name] or 0)
    assert answer.totals == metrics.query(query("deals_created", "deals_won", "revenue", period=period)).totals


@QUIETLY
@given(rows=deals(), seed=st.randoms())
def test_the_order_of_input_does_not_matter(rows: list[Deal], seed: Random) -> None:
    shuffled = list(rows)
    seed.shuffle(shuffled)
    asked = query("deals_won", "revenue", "win_rate", "median_deal", by=["employee", "month"])
    answers = [
        metrics_over(MemoryEngine(list(lake_statements({"fct_deals": each})))).query(asked) for each in (rows, shuffled)
    ]
    assert answers[0].rows == answers[1].rows


@QUIETLY
@given(spans=st.lists(st.tuples(EMPLOYEES, DAYS, st.integers(1, 60)), min_size=1, max_size=8), day=DAYS)
def test_what_is_open_in_a_cut_by_time_is_what_is_open_on_its_last_day(
    spans: list[tuple[str | None, date, int]],
    day: date,
) -> None:
    rows = [
        {
            "deal_id": str(n),
            "employee_id": owner,
            "from_day": str(first),
            "to_day": str(first + timedelta(days=days)),
            "amount_home": "10.10",
        }
        for n, (owner, first, days) in enumerate(spans)
    ]
    metrics = metrics_over(MemoryEngine(list(lake_statements({"fct_deal_states": rows}))), today=date(2026, 12, 31))
    period = Period(START, max(day, START))
    cut = metrics.query(query("deals_open", "pipeline_amount", by=["week"], period=period))
    expected = sum(first <= period.last < first + timedelta(days=days) for _, first, days in spans)
    assert cut.rows[-1]["deals_open"] == cut.totals["deals_open"] == expected
    whole = metrics.query(query("deals_open", "pipeline_amount", period=period))
    assert cut.totals == whole.totals
    by_people = metrics.query(query("deals_open", by=["employee"], period=period))
    assert sum(int(str(row["deals_open"])) for row in by_people.rows) == expected


NAMES = ("deals_created", "deals_won", "revenue", "win_rate", "median_deal")


@QUIETLY
@given(rows=deals(), first=DAYS, days=st.integers(0, 70), compare=st.sampled_from(["previous", "year"]))
def test_the_earlier_numbers_are_those_of_the_earlier_period_asked_alone(
    rows: list[Deal],
    first: date,
    days: int,
    compare: Comparison,
) -> None:
    period = Period(first, first + timedelta(days=days))
    metrics = metrics_over(MemoryEngine(list(lake_statements({"fct_deals": rows}))))
    for by in ([], ["employee"], ["week"]):
        compared = metrics.query(query(*NAMES, by=by, period=period, compare=compare))
        alone = metrics.query(query(*NAMES, by=by, period=period.earlier(compare, TODAY).period))
        assert {name: compared.totals[f"{name}_previous"] for name in NAMES} == alone.totals
        now = metrics.query(query(*NAMES, by=by, period=period))
        assert {name: compared.totals[name] for name in NAMES} == now.totals


@QUIETLY
@given(rows=deals(), by=st.sampled_from([[], ["month"], ["team"]]))
def test_what_each_sees_and_what_nobody_owns_sum_to_the_whole(rows: list[Deal], by: list[str]) -> None:
    metrics = metrics_over(MemoryEngine(list(lake_statements({"fct_deals": rows}))))
    each = [
        metrics.query(query("deals_created", by=by, scope=Scope.of(owner))).totals for owner in ("a", "b", "unknown")
    ]
    orphans = sum(row["created_employee_id"] is None for row in rows)
    whole = metrics.query(query("deals_created", by=by)).totals["deals_created"]
    assert sum(int(str(totals["deals_created"])) for totals in each) + orphans == whole
