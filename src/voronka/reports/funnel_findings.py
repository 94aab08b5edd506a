"""What the page of the funnel says in words: how many get through, and what is worth doing first.

Its findings, each with the cases behind it:

- a step from which a smaller share goes on than in the compared period, beyond chance;
- a step that takes longer than it took, beyond chance;
- the step behind which most cases are lost, and the one behind which most money is, where that is another one;
- a step from which more go on, beyond chance;
- the step that most are won without, where that is a tenth and more of those who got to the step before;
- the step at which most money stands open.
"""

from collections.abc import Callable, Iterator

from voronka.analyses.chance import shares_differ
from voronka.analyses.funnel_losses import Stopped
from voronka.reports.findings import Finding
from voronka.reports.funnel_page import HOUR, FunnelLook, StepLook

FINDINGS = 3
FEWEST = 5
"""Cases from which on a share of them says something."""
OFTEN = 0.1


def headline(look: FunnelLook) -> Finding:
    """Return how many of those who begin get to the end, against the compared period where that is known."""
    first, last = look.steps[0], look.steps[-1]
    values: dict[str, object] = {
        "last": last.now.step,
        "first": first.now.step,
        "count": last.now.cases,
        "began": first.now.cases,
        "percent": last.now.overall.value,
        "low_percent": last.now.overall.low,
        "high_percent": last.now.overall.high,
    }
    if look.now.untold:
        values["untold"] = look.now.untold
    if not first.now.cases and look.now.left_out:
        return Finding("untold", "neutral", {"count": look.now.left_out})
    if not first.now.cases:
        return Finding("nothing", "neutral", {"first": first.now.step})
    if len(look.steps) == 1:
        return Finding("one_step", "neutral", values)
    if last.before is None or first.before is None or not first.before.cases:
        return Finding("alone", "neutral", values)
    values["previous_percent"] = last.before.overall.value
    counts = (last.now.cases, first.now.cases, last.before.cases, first.before.cases)
    if not shares_differ(*counts):
        return Finding("same", "neutral", values)
    better = (last.now.overall.value or 0.0) > (last.before.overall.value or 0.0)
    return Finding("rose" if better else "fell", "good" if better else "bad", values)


def findings(look: FunnelLook) -> tuple[Finding, ...]:
    """Return what is worth doing, at most FINDINGS: what got worse, then where most is lost, then what got better."""
    kinds = (_fell, _slower, _lost, _rose, _went_round, _waiting)
    return tuple(found for kind in kinds for found in kind(look))[:FINDINGS]


def _fell(look: FunnelLook) -> Iterator[Finding]:
    worst = max((step for step in _changed(look) if _gained(look, step) < 0), key=_missing(look), default=None)
    if worst is not None:
        yield _turned("conversion_fell", look, worst)


def _rose(look: FunnelLook) -> Iterator[Finding]:
    best = min((step for step in _changed(look) if _gained(look, step) > 0), key=_missing(look), default=None)
    if best is not None:
        yield _turned("conversion_rose", look, best)


def _changed(look: FunnelLook) -> Iterator[StepLook]:
    return (step for step in look.steps if step.change and step.change.differs and step.before)


def _gained(look: FunnelLook, step: StepLook) -> float:
    """Return how many cases more went on than would have at the share of before."""
    before = step.before.step_conversion.value if step.before else None
    return step.now.cases - _earlier(look, step).now.cases * (before or 0.0) / 100


def _missing(look: FunnelLook) -> Callable[[StepLook], float]:
    return lambda step: -_gained(look, step)


def _turned(kind: str, look: FunnelLook, step: StepLook) -> Finding:
    earlier = _earlier(look, step)
    values = {
        "step": earlier.now.step,
        "next": step.now.step,
        "percent": step.now.step_conversion.value,
        "previous_percent": step.before.step_conversion.value if step.before else None,
        "count": round(abs(_gained(look, step))),
        "place": earlier.place if kind == "conversion_fell" else step.place,
        "behind": "dropped" if kind == "conversion_fell" else "reached",
    }
    return Finding(kind, "bad" if kind == "conversion_fell" else "good", values)


def _slower(look: FunnelLook) -> Iterator[Finding]:
    slow = [step for step in look.steps if step.change and step.change.pace == "slower"]
    worst = max(slow, key=_longer, default=None)
    if worst is not None:
        values = {
            "step": worst.now.step,
            "taken_hours": (worst.now.median_seconds or 0.0) / HOUR,
            "previous_hours": ((worst.before.median_seconds if worst.before else None) or 0.0) / HOUR,
            "place": worst.place,
            "behind": "reached",
        }
        yield Finding("slower", "bad", values)


def _longer(step: StepLook) -> float:
    before = (step.before.median_seconds if step.before else None) or 0.0
    return (step.now.median_seconds or 0.0) - before


def _lost(look: FunnelLook) -> Iterator[Finding]:
    lost = [step for step in look.steps if step.stopped.lost]
    if not lost:
        return
    most = max(lost, key=lambda step: step.stopped.lost)
    dearest = max(lost, key=lambda step: step.stopped.lost_money or 0.0)
    yield _losing("most_lost", most, dearest is most)
    if dearest is not most and dearest.stopped.lost_money:
        yield _losing("most_money_lost", dearest, is_dearest=True)


def _losing(kind: str, step: StepLook, is_dearest: bool) -> Finding:  # noqa: FBT001 - of this file only
    stopped, reason = step.stopped, _reason(step.stopped)
    values = {
        "step": step.now.step,
        "count": stopped.lost,
        "percent": 100 * stopped.lost / step.now.cases,
        "amount": stopped.lost_money or None,
        "place": step.place,
        "behind": "lost",
        **reason,
    }
    both = "_and_money" if kind == "most_lost" and is_dearest and stopped.lost_money else ""
    return Finding(f"{kind}{both}{'' if reason else '_unnamed'}", "bad", values)


def _went_round(look: FunnelLook) -> Iterator[Finding]:
    step = max(look.steps, key=lambda each: each.stopped.went_round)
    count, after = step.stopped.went_round, look.setting.funnel.after(step.place)
    if after is not None and count >= FEWEST and count >= OFTEN * step.now.cases:
        values = {
            "step": step.now.step,
            "next": look.steps[after].now.step,
            "count": count,
            "percent": 100 * count / step.now.cases,
            "place": step.place,
            "behind": "went_round",
        }
        yield Finding("went_round", "neutral", values)


def _waiting(look: FunnelLook) -> Iterator[Finding]:
    step = max(look.steps, key=lambda each: each.stopped.open_money or 0.0)
    stopped = step.stopped
    if stopped.open and stopped.open_money:
        values = {
            "step": step.now.step,
            "count": stopped.open,
            "amount": stopped.open_money,
            "place": step.place,
            "behind": "open",
        }
        yield Finding("waiting", "neutral", values)


def _reason(stopped: Stopped) -> dict[str, object]:
    """Return the reason named most often, and how often in percent; nothing where hardly any is."""
    named = [loss for loss in stopped.losses if loss.reason is not None]
    if sum(loss.cases for loss in named) < FEWEST:
        return {}
    most = max(named, key=lambda loss: loss.cases)
    return {"reason": most.reason, "reason_percent": 100 * most.cases / stopped.lost}


def _earlier(look: FunnelLook, step: StepLook) -> StepLook:
    return look.steps[look.setting.funnel.before(step.place) or 0]
