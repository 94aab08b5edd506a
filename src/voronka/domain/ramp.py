"""How much of a full plan a newcomer carries: a share that grows by month of work."""

from collections.abc import Sequence
from datetime import date

from voronka.domain.period import MONTHS_IN_YEAR, shift_months


def ramp_share(months: Sequence[float], hired_on: date | None, day: date) -> float:
    """Return the share (0 to 1) of a full plan on a day; `months` is percent by month of work, full after the last.

    Nothing before the day of hiring; full where that day is unknown, or where no ramp is set.
    """
    if not months or hired_on is None:
        return 1.0
    if day < hired_on:
        return 0.0
    worked = months_worked(hired_on, day)
    return months[worked] / 100 if worked < len(months) else 1.0


def months_worked(hired_on: date, day: date) -> int:
    """Return how many whole months lie between the day of hiring and a day; a month ends on the same day of the next.

    Where that month has no such day it ends on its last one.
    """
    months = (day.year - hired_on.year) * MONTHS_IN_YEAR + day.month - hired_on.month
    return months - (shift_months(hired_on, months) > day)
