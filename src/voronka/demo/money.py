"""The accountant's export of payments, and the workbook in which the head of sales keeps the plans."""

import numpy as np

from voronka.demo.contacts import Past
from voronka.demo.deals import STEPS, WON
from voronka.demo.people import AE, AM, SDR
from voronka.demo.rows import Array, Rows, joined, texts
from voronka.demo.words import METRICS
from voronka.demo.worktime import DAY, HOUR, WorkTime
from voronka.demo.writing import moments

CALLS, TALK, MAILS, MEETINGS, PROPOSALS, TASKS, SALES, REVENUE = range(len(METRICS))
_LAST_MONTHS = 12
_OWN = {SDR: (CALLS, TALK, MAILS, TASKS), AE: tuple(range(8)), AM: tuple(range(8))}
"""What the people of a role have plans for."""
_COMPANY_PACE = 0.95
_LEAST, _MOST = 0.7, 1.25


def payment_table(past: Past) -> Rows:
    """Return the payments of won deals, in one part or two, and a refund now and then."""
    draws = past.plan.draws("payments")
    deals = past.deals
    won = np.flatnonzero(deals[STEPS[WON]] <= past.plan.now)
    is_split = draws.random(len(won)) < 0.45  # noqa: PLR2004 - an advance is common
    deal = np.concatenate([won, won[is_split], won[draws.random(len(won)) < 0.015]])  # noqa: PLR2004 - refunds are rare
    first, second = len(won), len(won) + int(is_split.sum())
    share = np.ones(len(deal))
    share[:first][is_split] = 0.5
    share[first:second] = 0.5
    share[second:] = -draws.uniform(0.2, 1.0, len(deal) - second)
    wait = np.full(len(deal), 1) + draws.integers(0, 6, len(deal))
    wait[first:second] += draws.integers(10, 40, second - first)
    wait[second:] += draws.integers(12, 60, len(deal) - second)
    paid = deals["closed"][deal] // DAY * DAY + wait * DAY + draws.integers(10, 17, len(deal)) * HOUR
    amount = np.round(deals["amount"][deal] * share, 2)
    rows = Rows({"deal": deal, "at": paid, "amount": amount, "margin": np.round(deals["margin"][deal] * share, 2)})
    rows = rows.where(paid <= past.plan.now).sorted_by("at")
    return Rows(
        {
            "Номер": texts([f"СВ-{number:06d}" for number in range(1, len(rows) + 1)]),
            "Дата": moments(rows["at"]),
            "Сделка": deals["number"][rows["deal"]],
            "Вид": texts(["Оплата от покупателя", "Возврат покупателю"])[(rows["amount"] < 0).astype(int)],
            "Сумма": rows["amount"],
            "Маржа": rows["margin"],
        }
    )


class Tally:
    """What each person did in each month, counted while it is written: the plans are set by it."""

    def __init__(self, past: Past) -> None:
        """Start with nothing for anybody."""
        self._past = past
        self._months = past.plan.months
        self.done = np.zeros((len(METRICS), len(past.staff.people), self._months))

    def add(self, metric: int, people: Array, at: Array, amounts: Array | float = 1.0) -> None:
        """Count things done by people (positions) at moments, until now."""
        first = np.datetime64(self._past.plan.first_day, "D").astype("M8[M]").astype(np.int64)
        month = (at // DAY).astype("M8[D]").astype("M8[M]").astype(np.int64) - first
        inside = (month >= 0) & (month < self._months) & (at <= self._past.plan.now)
        values = np.broadcast_to(amounts, at.shape)[inside]
        np.add.at(self.done[metric], (people[inside], month[inside]), values)


def plan_rows(past: Past, tally: Tally) -> Rows:
    """Return the plans of the last months: metric, person and team (positions, one is -1), first and last day, value.

    Those of the running month are set so that people stand between 70 and 125 % of what is due by now and the company
    near 95; those of the earlier ones by what was done, rounded as people round.
    """
    draws = past.plan.draws("plans")
    months = min(past.plan.months, _LAST_MONTHS)
    values, chosen = _planned(past, draws, tally)
    found = [np.argwhere(chosen[:, :, month]) for month in range(past.plan.months - months, past.plan.months)]
    month = np.repeat(np.arange(past.plan.months - months, past.plan.months), [len(each) for each in found])
    metric, person = np.concatenate(found).T
    first = np.datetime64(past.plan.first_day, "D").astype("M8[M]")
    starts = (first + month).astype("M8[D]")
    ends = (first + month + 1).astype("M8[D]") - 1
    value = values[metric, person, month]
    team = np.full(len(person), -1)
    own = Rows({"metric": metric, "person": person, "team": team, "first": starts, "last": ends, "value": value})
    return joined([own, _of_team(past, own)])


def _of_team(past: Past, own: Rows) -> Rows:
    """Return the plans of the one team that has its own: a little more than its people's together."""
    keepers = next(place for place, team in enumerate(past.staff.teams) if team.role == AM)
    people = [s.person for s in past.staff.spans if s.team == keepers]
    theirs = own.where(np.isin(own["person"], people) & np.isin(own["metric"], [SALES, REVENUE]))
    pairs, place = np.unique(
        np.stack([theirs["metric"], theirs["first"].astype(np.int64)]), axis=1, return_inverse=True
    )
    sums = np.zeros(pairs.shape[1])
    np.add.at(sums, place.ravel(), theirs["value"])
    first = pairs[1].astype("M8[D]")
    last = (first.astype("M8[M]") + 1).astype("M8[D]") - 1
    nobody, team = np.full(len(sums), -1), np.full(len(sums), keepers)
    columns = {"metric": pairs[0], "person": nobody, "team": team, "first": first, "last": last}
    return Rows({**columns, "value": _rounded(sums * 1.02)})


def _planned(past: Past, draws: np.random.Generator, tally: Tally) -> tuple[Array, Array]:
    """Return the plans by metric, person and month, and who has which."""
    done = tally.done
    usual = np.where(done > 0, done, np.nan)
    typical = np.zeros(done.shape[:2])
    before = usual[:, :, :-1]
    counts = np.maximum(np.isfinite(before).sum(axis=2), 1)
    typical = np.nansum(before, axis=2) / counts
    chosen = _who(past, done)
    pace = np.clip(draws.normal(0.96, 0.13, done.shape), _LEAST, _MOST)
    smoothed = 0.5 * done + 0.5 * typical[:, :, None]
    values = smoothed / pace
    values[:, :, -1] = _running(past, draws, done[:, :, -1], typical, chosen[:, :, -1])
    return _rounded(values), chosen & (values > 0)


def _who(past: Past, done: Array) -> Array:
    """Say who has a plan: those of a selling role who were there for the whole month."""
    first = np.datetime64(past.plan.first_day, "D").astype("M8[M]")
    starts = (first + np.arange(past.plan.months)).astype("M8[D]").astype(np.int64)
    hired = np.array([p.hired for p in past.staff.people])[:, None] <= starts
    left = np.array([p.left for p in past.staff.people])[:, None] > starts + 31
    found = np.zeros(done.shape, dtype=bool)
    for role, metrics in _OWN.items():
        for metric in metrics:
            found[metric] |= (past.roles == role)[:, None] & hired & left
    return found


def _running(past: Past, draws: np.random.Generator, done: Array, typical: Array, chosen: Array) -> Array:
    """Return the plans of the running month by metric and person."""
    share = passed_share(past.work, past.plan.today)
    wanted = np.clip(draws.normal(_COMPANY_PACE, 0.13, done.shape), _LEAST, _MOST)
    # early in a month little is known of it: then the plan leans on the months before
    trust = np.clip(share * 3, 0, 1)
    likely = np.where(done > 0, trust * done / max(share, 1e-9) + (1 - trust) * typical, typical)
    usual = np.where(typical > 0, typical, likely)
    values = np.where(chosen, np.clip(likely / wanted, 0.4 * usual, 2.0 * usual), 0)
    for metric in (SALES, REVENUE):
        total = values[metric].sum()
        due = done[metric][values[metric] > 0].sum() / max(share, 1e-9)
        if total > 0 and due > 0 and trust == 1:
            values[metric] *= due / _COMPANY_PACE / total
    return values


def passed_share(work: WorkTime, today: int) -> float:
    """Return which part of the month's working days has passed by the end of today."""
    month = np.datetime64(today, "D").astype("M8[M]")
    first, last = (int(each.astype("M8[D]").astype(np.int64)) for each in (month, month + 1))
    return float(work.count(first, today)) / max(float(work.count(first, last - 1)), 1.0)


def _rounded(values: Array) -> Array:
    """Return plans as people set them: two figures that count, whole numbers from 10 on."""
    size = np.where(values > 0, 10.0 ** np.floor(np.log10(np.maximum(values, 1e-9))), 1.0)
    step = np.maximum(size / 20, 1.0)
    found: Array = np.maximum(np.round(values / step), 1) * step
    return found
