"""The planted stories: drawn per seed, each obeyed by the generator's steps and told in the truth file."""

from dataclasses import dataclass, field

import numpy as np

from voronka.demo.people import AE, AM, SDR, Staff
from voronka.demo.plan import DemoPlan, Story
from voronka.demo.rows import Array
from voronka.demo.words import CHANNELS, GREY, PAID

NOBODY = -1
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница")
LEADER_ODDS = 1.6
"""What is added to the leader's log-odds of winning; the laggard has as much less."""
LATE_TIMES = 5.0
DIP = 0.35
SWING = 0.45
CHURNED = 0.5
_BUSY = 1.5
_FIRST_DIP, _LAST_DIP = 2, 4
"""A dip lies at least so many months after the first and before the running one: both sides are there to compare."""


@dataclass(frozen=True)
class Plot:
    """Who, where and when; people are positions in the staff, NOBODY where a story is not told."""

    leader: int = NOBODY
    lucky: int = NOBODY
    laggard: int = NOBODY
    callless: int = NOBODY
    shuffler: int = NOBODY
    fiver: int = NOBODY
    churner: int = NOBODY
    barren: int = NOBODY
    late_days: tuple[int, ...] = ()
    has_grey_zone: bool = False
    dip: tuple[int, int] = (0, -1)
    lucky_days: tuple[int, int] = (0, -1)
    week: Array = field(default_factory=lambda: np.ones(7))
    season: Array = field(default_factory=lambda: np.ones(12))

    def demand(self, days: Array) -> Array:
        """Return how many leads come on each day against a usual one, by the time of the year and the dip."""
        months = days.astype("M8[D]").astype("M8[M]").astype(np.int64) % 12
        dipped = (days >= self.dip[0]) & (days <= self.dip[1])
        found: Array = self.season[months] * np.where(dipped, DIP, 1.0)
        return found


def draw_plot(plan: DemoPlan, staff: Staff) -> Plot:
    """Return the stories of a plan; a company too small for a story goes without it."""
    draws = plan.draws("stories")
    week = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.28, 0.22])
    busiest = tuple(sorted(int(day) for day in draws.choice(5, 2, replace=False)))
    week[list(busiest)] = _BUSY
    last_month = _months_before(plan, 1)
    if not plan.stories:
        return Plot(week=week)
    sellers = _several(draws, staff.of_role(AE), 4)
    # luck needs deals to show in: it falls to whoever was away least; with too few sellers for all stories to nobody
    sellers.sort(key=lambda person: _days_off(staff, person, last_month[0] - 45, last_month[1]))
    sellers = [sellers[-1], *sellers[:-1]] if NOBODY in sellers else sellers
    callers = _several(draws, staff.of_role(SDR), 2)
    keepers = _several(draws, staff.of_role(AM), 1)
    paid = [place for place, channel in enumerate(CHANNELS) if channel[1] == PAID and place > 0]
    season = 1 + SWING * np.cos(2 * np.pi * (np.arange(12) - int(draws.integers(12))) / 12)
    return Plot(
        lucky=sellers[0],
        leader=sellers[1],
        laggard=sellers[2],
        callless=sellers[3],
        shuffler=callers[0],
        fiver=callers[1],
        churner=keepers[0],
        barren=int(paid[int(draws.integers(len(paid)))]),
        late_days=busiest,
        has_grey_zone=True,
        dip=_dip(plan, season, draws),
        lucky_days=last_month,
        week=week,
        season=season,
    )


def _several(draws: np.random.Generator, people: list[int], number: int) -> list[int]:
    """Return so many people, unlike, NOBODY for those that are missing; one is always left without a story."""
    order = [people[int(place)] for place in draws.permutation(len(people))]
    told = order[: min(number, max(0, len(people) - 1))]
    return told + [NOBODY] * (number - len(told))


def _days_off(staff: Staff, person: int, first: int, last: int) -> int:
    """Return how many days of a span a person was away; NOBODY is always away."""
    if person == NOBODY:
        return last - first + 1
    spans = [(max(a.first, first), min(a.last, last)) for a in staff.absences if a.person == person]
    return sum(max(0, end - start + 1) for start, end in spans)


def _months_before(plan: DemoPlan, months: int) -> tuple[int, int]:
    """Return the first and the last day of the month so many months before the running one."""
    month = np.datetime64(plan.today, "D").astype("M8[M]") - months
    first = int(month.astype("M8[D]").astype(np.int64))
    return first, int((month + 1).astype("M8[D]").astype(np.int64)) - 1


def _dip(plan: DemoPlan, season: Array, draws: np.random.Generator) -> tuple[int, int]:
    """Return the days of the dip: a month of usual or better demand, so that the season does not explain it."""
    possible = list(range(_LAST_DIP, plan.months - _FIRST_DIP))
    if not possible:
        return (0, -1)
    months = [_months_before(plan, back) for back in possible]
    strength = [season[int(np.datetime64(first, "D").astype("M8[M]").astype(np.int64)) % 12] for first, _ in months]
    good = [place for place, each in enumerate(strength) if each >= min(1.0, max(strength))]
    return months[good[int(draws.integers(len(good)))]]


def told(plan: DemoPlan, staff: Staff, plot: Plot) -> list[Story]:
    """Return the stories of a plot as the truth file has them, without the effects that only the data show."""
    if not plan.stories:
        return []
    first, last = _day(plan.first_day), _day(plan.today)
    people = (
        ("true_leader", plot.leader, {"log_odds_of_winning": LEADER_ODDS}),
        ("lucky", plot.lucky, {"log_odds_of_winning": 0.0, "lucky_month": _day(plot.lucky_days[0])[:7]}),
        ("laggard", plot.laggard, {"log_odds_of_winning": -LEADER_ODDS, "activity_times": 0.6}),
        ("no_calls", plot.callless, {"calls": 0}),
        ("wrong_temperature", plot.shuffler, {"labels_shuffled_share": 1.0}),
        ("five_second_calls", plot.fiver, {"seconds": [3, 7]}),
        ("hidden_churn", plot.churner, {"accounts_lost_share": CHURNED}),
    )
    found = [
        Story(kind, f"crm:{staff.people[who].id}", staff.people[who].name, "", first, last, effect)
        for kind, who, effect in people
        if who != NOBODY
    ]
    days = [WEEKDAYS[day] for day in plot.late_days]
    late = {"weekdays": [day + 1 for day in plot.late_days], "first_response_times": LATE_TIMES}
    found.append(Story("late_on_busy_days", where=", ".join(days), first_day=first, last_day=last, effect=late))
    found.append(
        Story("barren_channel", where=CHANNELS[plot.barren][0], first_day=first, last_day=last, effect={"won": 0})
    )
    found.append(Story("grey_zone", where=GREY, first_day=first, last_day=last, effect={"deals_share": 0.6}))
    months = {f"{month + 1:02d}": round(float(each), 3) for month, each in enumerate(plot.season)}
    found.append(
        Story(
            "season",
            first_day=first,
            last_day=last,
            effect={"leads_times_by_month": months, "sales_follow_in_months": 1},
        )
    )
    if plot.dip[1] > 0:
        dip = {"leads_times": DIP, "conversion_times": 1.0}
        found.append(Story("lead_dip", first_day=_day(plot.dip[0]), last_day=_day(plot.dip[1]), effect=dip))
    return found


def _day(number: int) -> str:
    return str(np.datetime64(number, "D"))
