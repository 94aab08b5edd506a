"""What can be expected of steps, and which days are meant."""

from datetime import date

import pytest

from voronka.domain.errors import QuestionError
from voronka.domain.hypotheses import Chosen, Claim, Found
from voronka.domain.period import Period

TODAY = date(2026, 3, 5)


def test_a_period_without_its_end_goes_on_until_today() -> None:
    assert Chosen().period(TODAY) is None
    assert Chosen(first=date(2026, 3, 1)).period(TODAY) == Period(date(2026, 3, 1), TODAY)
    ended = Chosen(first=date(2026, 1, 1), last=date(2026, 1, 31))
    assert ended.period(TODAY) == Period(date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "time", "to": ""}, "names two"),
        ({"kind": "skip", "to": "b", "value": 5}, "names one step"),
        ({"kind": "skip", "to": "", "value": 5}, "a stage of a pipeline"),
        ({"kind": "time", "value": 0}, "more than nothing"),
        ({"kind": "reach", "value": 101}, "not 101"),
        ({"kind": "reach", "value": float("nan")}, "not nan"),
        ({"kind": "reach", "value": 5, "clock": "working"}, "working time is of"),
        ({"chosen": Chosen(last=TODAY)}, "needs its first day"),
        ({"chosen": Chosen(first=TODAY, last=date(2026, 3, 4))}, "ends before it begins"),
    ],
)
def test_what_cannot_be_looked_at_is_refused(more: dict[str, object], said: str) -> None:
    usual = {"kind": "time", "step": "a", "to": "b", "bound": "most", "value": 60.0, "chosen": Chosen()}
    with pytest.raises(QuestionError, match=said):
        Claim(**(usual | more))  # type: ignore[arg-type]


def test_what_was_found_is_kept_as_json() -> None:
    found = Found("holds", "", 1.0, None, 2.0, 7, 1, "v1")
    assert Found(**found.plain()) == found  # type: ignore[arg-type]
