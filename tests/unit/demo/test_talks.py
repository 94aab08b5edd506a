import numpy as np

from voronka.demo.people import AM, HEAD, SDR
from voronka.demo.rows import Rows
from voronka.demo.talks import with_talk


def talks(role: int, *, is_out: bool) -> Rows:
    calls = Rows({"is_out": np.full(4_000, is_out)})
    return with_talk(np.random.default_rng(1), calls, np.full(4_000, role))


def test_the_first_line_reaches_fewer_and_talks_shorter_than_key_accounts() -> None:
    cold, known = talks(SDR, is_out=True)["talk"], talks(AM, is_out=True)["talk"]
    assert 0.4 < (cold > 0).mean() < 0.54 < (known > 0).mean() < 0.76
    assert np.median(cold[cold > 0]) < np.median(known[known > 0])


def test_most_incoming_calls_are_taken_whoever_is_called() -> None:
    assert all(0.83 < (talks(role, is_out=False)["talk"] > 0).mean() < 0.91 for role in (SDR, HEAD))


def test_nobody_talks_for_a_negative_time_or_for_more_than_an_hour_and_a_half() -> None:
    calls = talks(SDR, is_out=True)
    assert calls["talk"].min() == 0
    assert calls["talk"].max() <= 5_400
    assert calls["wait"].min() > 0
