"""How telephone calls end: answered or not, how long people waited and talked."""

import numpy as np

from voronka.demo.people import AE, AM, SDR
from voronka.demo.rows import Array, Rows

_REACHED = {SDR: 0.47, AE: 0.62, AM: 0.7}
_MEDIAN = {SDR: 165.0, AE: 270.0, AM: 250.0}
_OTHERS = (0.6, 180.0)
_TAKEN = 0.87
_SPREAD = 0.95
_LONGEST = 5400


def with_talk(draws: np.random.Generator, calls: Rows, roles: Array) -> Rows:
    """Return calls with `talk` and `wait` in seconds, talk 0 where nobody answered; `roles` are the callers'."""
    number = len(calls)
    reached = np.full(number, _OTHERS[0])
    median = np.full(number, _OTHERS[1])
    for role, share in _REACHED.items():
        reached[roles == role], median[roles == role] = share, _MEDIAN[role]
    reached = np.where(calls["is_out"], reached, _TAKEN)
    seconds = np.exp(draws.normal(np.log(median), _SPREAD)).clip(4, _LONGEST).astype(np.int64)
    talk = np.where(draws.random(number) < reached, seconds, 0)
    wait = np.where(calls["is_out"], draws.integers(4, 35, number), draws.gamma(2.0, 5.0, number).astype(np.int64) + 2)
    return calls.plus(talk=talk, wait=wait)
