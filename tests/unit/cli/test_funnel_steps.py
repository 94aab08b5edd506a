"""A funnel as it is written on the command line."""

import pytest

from voronka.analyses.funnel import FunnelStep
from voronka.cli.funnel_steps import Asking, funnel_of, step_names
from voronka.domain.errors import QuestionError

KNOWN = {"Call": (0,), "Meeting": (1,), "Resolve, close": (2,), "A|B": (3,), "Won": (4, 5)}
DAY = 86_400_000_000


def test_steps_are_divided_by_commas_outside_of_quotes() -> None:
    assert step_names('Call , "Resolve, close",Won') == ["Call", "Resolve, close", "Won"]


def test_a_step_is_a_name_that_is_known_or_several_of_them() -> None:
    steps = funnel_of(Asking("Call, Call | Meeting, A|B, Won|Meeting"), KNOWN).steps
    assert [step.of for step in steps] == [(0,), (0, 1), (3,), (4, 5, 1)]
    assert [step.name for step in steps] == ["Call", "Call | Meeting", "A|B", "Won|Meeting"]


def test_windows_and_what_is_optional_belong_to_the_steps_named() -> None:
    asked = funnel_of(Asking("Call,Meeting,Won", window="2w", step_windows=["Won = 36h"], optional=["Meeting"]), KNOWN)
    assert asked.window == 14 * DAY
    assert asked.steps[1:] == (FunnelStep("Meeting", (1,), None, True), FunnelStep("Won", (4, 5), DAY * 3 // 2))  # noqa: FBT003


@pytest.mark.parametrize(
    ("asking", "said"),
    [
        (Asking("Cal,Won"), "the log has no step Cal. Did you mean Call?"),
        (Asking("Call|Wom,Won"), "the log has no step Wom. Did you mean Won?"),
        (Asking("Resolve,Won"), "the log has no step Resolve. Did you mean Resolve, close?"),
        (Asking("Call,,Won"), "--steps names a step without a name: Call,,Won"),
        (Asking(""), "--steps names a step without a name: "),
        (Asking('Call,"Won'), '--steps cannot be read: Call,"Won'),
        (Asking("Call,Won", window="14"), "--window is no length of time: 14. Write it with its unit, as 14d"),
        (Asking("Call,Won", step_windows=["Won"]), "--step-window has no length: Won. Write it as STEP=2d"),
        (Asking("Call,Won", step_windows=["Won=soon"]), "--step-window is no length of time: soon"),
        (Asking("Call,Won", step_windows=["Wom=2d"]), "--step-window names no step of --steps: Wom. Did you mean Won?"),
        (Asking("Call,Won", optional=["Meeting"]), "--optional names no step of --steps: Meeting. Known: Call, Won"),
        (Asking("Call,Won", optional=["Call"]), "the first step cannot be optional: Call"),
    ],
)
def test_what_cannot_be_asked_is_told(asking: Asking, said: str) -> None:
    with pytest.raises(QuestionError) as fault:
        funnel_of(asking, KNOWN)
    assert str(fault.value).startswith(said)
